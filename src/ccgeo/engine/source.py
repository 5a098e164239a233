"""A register behind an engine as a source of answers: what pages, layers and files ask."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ccgeo.engine.expression import CELLS, ENTRIES, FLOOR
from ccgeo.engine.groups import (
    KEYS,
    NEEDLE,
    TEXTS,
    WITHIN,
    Form,
    counted,
    crossed,
    cuts,
    kept_table,
    listed,
    spread,
)
from ccgeo.engine.star import SIDES
from ccgeo.engine.verdicts import alike, flow_keys, flow_mask
from ccgeo.query.engine import UNDATED, masks_of, unit_column, years_of
from ccgeo.query.flows import flows_of
from ccgeo.query.groups import lifted, unit_groups
from ccgeo.query.matrix import matrix_of
from ccgeo.query.measures import SUMS
from ccgeo.query.profile import is_thing, one_partner, profile_of_groups, thing_mask
from ccgeo.query.selection import View
from ccgeo.query.source import span_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import numpy.typing as npt

    from ccgeo.engine.answers import Result
    from ccgeo.engine.register import Register
    from ccgeo.query.flows import FlowTable
    from ccgeo.query.histogram import AmountBar
    from ccgeo.query.matrix import MatrixCut
    from ccgeo.query.measures import Summary, Sums
    from ccgeo.query.profile import Profile
    from ccgeo.query.selection import Selection
    from ccgeo.query.source import Counts, Listing, Origin

    Codes = npt.NDArray[np.int32]
    Mask = npt.NDArray[np.bool_]

_ANSWERS, _PROFILES, _PAGES = 64, 32, 32
_SIDE_OF: Final = {"district": "site", "known": "site", "zone": "site", "partner": "party"}


class RegisterSource:
    """A register as a source; what it answered is kept for all sessions.

    What is asked of a source stands at `ccgeo.query.source.Source`.

    Parameters
    ----------
    register : Register
        Behind an engine.
    origin : Origin
        What it is called, how many entries it has, whether they are made up.
    """

    def __init__(self, register: Register, origin: Origin) -> None:
        self.register = register
        self._origin = replace(origin, span=span_of(register.sides["time"]["year"].tolist()))
        self._ask = lru_cache(maxsize=_ANSWERS)(self._asked)
        self._cut = lru_cache(maxsize=_PROFILES)(self._profile)
        self._lines = lru_cache(maxsize=_PROFILES)(self._flows)
        self._groups = lru_cache(maxsize=_PROFILES)(self._unit_groups)
        self._cross = lru_cache(maxsize=_PROFILES)(self._matrix)
        self._spread = lru_cache(maxsize=_PAGES)(self._spread_of)
        self._page = lru_cache(maxsize=_PAGES)(self._rows)
        self._count = lru_cache(maxsize=_PAGES)(self._found)

    @property
    def origin(self) -> Origin:
        """Return which records these are."""
        return self._origin

    def summary(self, selection: Selection, view: View) -> Summary:
        """Return sums by unit, what no unit holds, and the total."""
        return self._ask(selection, _seen(view)).summary

    @property
    def is_shared(self) -> bool:
        """Return whether all sessions ask these records, so that answers may be kept."""
        return True

    def flows(self, selection: Selection, view: View, thing: str = "") -> FlowTable:
        """Return flows and what is none, of the selection or of a thing in it."""
        if thing:
            return self._lines(selection, _seen(view), thing)
        return self._ask(selection, _seen(view)).flows

    def counts(self, selection: Selection, view: View) -> Counts:
        """Return the number behind each choice of a filter; it came with the sums of the view."""
        return self._ask(selection, _seen(view)).counts

    def years(self, selection: Selection, view: View) -> dict[int, Sums]:
        """Return the sums of each year, whatever years are asked for."""
        table = self._ask(selection, _seen(view)).years
        return dict(zip(table["year"].tolist(), table[list(SUMS)].to_numpy(np.int64), strict=True))

    def unit_groups(self, selection: Selection, view: View, most: int) -> pd.DataFrame | None:
        """Return the entries of units added up by unit, sector and year, if they are few."""
        return self._groups(lifted(selection), _seen(view), most)

    def amount_bars(self, selection: Selection) -> tuple[AmountBar, ...]:
        """Return how amounts are spread."""
        return self.register.amount_bars(selection)

    def profile(self, selection: Selection, view: View, thing: str = "") -> Profile:
        """Return totals of the selection, or of a thing in it, cut several ways."""
        return self._cut(selection, _seen(view), thing)

    def matrix(
        self, selection: Selection, view: View, rows: MatrixCut, columns: MatrixCut
    ) -> pd.DataFrame:
        """Return two cuts crossed."""
        return self._cross(selection, _seen(view), rows, columns)

    def found(self, listing: Listing) -> int:
        """Return how many records a listing has on all of its pages."""
        if listing.find or listing.only:
            return self._count(listing)
        if listing.thing:
            return self.profile(listing.selection, listing.view, listing.thing).total.entries
        return self.summary(listing.selection, listing.view).total.entries

    def rows(self, listing: Listing) -> pd.DataFrame:
        """Return one page of records."""
        return self._page(listing)

    def _asked(self, selection: Selection, view: View) -> Result:
        return self.register.ask(selection, view)

    def _profile(self, selection: Selection, view: View, thing: str) -> Profile:
        kept = self._kept(selection, view, thing)
        floor = selection.min_amount_fen is not None
        codes = {side: np.arange(len(rows), dtype=np.int32) for side, rows in self._sides.items()}
        found = self._run(cuts(self._table(floor=floor), floor=floor), selection, kept, codes)
        groups = {}
        for number, side in enumerate(SIDES):
            part = found[found["part"] == number].sort_values("key")
            groups[side] = self._behind({side: part["key"].to_numpy()}, part)
        return profile_of_groups(groups, selection.date_kind)

    def _flows(self, selection: Selection, view: View, thing: str) -> FlowTable:
        kept = self._kept(selection, view, thing)
        keys = flow_keys(self._sides, view.level, view.vintage)
        codes = {
            "site": keys["site"],
            "deal": self._alike("deal", "direction", "sector_id"),
            "party": keys["party"],
            "time": np.zeros(len(self._sides["time"]), dtype=np.int32),
        }
        return flows_of(self._crossed(selection, kept, codes), view.level, view.vintage)

    def _matrix(
        self, selection: Selection, view: View, rows: MatrixCut, columns: MatrixCut
    ) -> pd.DataFrame:
        kept = self._kept(selection, view, "")
        codes = self._cross_codes({rows, columns}, view)
        return matrix_of(self._crossed(selection, kept, codes), rows, columns, view)

    def _unit_groups(self, selection: Selection, view: View, most: int) -> pd.DataFrame | None:
        if not self.register.has_cells or selection.min_amount_fen is not None:
            return None
        unit = unit_column(view.level, view.vintage)
        times = self._sides["time"]
        codes = {
            "site": self._alike("site", unit),
            "deal": self._alike("deal", "sector_id"),
            "party": np.zeros(len(self._sides["party"]), dtype=np.int32),
            "time": alike([years_of(times, selection.date_kind).tolist()]),
        }
        found = self._crossed(selection, self._kept(selection, view, ""), codes, most + 1)
        return unit_groups(found, view, selection.date_kind) if len(found) <= most else None

    def _crossed(
        self,
        selection: Selection,
        kept: Mapping[str, Mask],
        codes: Mapping[str, Codes],
        most: int | None = None,
    ) -> pd.DataFrame:
        """Return groups of entries that share all four codes, as a frame of placed entries."""
        floor = selection.min_amount_fen is not None
        statement = crossed(self._table(floor=floor), floor=floor, most=most)
        found = self._run(statement, selection, kept, codes)
        found = found.sort_values(list(KEYS))
        behind = {side: found[key].to_numpy() for side, key in zip(SIDES, KEYS, strict=True)}
        return self._behind(behind, found)

    def _alike(self, side: str, *columns: str) -> Codes:
        rows = self._sides[side]
        return alike([rows[name].tolist() for name in columns])

    def _rows(self, listing: Listing) -> pd.DataFrame:
        kept, form = self._kept(listing.selection, listing.view, listing.thing), _form(listing)
        told, start = _told_of(listing), listing.start
        if listing.order != "id" and not listing.only:
            part, before = _part(self._spread(replace(listing, start=0, most=0)), listing)
            kept["time"] &= np.isin(np.arange(len(kept["time"])), part["time"])
            if len(part):
                buckets = part["bucket"].tolist()
                told[WITHIN] = pd.DataFrame({"low": [min(buckets)], "high": [max(buckets)]})
                form, start = form._replace(within=True), start - before
        page = (start, listing.most)
        cut, tables = _cut(kept)
        found = self.register.run(listed(ENTRIES, listing.order, cut, form, page), told | tables)
        behind = {side: found[side].to_numpy() for side in SIDES}
        rows = self._behind(behind, found).assign(
            **{name: found[name].to_numpy(dtype=object) for name in TEXTS}
        )
        for name, stated in (("projects", "projects_stated"), ("amount_fen", "amount_stated")):
            rows[name] = rows[name].astype("Int64").where(rows[stated] > 0)
        rows["year"] = rows["year"].where(rows["year"] != UNDATED)
        return rows.drop(columns=["entries", "projects_stated", "amount_stated"])

    def _found(self, listing: Listing) -> int:
        cut, tables = _cut(self._kept(listing.selection, listing.view, listing.thing))
        statement = counted(ENTRIES, cut, _form(listing))
        return int(self.register.run(statement, _told_of(listing) | tables)["found"].iloc[0])

    def _spread_of(self, listing: Listing) -> pd.DataFrame:
        cut, tables = _cut(self._kept(listing.selection, listing.view, listing.thing))
        statement = spread(ENTRIES, listing.order, cut, _form(listing))
        found = self.register.run(statement, _told_of(listing) | tables)
        return found.sort_values("bucket", ascending=listing.order == "oldest", ignore_index=True)

    @property
    def _sides(self) -> Mapping[str, pd.DataFrame]:
        return self.register.sides

    def _table(self, *, floor: bool) -> str:
        return CELLS if self.register.has_cells and not floor else ENTRIES

    def _kept(self, selection: Selection, view: View, thing: str) -> dict[str, Mask]:
        """Return which rows of each side a selection keeps, and a thing in it."""
        kept: dict[str, Mask] = {}
        for side, rows in self._sides.items():
            kept[side] = np.ones(len(rows), dtype=bool)
            for mask in masks_of(rows, selection).values():
                kept[side] &= mask
        kind, _, name = thing.partition(":")
        if not thing:
            return kept
        if not is_thing(thing):
            kept["site"] &= False
        elif kind == "flow":
            for side, mask in flow_mask(self._sides, name, view.level, view.vintage).items():
                kept[side] &= mask
        else:
            side = _SIDE_OF[kind]
            kept[side] &= thing_mask(self._sides[side], thing, view)
        return kept

    def _cross_codes(self, crossing: set[MatrixCut], view: View) -> dict[str, Codes]:
        """Return by what each side is added up: only what the cuts tell apart."""
        codes = {side: np.zeros(len(rows), dtype=np.int32) for side, rows in self._sides.items()}
        if "partners" in crossing:
            codes["party"] = alike([self._sides["party"]["partners"].map(one_partner).tolist()])
        if "sectors" in crossing:
            codes["deal"] = self._alike("deal", "sector_id")
        if "places" in crossing:
            codes["site"] = self._alike("site", unit_column(view.level, view.vintage))
        return codes

    def _behind(self, codes: Mapping[str, npt.NDArray[Any]], found: pd.DataFrame) -> pd.DataFrame:
        """Return the rows behind some codes, with the sums beside them."""
        columns: dict[str, Any] = {}
        for side, at in codes.items():
            for name in SIDES[side]:
                values = self._sides[side][name]
                columns[name] = pd.Series(values.array.take(at), dtype=values.dtype)
        columns |= {name: found[name].to_numpy(np.int64) for name in SUMS}
        return pd.DataFrame(columns)

    def _run(
        self,
        statement: ir.Table,
        selection: Selection,
        kept: Mapping[str, Mask],
        codes: Mapping[str, Codes],
    ) -> pd.DataFrame:
        told = _told(selection, kept, codes)
        return self.register.run(statement, told).astype("int64")


def _seen(view: View) -> View:
    """Return a view with only what an engine looks at."""
    return View(level=view.level, vintage=view.vintage)


def _told(
    selection: Selection, kept: Mapping[str, Mask], codes: Mapping[str, Codes]
) -> dict[str, pd.DataFrame]:
    """Return the tables that a statement reads beside the entries."""
    told = {}
    for side, mask in kept.items():
        at = np.flatnonzero(mask).astype(np.int32)
        told[kept_table(side)] = pd.DataFrame({side: at, f"{side}_key": codes[side][at]})
    return told | _floor(selection)


def _floor(selection: Selection) -> dict[str, pd.DataFrame]:
    least = selection.min_amount_fen
    if least is None:
        return {}
    return {FLOOR: pd.DataFrame({"floor": np.array([least], dtype=np.int64)})}


def _form(listing: Listing) -> Form:
    floor = listing.selection.min_amount_fen is not None
    return Form(floor=floor, find=bool(listing.find), only=bool(listing.only))


def _told_of(listing: Listing) -> dict[str, pd.DataFrame]:
    needle = listing.only or listing.find.lower()
    tables = {NEEDLE: pd.DataFrame({"needle": [needle]})} if needle else {}
    return tables | _floor(listing.selection)


def _cut(kept: Mapping[str, Mask]) -> tuple[tuple[str, ...], dict[str, pd.DataFrame]]:
    """Return the sides of which something is not kept, and tables of what is."""
    cut = tuple(side for side, mask in kept.items() if not mask.all())
    codes = {side: np.flatnonzero(kept[side]).astype(np.int32) for side in cut}
    return cut, {kept_table(side): pd.DataFrame({side: codes[side]}) for side in cut}


def _part(spread: pd.DataFrame, listing: Listing) -> tuple[pd.DataFrame, int]:
    """Return the rows of a spread that a page lies in, and how many records come before them."""
    sizes = spread.groupby("bucket", sort=False)["entries"].sum()
    last = sizes.cumsum()
    lies = (last > listing.start) & (last - sizes < listing.start + listing.most)
    before = int((last - sizes)[lies].min()) if lies.any() else 0
    return spread[spread["bucket"].isin(sizes.index[lies])], before
