"""What travels to the live map where it shows zones or the circle instead of amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ccgeo.layers.zones import COLOURS
from ccgeo.places.gazetteer import district_codes
from ccgeo.query.zones import PART, WHOLE
from ccgeo.views.live_map.projections import FRAMES, project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgeo.layers.zones import Cover

_MARKS: Final = {PART: "0", WHOLE: "1"}
_POINT_LABEL: Final = ("a name is written here; no boundary", "名称标注点，并非边界")


def cover_payload(
    cover: Cover, *, frame: str = "region", selected: str = "", language: str = "en"
) -> dict[str, Any]:
    """Say in plain numbers and strings what the live map has to show of a cover.

    Parameters
    ----------
    cover : Cover
        Districts covered, with their words and label points.
    frame : {"region", "world"}
        Frame to begin with.
    selected : str
        Kind and id joined by a colon, such as ``"district:500103"``.
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    dict
        As `ccgeo.views.live_map.payload.build_payload` gives it, without amounts and lines,
        and with a member ``cover``; see ``assets/types.js``.

    Raises
    ------
    UnknownChoiceError
        The frame is not one.

    Examples
    --------
    >>> from ccgeo.layers.zones import build_zones, zone_cover
    >>> from ccgeo.query.selection import View
    >>> payload = cover_payload(zone_cover(build_zones(["cq-liangjiang-na"], View())))
    >>> payload["classes"].count("0"), payload["classes"].count("1")
    (3, 0)
    """
    project([], frame)
    classes = cover_marks(cover)
    counts = [classes.count(mark) for mark in ("0", "1")]
    whole, part, none = cover.labels
    return {
        "language": language,
        "frame": frame,
        "vintage": cover.vintage,
        "level": "district",
        "measure": "projects",
        "selected": selected,
        "classes": classes,
        "values": [0] * sum(counts),
        "records": [0] * sum(counts),
        "projects": [0] * sum(counts),
        "legend": {
            "title": cover.title,
            "unit": "",
            "classes": [[part, counts[0]], [whole, counts[1]]],
            "colours": [COLOURS[PART], COLOURS[WHOLE]],
            "no_data_label": none,
            "no_data": classes.count("-"),
            "flow_title": "",
            "widths": [],
        },
        "flows": {"partners": [], "places": [], "rows": []},
        "cover": {
            "none": none,
            "tips": {code: list(lines) for code, lines in cover.tips.items()},
            "point_label": point_label(language),
            "points": cover_points(cover.points),
        },
    }


def cover_marks(cover: Cover) -> str:
    """Return one character a district, in ascending order of adcodes.

    Parameters
    ----------
    cover : Cover
        Districts covered.

    Returns
    -------
    str
        ``"1"`` for covered whole, ``"0"`` for covered in part, ``"-"`` for not covered.
    """
    codes = district_codes(cover.vintage)
    return "".join(_MARKS.get(cover.extents.get(code, ""), "-") for code in codes)


def point_label(language: str) -> str:
    """Return what a label point is.

    Parameters
    ----------
    language : {"en", "zh"}
        Language of the words.

    Returns
    -------
    str
        Words for a legend.
    """
    return _POINT_LABEL[language == "zh"]


def cover_points(points: Sequence[tuple[str, str, float, float]]) -> list[dict[str, Any]]:
    """Return label points in the kilometres of every frame.

    Parameters
    ----------
    points : sequence of (str, str, float, float)
        Id, name, longitude and latitude in degrees (WGS 84).

    Returns
    -------
    list of dict
        ``id``, ``name`` and a pair of kilometres for each frame.
    """
    lon_lat = [(lon, lat) for _, _, lon, lat in points]
    spots = {frame: project(lon_lat, frame).round(1).tolist() for frame in FRAMES}
    return [
        {"id": zone, "name": name} | {frame: spots[frame][i] for frame in FRAMES}
        for i, (zone, name, _, _) in enumerate(points)
    ]
