"""The words a record may use: one closed list for each column that has one."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from ccgeo.places import footprint

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = ("event", "breakdown", "deal", "zone_statistic", "indicator")
"""What a record is, from a whole signing to a plain figure about a place."""

STAGES = ("opportunity", "announced", "signed", "started", "operating", "completed", "cancelled")
"""How far a project has come; an empty stage is not stated."""

DEFAULT_STAGES = ("signed", "started", "operating", "completed")
"""Stages that are summed unless the user asks otherwise: what at least bears a signature."""

DIRECTIONS = ("inbound", "outbound", "domestic")
"""Which way the money goes, seen from Sichuan and Chongqing; empty is not stated."""

KNOWN_LEVELS = footprint.KNOWN_LEVELS
"""Levels of knowledge of a place, finest first."""

CUTS = (
    "place",
    "sector",
    "deal",
    "investor",
    "mode",
    "stage",
    "time",
    "size",
)
"""By what a record divides its parent: the first three say where or what, the rest how."""

SUM_ROLES = ("count", "part", "telling", "overlap", "stock", "none")
"""What a record does in a sum; only the first two add."""

COUNTED_ROLES = frozenset({"count", "part"})
"""Roles that add: a root or a lone deal, and a part of a root."""

COUNT_UNITS = (
    "projects",
    "companies",
    "institutions",
    "beds",
    "participants",
    "parks",
    "agreements",
)
"""What ``project_count`` counts; only projects are ever summed."""

AMOUNT_SCALES = {"1": 0, "10k": 4, "mn": 6, "100mn": 8, "bn": 9, "trn": 12}
"""Scale of an amount as reported, and its power of ten."""

QUALIFIERS = ("exact", "min", "approx", "max")
"""How a figure is meant: exactly, at least, about, up to."""

ADDITIVE_AMOUNT_KINDS = ("investment", "planned_investment", "contract", "agreement")
"""Kinds of amount that announce new investment, the only ones that are ever summed."""

OTHER_AMOUNT_KINDS = (
    "acquisition",
    "actual_investment",
    "annual_investment",
    "completed_investment",
    "paid_in_investment",
    "foreign_capital_used",
    "contracted_foreign_capital",
    "contract_target",
    "framework",
    "mixed",
    "registered_capital",
    "financing",
    "loan",
    "credit_line",
    "fund_size",
    "land_price",
    "donation",
    "output_value",
    "revenue",
    "trade_value",
    "cargo_value",
    "gdp",
)
"""Kinds of amount that are kept and shown but never enter a sum of investment."""

AMOUNT_KINDS = ADDITIVE_AMOUNT_KINDS + OTHER_AMOUNT_KINDS
"""Every kind of amount."""

QUANTITY_UNITS = (
    "m2",
    "km2",
    "ha",
    "acre",
    "TEU",
    "trains",
    "vehicles",
    "vehicles_per_year",
    "units",
    "Gbps",
    "Nm3_per_hour",
    "percent_stake",
    "percent_of_national_gdp",
    "percent_of_national_population",
)
"""Units of figures that are not money."""

DATE_KINDS = ("announced", "signed", "started", "completed", "reported")
"""Which date it is; "reported" where the source only says what was so then."""

SOURCE_CLASSES = (
    "official",
    "press",
    "newswire",
    "company",
    "aggregator",
    "copy",
    "mirror",
    "no_url",
    "unclassed",
)
"""What kind of page a source is."""

FLAGS = (
    "bare_ip",
    "cancelled",
    "contradicted",
    "count_untested",
    "cumulative",
    "date_disputed",
    "framework",
    "implausible",
    "intention",
    "misprint",
    "mou",
    "name_disputed",
    "no_url",
    "not_found_again",
    "not_investment",
    "other_provinces",
    "possible_duplicate",
    "undated",
    "venue_only",
    "year_inferred",
)
"""Warnings a record may carry."""


def nearest_choices(value: str, choices: Iterable[str], limit: int = 3) -> list[str]:
    """Return the choices most like a value that is not one of them.

    Parameters
    ----------
    value : str
        What came.
    choices : iterable of str
        What would be valid.
    limit : int, optional
        How many to return at most.

    Returns
    -------
    list of str
        Best first; empty if nothing is alike.

    Examples
    --------
    >>> nearest_choices("singed", STAGES)
    ['signed']
    """
    return get_close_matches(value, list(choices), n=limit, cutoff=0.6)
