"""What an engine gave back, as the same values that the in-memory engine gives.

An engine adds up by codes. The rows behind the codes are put back, and the functions of
`ccgeo.query` turn them into units, flows and choices: there is one definition of each.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ccgeo.engine.expression import COLUMNS, PARTS, SUMMED
from ccgeo.engine.star import SIDES
from ccgeo.engine.verdicts import FILTERS
from ccgeo.query.engine import MULTIPLE, SINGLE, masks_of, years_of
from ccgeo.query.flows import flows_of
from ccgeo.query.measures import SUMS, group_sums, sum_columns, summarise
from ccgeo.query.vocabulary import CONFIDENCES, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from ccgeo.query.flows import FlowTable
    from ccgeo.query.measures import Summary
    from ccgeo.query.selection import Selection, View
    from ccgeo.query.vocabulary import DateKind

    Numbers = npt.NDArray[np.int64]
    Sides = Mapping[str, pd.DataFrame]

_SEVERAL: Final = "several"
_FIRST, _BLAME, _SUMS = (COLUMNS.index(name) for name in ("first", "blame", SUMS[0]))
_FILTERED: Final = frozenset({*MULTIPLE.values(), "kind", "stage", "confidence"})


@dataclass(frozen=True)
class Result:
    """What a selection gives, added up by an engine.

    Attributes
    ----------
    selection : Selection
        What was asked.
    view : View
        Level and boundaries.
    summary : Summary
        Sums by unit, what is not mapped, and the total.
    flows : FlowTable
        Flows and what could not be made one.
    counts : dict of str to dict of str to int
        As `ccgeo.query.engine.choice_counts`.
    years : pandas.DataFrame
        One row a year, in order: ``year`` (int64, 0 for undated) and the columns of
        `ccgeo.query.measures.SUMS` (int64).
    """

    selection: Selection
    view: View
    summary: Summary
    flows: FlowTable
    counts: dict[str, dict[str, int]]
    years: pd.DataFrame


def read_result(rows: pd.DataFrame, sides: Sides, selection: Selection, view: View) -> Result:
    """Read the rows of `ccgeo.engine.expression.question`.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns `ccgeo.engine.expression.COLUMNS`, whole numbers, in any order.
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    selection : Selection
        What was asked.
    view : View
        Level and boundaries.

    Returns
    -------
    Result
        The same as the in-memory engine gives for the entries themselves.
    """
    numbers = rows[list(COLUMNS)].to_numpy(np.int64)
    parts = {name: numbers[numbers[:, 0] == number] for number, name in enumerate(PARTS)}
    whole = {side: parts[side][parts[side][:, _BLAME] == 0] for side in SUMMED}
    return Result(
        selection=selection,
        view=view,
        summary=summarise(_told(whole["site"], sides, "site"), view.level, view.vintage),
        flows=flows_of(_ends(parts["flow"], sides), view.level, view.vintage),
        counts=_counts({side: parts[side] for side in SIDES}, sides, selection),
        years=_years(_told(whole["time"], sides, "time"), selection.date_kind),
    )


def _told(part: Numbers, sides: Sides, side: str) -> pd.DataFrame:
    """Return the rows of a side with their sums, in the order of their codes."""
    ordered = part[np.argsort(part[:, _FIRST])]
    told = {name: ordered[:, at] for at, name in enumerate(SUMS, _SUMS)}
    return pd.DataFrame(_columns(sides, side, ordered[:, _FIRST]) | told, copy=False)


def _ends(part: Numbers, sides: Sides) -> pd.DataFrame:
    """Return one row for all entries that are alike as ends of a flow, with their sums."""
    part = part[np.lexsort(part[:, [_FIRST + 2, _FIRST + 1, _FIRST]].T)]
    columns: dict[str, Any] = {}
    for at, side in enumerate(("party", "site", "deal"), _FIRST):
        columns |= _columns(sides, side, part[:, at])
    least, most = (part[:, COLUMNS.index(name)] for name in ("least", "most"))
    sectors = sides["deal"]["sector_id"].to_numpy(dtype=object)[least]
    sectors[least != most] = _SEVERAL
    columns["sector_id"] = pd.Series(sectors, dtype=object)
    columns |= {name: part[:, at] for at, name in enumerate(SUMS, _SUMS)}
    return pd.DataFrame(columns, copy=False)


def _columns(sides: Sides, side: str, codes: Numbers) -> dict[str, Any]:
    """Return the rows behind some codes, without what only filters look at."""
    rows = sides[side]
    found = {}
    for name in SIDES[side]:
        if name not in _FILTERED:
            values = rows[name].array.take(codes)
            found[name] = pd.Series(values, dtype=rows[name].dtype, copy=False)
    return found


def _years(times: pd.DataFrame, date_kind: str) -> pd.DataFrame:
    sums = group_sums(years_of(times, date_kind).tolist(), times[list(SUMS)].to_numpy(np.int64).T)
    years = sorted(sums)
    columns = sum_columns(sums[year] for year in years)
    return pd.DataFrame({"year": np.array(years, dtype=np.int64)} | columns)


def _counts(
    parts: Mapping[str, Numbers], sides: Sides, selection: Selection
) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for field, column in (SINGLE | MULTIPLE).items():
        side = next(name for name, columns in SIDES.items() if column in columns)
        found: Counter[str] = Counter()
        codes, entries = _but(parts[side], field)
        values = sides[side][column].to_numpy(dtype=object)[codes].tolist()
        for value, number in zip(values, entries.tolist(), strict=True):
            for each in value if field in MULTIPLE else (value,):
                found[each] += number
        counts[field] = dict(found)
    return counts | _scalar_counts(parts, sides, selection)


def _scalar_counts(
    parts: Mapping[str, Numbers], sides: Sides, selection: Selection
) -> dict[str, dict[str, int]]:
    """Count what each value of a filter with a single value would show."""
    deals, unsure = _but(parts["deal"], "confidence")
    grades = sides["deal"]["confidence"].to_numpy()[deals]
    times, undecided = _but(parts["time"], "years")
    kept = {
        kind: masks_of(sides["time"], replace(selection, date_kind=kind))["years"][times]
        for kind in _date_kinds()
    }
    sure = {str(least): grades >= least for least in CONFIDENCES}
    return {
        "min_confidence": {name: int(np.sum(unsure, where=mask)) for name, mask in sure.items()},
        "date_kind": {name: int(np.sum(undecided, where=mask)) for name, mask in kept.items()},
    }


def _date_kinds() -> tuple[DateKind, ...]:
    kinds: Any = tuple(names_of("date_kind"))
    return kinds  # type: ignore[no-any-return]


def _but(part: Numbers, field: str) -> tuple[Numbers, Numbers]:
    """Return codes and numbers of the entries that every filter but one keeps."""
    blame = part[:, _BLAME]
    kept = part[(blame == 0) | (blame == FILTERS.index(field))]
    return kept[:, _FIRST], kept[:, _SUMS]
