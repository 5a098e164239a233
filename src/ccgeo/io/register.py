"""What a register gives away as a file: its layers, and its records up to a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ccgeo.errors import CcgeoError
from ccgeo.io.collection import feature_collection
from ccgeo.io.geojson import flow_features, layer_metadata, unit_features
from ccgeo.io.rows import record_rows
from ccgeo.io.tables import asked_columns, csv_bytes
from ccgeo.query.source import Listing

if TYPE_CHECKING:
    from ccgeo.layers.answer import Answer

MOST_RECORDS: Final = 100_000
"""Records that one file holds at most."""

_LEFT_OUT: Final = "records are not part of this file: a register lists them page by page"


def register_bytes(answered: Answer, form: str) -> bytes:
    """Write an answer that was asked of a register.

    Parameters
    ----------
    answered : Answer
        As `ccgeo.layers.answer.shared_answer` gives it.
    form : {"geojson", "csv"}
        The layers that the screen shows, or the records behind them.

    Returns
    -------
    bytes
        The file. A GeoJSON file names the register in its metadata, a table in each row, and
        both say whether the records are made up.

    Raises
    ------
    CcgeoError
        There are more records than `MOST_RECORDS`.

    Examples
    --------
    >>> from ccgeo.layers.answer import answer_from
    >>> from ccgeo.query.selection import OPEN_SELECTION, View
    >>> from ccgeo.query.memory import Memory, shipped
    >>> answered = answer_from(Memory(shipped().placed.head(2)), OPEN_SELECTION, View())
    >>> len(register_bytes(answered, "csv").splitlines())
    3
    """
    if form == "csv":
        return _records(answered)
    features = [*unit_features(answered.choropleth), *flow_features(answered.flows)]
    metadata = layer_metadata(answered.choropleth, answered.flows, sources=[])
    return feature_collection(features, {**metadata, "records": _LEFT_OUT})


def _records(answered: Answer) -> bytes:
    selection, view, source = answered.selection, answered.view, answered.source
    found = answered.choropleth.total.entries
    if found > MOST_RECORDS:
        message = f"a file holds at most {MOST_RECORDS:,} records, this selection has {found:,}"
        raise CcgeoError(message)
    listing = Listing(selection, view, most=MOST_RECORDS)
    asked: dict[str, Any] = asked_columns(selection, view, source.origin)
    rows = [row | asked for row in record_rows(source.rows(listing), view)]
    return csv_bytes(rows or [asked])
