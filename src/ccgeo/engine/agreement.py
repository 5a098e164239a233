"""Whether engines agree: random questions, and answers written so that equal means equal bytes."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ccgeo.engine.answers import Result
from ccgeo.query.engine import MULTIPLE, SINGLE, choice_counts, select, years_of
from ccgeo.query.flows import flows_of
from ccgeo.query.histogram import FLOORS_FEN
from ccgeo.query.measures import addends_of, group_sums, sum_columns, summarise
from ccgeo.query.selection import Selection, View
from ccgeo.query.vocabulary import CONFIDENCES, DEFAULT_STAGES, VIEW_CHOICES, names_of, year_span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CHOICES: Final = 4


def random_questions(seed: int) -> Iterator[tuple[Selection, View]]:
    """Yield questions without end: every filter, level and boundary list comes up.

    Parameters
    ----------
    seed : int
        The same seed gives the same questions.

    Yields
    ------
    tuple of (Selection, View)
        A question.

    Examples
    --------
    >>> next(random_questions(1)) == next(random_questions(1))
    True
    """
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    while True:
        yield _selection(chance), _view(chance)


def in_memory(placed: pd.DataFrame, selection: Selection, view: View) -> Result:
    """Answer a question with the in-memory engine: the reference.

    Parameters
    ----------
    placed : pandas.DataFrame
        Placed entries; not changed.
    selection : Selection
        What is asked.
    view : View
        Level and boundaries.

    Returns
    -------
    Result
        What every engine has to give.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> in_memory(read_placed(), Selection(), View()).summary.total.entries > 0
    True
    """
    selected = select(placed, selection)
    ever = select(placed, replace(selection, years=None, include_undated=True))
    sums = group_sums(years_of(ever, selection.date_kind).tolist(), addends_of(ever))
    years = sorted(sums)
    return Result(
        selection=selection,
        view=view,
        summary=summarise(selected, view.level, view.vintage),
        flows=flows_of(selected, view.level, view.vintage),
        counts=choice_counts(placed, selection),
        years=pd.DataFrame(
            {"year": np.array(years, dtype=np.int64)} | sum_columns(sums[year] for year in years)
        ),
    )


def result_bytes(result: Result) -> bytes:
    """Write an answer so that two are the same if and only if their bytes are.

    Parameters
    ----------
    result : Result
        Answer of any engine.

    Returns
    -------
    bytes
        JSON: every table row by row, counts in the order of their names.

    Examples
    --------
    >>> from ccgeo.query.engine import read_placed
    >>> asked = in_memory(read_placed(), Selection(), View())
    >>> result_bytes(asked) == result_bytes(asked)
    True
    """
    tables = {
        "mapped": result.summary.mapped,
        "not_mapped": result.summary.not_mapped,
        "flows": result.flows.flows,
        "not_drawn": result.flows.not_drawn,
        "years": result.years,
    }
    written: dict[str, Any] = {name: _rows(table) for name, table in tables.items()}
    written |= {"total": list(result.summary.total), "counts": result.counts}
    return json.dumps(written, sort_keys=True, ensure_ascii=False).encode()


def _rows(table: pd.DataFrame) -> list[list[Any]]:
    rows = [list(map(str, table.columns)), *table.astype(object).to_numpy().tolist()]
    return [[int(cell) if isinstance(cell, np.integer) else cell for cell in row] for row in rows]


def _selection(chance: random.Random) -> Selection:
    first, last = year_span()
    span = sorted((chance.randint(first, last), chance.randint(first, last)))
    fields: dict[str, Any] = {
        field: frozenset(_some(chance, tuple(names_of(field))))
        for field in (SINGLE | MULTIPLE)
        if chance.random() < 0.25  # noqa: PLR2004
    }
    if "stages" not in fields and chance.random() < 0.5:  # noqa: PLR2004
        fields["stages"] = DEFAULT_STAGES
    date_kind: Any = chance.choice(("any", *names_of("date_kind")))
    return Selection(
        years=chance.choice((None, (span[0], span[1]), (2010, last))),
        include_undated=chance.random() < 0.5,  # noqa: PLR2004
        date_kind=date_kind,
        min_amount_fen=chance.choice((None, None, *FLOORS_FEN[:5], chance.randrange(10**13))),
        min_confidence=chance.choice(CONFIDENCES),
        **({"stages": frozenset()} | fields),
    )


def _some(chance: random.Random, pool: tuple[str, ...]) -> list[str]:
    return chance.sample(pool, min(len(pool), chance.randint(1, _MOST_CHOICES)))


def _view(chance: random.Random) -> View:
    level: Any = chance.choice(VIEW_CHOICES["level"])
    vintage: Any = chance.choice(VIEW_CHOICES["vintage"])
    return View(level=level, vintage=vintage)
