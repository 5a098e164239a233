"""What an engine gave back, as the same values that the in-memory engine gives.

An engine adds up by codes. What the codes of a side stand for is written down once, in a
`Key`; an answer is read by taking rows of it, and nothing is worked out per entry.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ccgeo.engine.expression import COLUMNS, PARTS
from ccgeo.engine.star import SIDES
from ccgeo.engine.verdicts import FILTERS, ONCE, side_ends
from ccgeo.places.partners import read_partners
from ccgeo.query.engine import MULTIPLE, SINGLE, masks_of, unit_column, years_of
from ccgeo.query.flows import COLUMNS as FLOW_COLUMNS
from ccgeo.query.flows import REASONS, FlowTable
from ccgeo.query.measures import SUMS, group_sums, sum_columns, summary_of
from ccgeo.query.vocabulary import CONFIDENCES, names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from ccgeo.query.flows import Ends
    from ccgeo.query.measures import Summary
    from ccgeo.query.selection import Selection, View
    from ccgeo.query.vocabulary import DateKind, Level, Vintage

    Numbers = npt.NDArray[np.int64]
    Texts = npt.NDArray[np.object_]
    Sides = Mapping[str, pd.DataFrame]

_SEVERAL: Final = "several"
_FIRST, _BLAME, _SUMS = (COLUMNS.index(name) for name in ("first", "blame", SUMS[0]))
_LEAST, _MOST = COLUMNS.index("least"), COLUMNS.index("most")


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
        One row a year, in order, whatever years the selection asks for: ``year`` (int64, 0 for
        undated) and the columns of `ccgeo.query.measures.SUMS` (int64).
    """

    selection: Selection
    view: View
    summary: Summary
    flows: FlowTable
    counts: dict[str, dict[str, int]]
    years: pd.DataFrame


@dataclass(frozen=True)
class _Ends:
    """The ends of flows by code: names, their order, and why there is none."""

    names: Texts
    beside: Texts
    ranks: Numbers
    reasons: Numbers


class Key:
    """What the codes of a register stand for, worked out when first needed.

    Parameters
    ----------
    sides : mapping of str to pandas.DataFrame
        The rows of each side.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self._ends: dict[tuple[str, str], tuple[_Ends, _Ends]] = {}

    @cached_property
    def choices(self) -> dict[str, tuple[str, Texts, Numbers, Numbers]]:
        """Return by filter its side and values, and which code has which value.

        Returns
        -------
        dict of str to tuple
            Side, values (str), and two int64 arrays of one length: a code, a value it has.
        """
        found = {}
        for field, column in (SINGLE | MULTIPLE).items():
            side = next(name for name, columns in SIDES.items() if column in columns)
            cells = self.sides[side][column].tolist()
            told = cells if field in MULTIPLE else [(cell,) for cell in cells]
            sizes = np.array(list(map(len, told)), dtype=np.int64)
            codes = np.repeat(np.arange(len(told)), sizes)
            numbers, values = pd.factorize(_texts([value for row in told for value in row]))
            found[field] = (side, values, codes.astype(np.int64), numbers.astype(np.int64))
        return found

    @cached_property
    def directions(self) -> Numbers:
        """Return the direction of each deal.

        Returns
        -------
        numpy.ndarray
            Position in the vocabulary of directions, int64, one a row of ``deal``.
        """
        known = {name: number for number, name in enumerate(names_of("directions"))}
        told = self.sides["deal"]["direction"].tolist()
        return np.array([known[name] for name in told], dtype=np.int64)

    def ends(self, level: Level, vintage: Vintage) -> tuple[_Ends, _Ends]:
        """Return the ends of flows by partners and by place.

        Parameters
        ----------
        level : {"district", "prefecture", "province"}
            Level of the map.
        vintage : {"2025", "2026"}
            Boundary list.

        Returns
        -------
        tuple
            Partners, their kind, and reasons by direction; places, their level, and reasons.
        """
        if (level, vintage) not in self._ends:
            parties, sites = side_ends(self.sides, level, vintage)
            directed = np.array([_reasons(ends) for ends in parties.values()], dtype=np.int64)
            partners = _names([_first_end(row) for row in zip(*parties.values(), strict=True)], 0)
            kinds = dict(zip(*(read_partners()[name] for name in ("partner", "kind")), strict=True))
            known = _texts([kinds.get(name, "") for name in partners.tolist()])
            places, levels = _names(sites, 1), _names(sites, 2)
            self._ends[level, vintage] = (
                _Ends(partners, known, _ranks(partners), directed),
                _Ends(places, levels, _ranks(places), _reasons(sites)),
            )
        return self._ends[level, vintage]


def read_result(rows: pd.DataFrame, key: Key, selection: Selection, view: View) -> Result:
    """Read the rows of `ccgeo.engine.expression.question`.

    Parameters
    ----------
    rows : pandas.DataFrame
        Columns `ccgeo.engine.expression.COLUMNS`, whole numbers, in any order.
    key : Key
        What the codes stand for.
    selection : Selection
        What was asked.
    view : View
        Level and boundaries.

    Returns
    -------
    Result
        The same as the in-memory engine gives for the entries themselves.
    """
    numbers = np.column_stack([rows[name].to_numpy(np.int64) for name in COLUMNS])
    parts = {name: numbers[numbers[:, 0] == number] for number, name in enumerate(PARTS)}
    sites = parts["site"][parts["site"][:, _BLAME] == 0]
    return Result(
        selection=selection,
        view=view,
        summary=_summary(sites, key.sides["site"], view),
        flows=_flows(parts["flow"], key, view),
        counts=_counts(parts, key) | _scalar_counts(parts, key.sides, selection),
        years=_years(_rows_but(parts["time"], "years"), key.sides["time"], selection.date_kind),
    )


def _summary(part: Numbers, sites: pd.DataFrame, view: View) -> Summary:
    ordered = part[np.argsort(part[:, _FIRST])]
    columns = (unit_column(view.level, view.vintage), "place_level")
    units, known = (_taken(sites, name, ordered[:, _FIRST]) for name in columns)
    return summary_of(units, known, ordered[:, _SUMS:].T)


def _years(part: Numbers, times: pd.DataFrame, date_kind: str) -> pd.DataFrame:
    sums = group_sums(years_of(times, date_kind)[part[:, _FIRST]].tolist(), part[:, _SUMS:].T)
    years = sorted(sums)
    columns = sum_columns(sums[year] for year in years)
    return pd.DataFrame({"year": np.array(years, dtype=np.int64)} | columns)


def _flows(part: Numbers, key: Key, view: View) -> FlowTable:
    """Turn sums by partners, place and direction into flows; each is told once."""
    parties, sites = key.ends(view.level, view.vintage)
    party, site, deal = part[:, _FIRST : _FIRST + 3].T
    direction = key.directions[deal]
    reasons = parties.reasons[direction, party]
    reasons = np.where(reasons != 0, reasons, sites.reasons[site])
    drawn = np.flatnonzero(reasons == 0)
    names = tuple(names_of("directions"))
    order = (_ranks(_texts(names))[direction], sites.ranks[site], parties.ranks[party])
    drawn = drawn[np.lexsort([keys[drawn] for keys in order])]
    there = (parties.names[party[drawn]], parties.beside[party[drawn]])
    here = (sites.names[site[drawn]], sites.beside[site[drawn]])
    ways = _texts(names)[direction[drawn]]
    outbound = ways == "outbound"
    origin = [np.where(outbound, inside, out) for inside, out in zip(here, there, strict=True)]
    destination = [np.where(outbound, out, inside) for inside, out in zip(here, there, strict=True)]
    sectors = _taken(key.sides["deal"], "sector_id", part[drawn, _LEAST])
    sectors[part[drawn, _LEAST] != part[drawn, _MOST]] = _SEVERAL
    told = (there[0], *here, ways, there[1], *origin, *destination, sectors)
    sums = dict(zip(SUMS, part[drawn, _SUMS:].T, strict=True))
    flows = dict(zip(FLOW_COLUMNS, map(_column, told), strict=True))
    return FlowTable(pd.DataFrame(flows | sums), _not_drawn(reasons, part[:, _SUMS:]))


def _not_drawn(reasons: Numbers, sums: Numbers) -> pd.DataFrame:
    found = np.unique(reasons[reasons != 0]).tolist()
    named = _column(_texts([tuple(REASONS)[number - 1] for number in found]))
    columns = sum_columns(sums[reasons == number].sum(axis=0) for number in found)
    return pd.DataFrame({"reason": named} | columns)


def _counts(parts: Mapping[str, Numbers], key: Key) -> dict[str, dict[str, int]]:
    counts = {}
    for field, (side, values, codes, numbers) in key.choices.items():
        kept, entries = _but(parts[side], field)
        by_code = np.zeros(len(key.sides[side]), dtype=np.int64)
        np.add.at(by_code, kept, entries)
        by_value = np.zeros(len(values), dtype=np.int64)
        np.add.at(by_value, numbers, by_code[codes])
        some = np.flatnonzero(by_value)
        counts[field] = dict(zip(values[some].tolist(), by_value[some].tolist(), strict=True))
    return counts


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
    kept = _rows_but(part, field)
    return kept[:, _FIRST], kept[:, _SUMS]


def _rows_but(part: Numbers, field: str) -> Numbers:
    blame = part[:, _BLAME]
    kept: Numbers = part[(blame == 0) | (blame == ONCE + FILTERS.index(field))]
    return kept


def _first_end(ends: Sequence[Ends | str]) -> Ends | str:
    """Return the end whatever the direction: the partner does not hang on it."""
    return next((end for end in ends if not isinstance(end, str)), "")


def _names(ends: Sequence[Ends | str], at: int) -> Texts:
    return _texts(["" if isinstance(end, str) else end[at] for end in ends])


def _reasons(ends: Sequence[Ends | str]) -> Numbers:
    """Return for each end 0, or the number of the reason why there is none, from 1."""
    numbers = {name: number for number, name in enumerate(REASONS, 1)}
    told = [numbers[end] if isinstance(end, str) else 0 for end in ends]
    return np.array(told, dtype=np.int64)


def _ranks(names: Texts) -> Numbers:
    """Return the place of each name in their order."""
    order = {name: rank for rank, name in enumerate(sorted(set(names.tolist())))}
    return np.array([order[name] for name in names.tolist()], dtype=np.int64)


def _texts(values: Sequence[str]) -> Texts:
    texts: Texts = np.array(values, dtype=object)
    return texts


def _column(texts: Texts) -> pd.Series:
    # A series that says what it holds: pandas turns a bare array of text into Arrow.
    return pd.Series(texts, dtype=object)


def _taken(rows: pd.DataFrame, name: str, codes: Numbers) -> Texts:
    taken: Texts = rows[name].to_numpy(dtype=object)[codes]
    return taken
