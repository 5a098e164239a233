"""Class limits and colours of a choropleth.

The words (scheme, k, bins) and the results are mapclassify's. Quantiles and equal intervals are
one line of numpy each, held beside mapclassify's by test; natural breaks are its Fisher-Jenks.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import numpy as np

from ccgeo.errors import UnknownChoiceError

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]

NO_CLASS: Final = -1
NO_DATA_COLOUR: Final = "#e6e6e3"
# Pale yellow over green and teal to indigo: lightness falls in even steps from 95 to 22 (CIELAB),
# so the order survives every kind of colour blindness and a grey print.
_RAMPS: Final = {
    "light": ("#faf2ba", "#bcdc98", "#74c09a", "#449da5", "#2276a5", "#234f93", "#2b2c71"),
    # On a dark ground more is lighter; the first class still stands off the ground.
    "dark": ("#39407f", "#2f5f9b", "#2e82a6", "#4ba2a3", "#79c098", "#bddb97", "#faf2ba"),
}


def class_bins(values: Numbers, scheme: str, k: int) -> tuple[float, ...]:
    """Return the upper limits of the classes of some values.

    Parameters
    ----------
    values : numpy.ndarray
        Values to class, float64, shape (n,); NaN is no data and is left out.
    scheme : {"quantiles", "natural_breaks", "equal_interval"}
        Rule that sets the limits.
    k : int
        Number of classes wanted.

    Returns
    -------
    tuple of float
        Rising upper limits, each belonging to its class; the last is the greatest value.
        Fewer than `k` where there are fewer distinct values or limits; none without values.

    Raises
    ------
    UnknownChoiceError
        The scheme is not one of the three.

    Examples
    --------
    >>> class_bins(np.array([1.0, 2.0, 3.0, 4.0, np.nan]), "equal_interval", 3)
    (2.0, 3.0, 4.0)
    """
    rules = {
        "quantiles": _quantile_bins,
        "natural_breaks": _natural_bins,
        "equal_interval": _equal_bins,
    }
    if scheme not in rules:
        what = "scheme"
        raise UnknownChoiceError(what, scheme, rules)
    stated = np.sort(values[np.isfinite(values)])
    distinct = np.unique(stated)
    limits = distinct if distinct.size <= k else np.unique(rules[scheme](stated, k))
    # Interpolation leaves 5260000000.000001: no legend should show that digit.
    return tuple(dict.fromkeys(round(float(limit), 4) for limit in limits))


def class_index(values: Numbers, bins: tuple[float, ...]) -> npt.NDArray[np.int64]:
    """Return the class of each value.

    Parameters
    ----------
    values : numpy.ndarray
        Values, float64, shape (n,); NaN is no data.
    bins : tuple of float
        Rising upper limits.

    Returns
    -------
    numpy.ndarray
        Class from 0, int64, shape (n,); -1 for no data. What lies above the last limit, as
        it may when limits are kept while filtering, belongs to the last class.

    Examples
    --------
    >>> class_index(np.array([0.5, 2.0, 9.0, np.nan]), (1.0, 2.0)).tolist()
    [0, 1, 1, -1]
    """
    if not bins:
        return np.full(values.shape, NO_CLASS, dtype=np.int64)
    found = np.searchsorted(np.asarray(bins), values, side="left")
    within = np.minimum(found, len(bins) - 1).astype(np.int64)
    return np.where(np.isnan(values), NO_CLASS, within)


def class_colours(k: int, *, theme: str = "light") -> tuple[str, ...]:
    """Return the colours of `k` classes, light to dark.

    Parameters
    ----------
    k : int
        Number of classes, from 0.
    theme : {"light", "dark"}
        Ground they are drawn on; on a dark one they go from dark to light.

    Returns
    -------
    tuple of str
        Colours as ``#rrggbb``.

    Examples
    --------
    >>> class_colours(2)
    ('#bcdc98', '#234f93')
    """
    # Two or three classes keep off the ends of the ramp: paper white and near black.
    inset = 1.0 if k <= 3 else 0.0  # noqa: PLR2004 - as said above
    colours = _RAMPS[theme]
    stops = np.linspace(inset, len(colours) - 1 - inset, k) if k > 1 else np.full(k, 3.0)
    ramp = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in colours])
    channels = [np.interp(stops, np.arange(len(colours)), ramp[:, part]) for part in range(3)]
    return tuple(
        "#" + "".join(f"{round(float(part)):02x}" for part in rgb)
        for rgb in zip(*channels, strict=True)
    )


def _quantile_bins(ordered: Numbers, k: int) -> Numbers:
    limits: Numbers = np.quantile(ordered, np.linspace(0, 1, k + 1)[1:])
    return limits


def _equal_bins(ordered: Numbers, k: int) -> Numbers:
    return np.linspace(ordered[0], ordered[-1], k + 1)[1:]


def _natural_bins(ordered: Numbers, k: int) -> Numbers:
    # Imported where it is used: it brings scikit-learn along, which takes longer to load than
    # everything else together, and the first map needs none of it.
    from mapclassify import FisherJenks  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Numba not installed")
        limits: Numbers = FisherJenks(ordered, k=k).bins
    return limits
