"""One session's selection: it comes from the address bar and is written back to it.

The selection and the view live in the session state as frozen values. Widgets only show
them; what a widget reports replaces one field. So a link, a click and a button are three
ways to the same state, and a widget that is not on screen loses nothing.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

import streamlit as st

from ccgeo.places.adcode import is_municipal, level_of
from ccgeo.query.changes import change_words
from ccgeo.query.narrowing import narrowed
from ccgeo.query.permalink import (
    LINK_VERSION,
    Camera,
    Permalink,
    read_permalink,
    rounded,
    write_permalink,
)
from ccgeo.query.profile import is_thing
from ccgeo.query.selection import DEFAULT_SELECTION, OPEN_SELECTION, Selection, View
from ccgeo.query.vocabulary import names_of
from ccgeo.ui import register
from ccgeo.ui.words import VIEW_KEY, language, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccgeo.ui.map_events import Event

SELECTION_KEY: Final = "selection"
OTHER_KEY: Final = "other_selection"
PICKED_KEY: Final = "picked"
CAMERA_KEY: Final = "camera"
_PAGE_KEY: Final = "page_path"
_OWN_KEY: Final = "own_params"
_SAID_KEY: Final = "said_of"
_PROBLEMS_KEY: Final = "link_problems"
_WRITTEN_KEY: Final = "link_written"
_TOUCHED_KEY: Final = "touched"
_COMPARED_KEY: Final = "compared"


class Side(NamedTuple):
    """One of the two selections of a session.

    Attributes
    ----------
    prefix : str
        How the keys of its widgets begin.
    change : callable
        Replaces fields of it.
    """

    prefix: str
    change: Callable[..., None]


def open_link(*own: str) -> tuple[Selection, View]:
    """Return the selection and view of this run, taking in the address bar if it changed.

    Parameters
    ----------
    *own : str
        Parameters of this page alone, such as ``"event"``; read with `own_value`.

    Returns
    -------
    tuple of (Selection, View)
        What to show. What the link held and nobody understands is kept for
        `show_problems`.
    """
    params = st.query_params.to_dict()
    is_touched = st.session_state.pop(_TOUCHED_KEY, False)
    is_new_page = _is_new_page()
    is_kept = (
        is_touched or params == st.session_state.get(_WRITTEN_KEY) or (is_new_page and not params)
    )
    if VIEW_KEY not in st.session_state or not is_kept:
        link, problems = read_permalink(params, span=register.source().origin.span)
        st.session_state[SELECTION_KEY] = link.selection
        st.session_state[VIEW_KEY] = link.view
        st.session_state[OTHER_KEY] = link.other
        st.session_state[PICKED_KEY] = link.thing
        st.session_state[CAMERA_KEY] = link.camera
        st.session_state[_OWN_KEY] = {name: params.get(name, "") for name in own}
        st.session_state[_PROBLEMS_KEY] = tuple(str(problem) for problem in problems)
    _write_link(own)
    return st.session_state[SELECTION_KEY], st.session_state[VIEW_KEY]


def keep_link() -> None:
    """Note that something on the page began this run.

    Whatever link such a run carries, the browser may be about to replace it; only a run that
    nothing on the page began tells that somebody went to another link. So every widget that
    begins a run calls this, or something here that changes the session.
    """
    st.session_state[_TOUCHED_KEY] = True


def own_value(name: str) -> str:
    """Return a parameter that only this page has.

    Parameters
    ----------
    name : str
        Name given to `open_link`.

    Returns
    -------
    str
        What the link holds, unchecked; empty for nothing.
    """
    return str(st.session_state.get(_OWN_KEY, {}).get(name, ""))


def change_own(name: str, value: str) -> None:
    """Replace a parameter that only this page has.

    Parameters
    ----------
    name : str
        Name given to `open_link`.
    value : str
        Empty to take it out of the link.
    """
    st.session_state[_OWN_KEY] = {**st.session_state.get(_OWN_KEY, {}), name: value}
    keep_link()


def other_selection() -> Selection:
    """Return the selection on the right of a comparison.

    Returns
    -------
    Selection
        The default one until another is asked for.
    """
    other: Selection = st.session_state.get(OTHER_KEY, DEFAULT_SELECTION)
    return other


def show_problems() -> None:
    """Say in plain text what of the link was not understood."""
    problems = st.session_state.get(_PROBLEMS_KEY, ())
    # Always a place of its own, so that what stands below keeps its.
    with st.container():
        if problems:
            with st.container(border=True):
                st.markdown(f":material/link_off: {say('problems')}")
                for sentence in problems:
                    st.text(sentence)


def permalink() -> Permalink:
    """Return what the link of this run brings back, but for the parameters of one page.

    Returns
    -------
    Permalink
        Both selections, the view, what is open and where the map stands.
    """
    return Permalink(
        selection=st.session_state[SELECTION_KEY],
        view=st.session_state[VIEW_KEY],
        other=other_selection(),
        thing=picked(),
        camera=camera(),
    )


def camera() -> Camera | None:
    """Return where the map stands.

    Returns
    -------
    Camera or None
        None for all of its frame.
    """
    stands: Camera | None = st.session_state.get(CAMERA_KEY)
    return stands


def changed() -> str:
    """Say what this run's selection has that the last one had not, and the other way round.

    Returns
    -------
    str
        Fixed vocabulary and numbers; the words of the last change while nothing changes.
    """
    asked = st.session_state[SELECTION_KEY]
    before = st.session_state.get(_SAID_KEY, (asked, ""))
    said = (asked, change_words(before[0], asked, language()) or before[1])
    st.session_state[_SAID_KEY] = said
    return said[1]


def camera_told() -> dict[str, Any]:
    """Return what the map is told of its place.

    Returns
    -------
    dict
        ``stands`` (zoom, east and north in km, or None for all of the frame) and ``version`` of
        the links that the map may write.
    """
    stands = camera()
    return {"stands": list(stands) if stands else None, "version": str(LINK_VERSION)}


def look(text: str) -> None:
    """Remember where the map stands.

    Parameters
    ----------
    text : str
        Zoom, east and north as the map tells them, such as ``"1.25_-120_45"``; empty for all
        of the frame.
    """
    stands = rounded(Camera(*map(float, text.split("_")))) if text else None
    st.session_state[CAMERA_KEY] = stands
    keep_link()


def picked() -> str:
    """Return what was clicked on the map.

    Returns
    -------
    str
        Kind and id joined by a colon, such as ``"district:500103"``; empty for nothing.
    """
    return str(st.session_state.get(PICKED_KEY, ""))


def pick(thing: str) -> None:
    """Remember what was clicked on the map.

    Parameters
    ----------
    thing : str
        Kind and id joined by a colon; empty to close the panel.
    """
    st.session_state[PICKED_KEY] = thing
    keep_link()


def take_event(event: Event) -> None:
    """Follow what a person did on the map.

    Parameters
    ----------
    event : Event
        A click selects the thing or opens a unit, a click beside everything closes the panel,
        and the frame, where the map stands, the years and the sectors asked for on it are
        remembered in the link; what goes into a comparison waits until it is opened.
    """
    if event.camera is not None:
        look(event.camera)
    if event.kind == "frame":
        look("")
        change(frame=event.id)
    elif event.kind == "camera":
        look(event.id)
    elif event.kind == "asked":
        change(**_asked(event.id))
    elif event.kind == "drill":
        open_unit(event.id)
    elif event.kind == "compare":
        add_to_comparison(event.id)
    else:
        thing = f"{event.kind}:{event.id}"
        pick(thing if is_thing(thing) else "")


def _asked(text: str) -> dict[str, Any]:
    """Read years, undated and sectors as the map tells them."""
    years, undated, sectors = text.split(".")
    first, last = (None, None) if years == "all" else sorted(map(int, years.split("-")))
    return {
        "years": None if first is None else (first, last),
        "include_undated": undated == "1",
        "sectors": frozenset(sectors.split(",")).intersection(names_of("sectors")),
    }


def open_unit(adcode: str) -> None:
    """Show the parts of a unit, and the unit itself in the panel.

    Parameters
    ----------
    adcode : str
        A province or a prefecture; one that is not known is left alone.
    """
    if adcode not in names_of("places"):
        return
    is_ladder = level_of(adcode) == "province" and not is_municipal(adcode)
    change(level="prefecture" if is_ladder else "district")
    pick(f"district:{adcode}")


def add_to_comparison(thing: str) -> None:
    """Keep a thing for the Compare page; of three, the last two stay.

    Parameters
    ----------
    thing : str
        Kind and id joined by a colon; one that is not known is left alone.
    """
    if is_thing(thing):
        others = [each for each in compared() if each != thing]
        st.session_state[_COMPARED_KEY] = [*others, thing][-2:]
        keep_link()


def compared() -> list[str]:
    """Return what was added to a comparison.

    Returns
    -------
    list of str
        At most two, each a kind and id joined by a colon.
    """
    return list(st.session_state.get(_COMPARED_KEY, []))


def end_comparison() -> None:
    """Forget what was added to a comparison."""
    st.session_state[_COMPARED_KEY] = []
    keep_link()


def comparison_link() -> dict[str, str]:
    """Return the address parameters under which Compare shows what was added.

    Returns
    -------
    dict of str to str
        The selection narrowed to the first thing on the left and to the second, or not
        narrowed at all, on the right.
    """
    here = permalink()
    sides = [narrowed(here.selection, thing) for thing in compared()]
    left, right = (*sides, here.selection, here.selection)[:2]
    return write_permalink(replace(here, selection=left, other=right, thing="", camera=None))


def change(**values: object) -> None:
    """Replace fields of the selection or of the view.

    Parameters
    ----------
    **values : object
        Field names of `Selection` or `View` and their new values.
    """
    for key, kind in ((SELECTION_KEY, Selection), (VIEW_KEY, View)):
        names = {field.name for field in fields(kind)}
        mine = {name: value for name, value in values.items() if name in names}
        if mine:
            _put(key, replace(st.session_state[key], **mine))


def change_other(**values: object) -> None:
    """Replace fields of the selection on the right of a comparison.

    Parameters
    ----------
    **values : object
        Field names of `Selection` and their new values.
    """
    _put(OTHER_KEY, replace(other_selection(), **values))  # type: ignore[arg-type]


def ask(selection: Selection) -> None:
    """Ask for something else.

    Parameters
    ----------
    selection : Selection
        The new selection.
    """
    _put(SELECTION_KEY, selection)


def clear() -> None:
    """Lift every limit, so that all records are shown."""
    _put(SELECTION_KEY, OPEN_SELECTION)


def reset() -> None:
    """Go back to the selection that a visitor first sees."""
    _put(SELECTION_KEY, DEFAULT_SELECTION)


def taker(key: str, take: Callable[[Any], None]) -> Callable[[], None]:
    """Return a widget callback that hands on the widget's new value.

    Parameters
    ----------
    key : str
        Key of the widget.
    take : callable
        Called with the value.

    Returns
    -------
    callable
        For ``on_change``.
    """

    def taken() -> None:
        keep_link()
        take(st.session_state[key])

    return taken


def _put(key: str, value: Selection | View) -> None:
    st.session_state[key] = value
    st.session_state[_PROBLEMS_KEY] = ()
    keep_link()


def _is_new_page() -> bool:
    """Return whether the last run of this session was on another page, which keeps its question."""
    path = urlsplit(st.context.url or "").path
    before, st.session_state[_PAGE_KEY] = st.session_state.get(_PAGE_KEY, path), path
    return bool(path != before)


def _write_link(own: Iterable[str] = ()) -> None:
    of_page = {name: value for name in own if (value := own_value(name))}
    params = of_page | write_permalink(permalink())
    st.session_state[_WRITTEN_KEY] = params
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


MAIN: Final = Side("filter", change)
OTHER: Final = Side("other", change_other)
