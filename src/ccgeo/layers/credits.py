"""What a layer has to say about itself wherever it goes: question, data, boundaries, caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ccgeo.places.boundaries import source_of
from ccgeo.query.selection import DEFAULT_SELECTION, selection_params
from ccgeo.query.source import Origin
from ccgeo.records.tables import read_sources
from ccgeo.shipped import data_version

if TYPE_CHECKING:
    from datetime import date

    from ccgeo.query.selection import Selection, View
    from ccgeo.query.vocabulary import Vintage

AMOUNTS_NOTE: Final = (
    "Amounts are what was announced or contracted, not what was spent. Nothing is spread over "
    "places that a source does not name; no data is not zero."
)
RATES_NOTE: Final = (
    "Amounts in other currencies are converted to CNY at the yearly average rate of the year of "
    "the record, as listed in rates.csv; the figure as reported is kept beside it."
)

SYNTHETIC_MARK: Final = ("Synthetic data, made up: ", "合成数据，纯属虚构：")
"""What stands before every sentence about made-up records, in both languages."""


def describe(
    view: View, selection: Selection | None = None, origin: Origin | None = None
) -> dict[str, Any]:
    """Return the metadata of a layer.

    Parameters
    ----------
    view : View
        How it is shown.
    selection : Selection, optional
        What was asked.
    origin : Origin, optional
        Which records were asked; the shipped ones if not given.

    Returns
    -------
    dict
        ``selection`` (address-bar parameters), ``data_version``, ``level``, ``measure``,
        ``boundaries`` (vintage, source, licence, approval number), ``amounts`` and
        ``rates`` (notes); of a register also ``register`` (name, entries, whether it is
        synthetic). Ready for JSON.

    Examples
    --------
    >>> from ccgeo.query.selection import View
    >>> describe(View(vintage="2026"))["selection"]
    {'boundaries': '2026'}
    """
    source = source_of(view.vintage)
    asked = origin or Origin(data_version())
    return {
        "selection": selection_params(selection or DEFAULT_SELECTION, view),
        "data_version": asked.version,
        **({"register": _told(asked)} if asked.register else {}),
        "level": view.level,
        "measure": view.measure,
        "boundaries": {
            "vintage": view.vintage,
            "source": f"{source.publisher}: {source.title}",
            "licence": source.licence,
            "approval_number": source.approval_number,
        },
        "amounts": AMOUNTS_NOTE,
        "rates": RATES_NOTE,
    }


def _told(origin: Origin) -> dict[str, Any]:
    return {
        "name": origin.register,
        "entries": origin.entries,
        "synthetic": origin.is_synthetic,
    }


def citation(
    said: str,
    link: str,
    read_on: date | None,
    language: str = "en",
    origin: Origin | None = None,
) -> str:
    """Return the words to put under a figure taken from a view.

    Parameters
    ----------
    said : str
        The sentence of the view.
    link : str
        Its address.
    read_on : datetime.date or None
        When it was looked at; None where no clock can say it, see `is_before_the_data`.
    language : {"en", "zh"}
        Language wanted.
    origin : Origin, optional
        Which records were asked; the shipped ones if not given.

    Returns
    -------
    str
        Sentence, data version, date and address.

    Examples
    --------
    >>> from datetime import date
    >>> citation("CNY 1 bn.", "http://127.0.0.1:8501/", date(2026, 11, 22)).split(". ")[0]
    'CNY 1 bn'
    """
    version = origin.version if origin else data_version()
    if language == "zh":
        when = f"，{read_on.isoformat()}查阅" if read_on else ""
        return f"{said}ccgeo，数据版本{version}{when}。{link}"
    when = f", read on {read_on.isoformat()}" if read_on else ""
    return f"{said} ccgeo, data version {version}{when}. {link}"


def is_before_the_data(day: date) -> bool:
    """Return whether a clock must be wrong, since it stands before the newest source.

    Parameters
    ----------
    day : datetime.date
        What the clock says.

    Returns
    -------
    bool
        True where a source was published later.

    Examples
    --------
    >>> from datetime import date
    >>> is_before_the_data(date(1970, 1, 1)), is_before_the_data(date(2026, 11, 22))
    (True, False)
    """
    return day.isoformat() < str(read_sources()["date"].max())


def credit_line(vintage: Vintage, language: str = "en") -> str:
    """Return the line that must stand beside any picture of the boundaries.

    Parameters
    ----------
    vintage : {"2025", "2026"}
        Boundary list drawn.
    language : {"en", "zh"}
        Language wanted.

    Returns
    -------
    str
        Publisher, and the approval number where the list has one.

    Examples
    --------
    >>> "GS(2024)0650" in credit_line("2025")
    True
    """
    source = source_of(vintage)
    zh = language == "zh"
    number = source.approval_number
    approved = f"{'审图号' if zh else 'approval number'} {number}" if number else ""
    credit = ", ".join(part for part in (source.publisher, approved) if part)
    return f"边界：{credit}。" if zh else f"Boundaries: {credit}."
