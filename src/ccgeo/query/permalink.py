"""A whole view as a link: both selections, the look, what is open and where the map stands.

A link once sent must go on working. So each form that links ever had is a version: the reader
takes a link of any version to the next one, step by step, and only the newest is written. The
first version did not name itself: a link without one is read in its form, which is also what a
person types by hand, and with the defaults of today.

To change what a parameter means, or a default that links leave out: add a version, a step in
`_STEPS` that writes the old meaning out, and links of the version before to
``tests/query/links.json``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl

from ccgeo.errors import CcgeoError, UnknownChoiceError
from ccgeo.query.profile import THING_KINDS, is_thing, nearest_things
from ccgeo.query.selection import (
    DEFAULT_SELECTION,
    DEFAULT_VIEW,
    Selection,
    View,
    parse_selection,
    selection_params,
)
from ccgeo.query.vocabulary import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LINK_VERSION: Final = 2
VERSION_PARAM: Final = "v"
THING_PARAM: Final = "at"
RIGHT: Final = "right."
"""How the parameters of the selection on the right of a comparison begin."""

_ZOOM_RANGE: Final = (-10.0, 10.0)
_REACH_KM: Final = 25_000.0
_CAMERA_PARAMS: Final = ("zoom", "east_km", "north_km")
_NUMBER: Final = re.compile(r"-?[0-9]{1,5}(?:\.[0-9]{1,3})?")
_LONGEST: Final = 4000


class Camera(NamedTuple):
    """Where a map stands.

    Attributes
    ----------
    zoom : float
        Binary logarithm of pixels a kilometre.
    east_km, north_km : float
        Middle of the picture from the origin of its frame, in km of the frame's projection.
    """

    zoom: float
    east_km: float
    north_km: float


@dataclass(frozen=True, slots=True)
class Permalink:
    """Everything that a link brings back.

    Attributes
    ----------
    selection : Selection
        What is asked.
    view : View
        How it is shown.
    other : Selection
        What stands on the right of a comparison.
    thing : str
        What is open in the panel, as `ccgeo.query.profile.is_thing` reads it; empty for nothing.
    camera : Camera, optional
        Where the map stands; None for all of its frame.
    """

    selection: Selection = DEFAULT_SELECTION
    view: View = DEFAULT_VIEW
    other: Selection = DEFAULT_SELECTION
    thing: str = ""
    camera: Camera | None = None


def read_permalink(
    params: Mapping[str, str], *, span: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)
) -> tuple[Permalink, tuple[CcgeoError, ...]]:
    """Read a link of any version; never raise.

    Parameters
    ----------
    params : mapping of str to str
        Parameters as a browser gives them; those of other names are not looked at.
    span : tuple of (int, int)
        First and last year that may be asked for.

    Returns
    -------
    link : Permalink
        What was understood; the rest is at its default.
    problems : tuple of CcgeoError
        One for each value not understood, naming it and the nearest valid ones.

    Examples
    --------
    >>> link, problems = read_permalink({"other": "years=2015-2020", "at": "district:500103"})
    >>> link.other.years, link.thing, problems
    ((2015, 2020), 'district:500103', ())
    """
    told: list[CcgeoError] = []
    newest = _newest(params, told)
    selection, view, problems = parse_selection(newest, span=span)
    right = {
        name.removeprefix(RIGHT): text for name, text in newest.items() if name.startswith(RIGHT)
    }
    other, _, more = parse_selection(right, span=span)
    thing = _thing(newest.get(THING_PARAM, ""), told)
    camera = _camera(newest, told)
    link = Permalink(selection, view, other, thing, camera)
    return link, (*problems, *more, *told)


def write_permalink(link: Permalink) -> dict[str, str]:
    """Write a link of the newest version.

    Parameters
    ----------
    link : Permalink
        What it has to bring back.

    Returns
    -------
    dict of str to str
        Only what differs from the first view; `read_permalink` gives the same link back.

    Examples
    --------
    >>> right = Permalink(other=Selection(years=(2015, 2020)))
    >>> write_permalink(right)
    {'right.years': '2015-2020', 'v': '2'}
    """
    params = selection_params(link.selection, link.view)
    params |= {RIGHT + name: text for name, text in selection_params(link.other).items()}
    if link.thing:
        params[THING_PARAM] = link.thing
    if params or link.camera:
        params[VERSION_PARAM] = str(LINK_VERSION)
    if link.camera:
        # Last, and of characters that need no escape: the browser adds them in the same way.
        numbers = zip(_CAMERA_PARAMS, rounded(link.camera), strict=True)
        params |= {name: f"{number:g}" for name, number in numbers}
    return params


def rounded(camera: Camera) -> Camera:
    """Return a camera as a link keeps it.

    Parameters
    ----------
    camera : Camera
        Any.

    Returns
    -------
    Camera
        Zoom to a hundredth, the middle to a kilometre; minus zero is zero.

    Examples
    --------
    >>> rounded(Camera(1.234, -0.2, 45.6))
    Camera(zoom=1.23, east_km=0.0, north_km=46.0)
    """
    zoom, east, north = camera
    return Camera(round(zoom, 2) + 0.0, round(east) + 0.0, round(north) + 0.0)


def _newest(params: Mapping[str, str], told: list[CcgeoError]) -> dict[str, str]:
    """Take a link step by step to the form of today."""
    known = {str(version) for version in range(1, LINK_VERSION + 1)}
    version = params.get(VERSION_PARAM, "1")
    if version not in known:
        told.append(UnknownChoiceError("link version", version, (str(LINK_VERSION),)))
        return dict(params)
    newest = dict(params)
    for before in range(int(version), LINK_VERSION):
        newest = _STEPS[before](newest)
    return newest


def _from_1(params: dict[str, str]) -> dict[str, str]:
    """Version 1 held the right side of a comparison as a link inside the link."""
    right = dict(parse_qsl(params.pop("other", "")[:_LONGEST]))
    return {**{RIGHT + name: text for name, text in right.items()}, **params}


def _thing(text: str, told: list[CcgeoError]) -> str:
    if not text or is_thing(text):
        return text
    told.append(UnknownChoiceError(THING_PARAM, text, nearest_things(text) or THING_KINDS))
    return ""


def _camera(params: Mapping[str, str], told: list[CcgeoError]) -> Camera | None:
    given = {name: params[name] for name in _CAMERA_PARAMS if params.get(name)}
    if not given:
        return None
    numbers = [
        float(text) if _NUMBER.fullmatch(text) else math.nan
        for text in (given.get(name, "") for name in _CAMERA_PARAMS)
    ]
    limits = (_ZOOM_RANGE, (-_REACH_KM, _REACH_KM), (-_REACH_KM, _REACH_KM))
    if all(low <= each <= high for each, (low, high) in zip(numbers, limits, strict=True)):
        return rounded(Camera(*numbers))
    said = "&".join(f"{name}={text}" for name, text in given.items())
    told.append(UnknownChoiceError("place of the map", said, ("zoom=1.5&east_km=0&north_km=0",)))
    return None


_STEPS: Final[dict[int, Callable[[dict[str, str]], dict[str, str]]]] = {1: _from_1}
