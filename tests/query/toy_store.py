"""Stores of a register made of entries in memory, so that both can be asked the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ccgeo.engine.groups import TEXTS
from ccgeo.engine.star import star_of
from ccgeo.engine.store import write_store
from ccgeo.query.listing import citations

if TYPE_CHECKING:
    from pathlib import Path


def facts_with_texts(placed: pd.DataFrame) -> pd.DataFrame:
    """Return codes, sums and texts of entries, as the parts of a store hold them."""
    cited = [citations().get(source) for source in placed["source_id"]]
    told = {
        "source": [each.title if each else "" for each in cited],
        "url": [each.url if each else "" for each in cited],
    }
    columns = {name: told.get(name, placed.get(name)) for name in TEXTS}
    texts = {name: pd.Series(list(cells), dtype=object) for name, cells in columns.items()}
    return pd.concat([star_of(placed).facts, pd.DataFrame(texts)], axis=1)


def write_toy_store(folder: Path, placed: pd.DataFrame, *, is_synthetic: bool = False) -> Path:
    """Write entries as a store and return its folder."""
    parts = [facts_with_texts(placed)]
    write_store(folder, parts, star_of(placed).sides, is_synthetic=is_synthetic)
    return folder
