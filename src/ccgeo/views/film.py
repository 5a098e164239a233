"""A film of the figure, one picture a year, as an animated GIF."""

from __future__ import annotations

import io
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from ccgeo.errors import CcgeoError
from ccgeo.views.drawing import INBOUND, INK, OUTBOUND
from ccgeo.views.figure import FIGURE_SETTINGS, build_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccgeo.layers.film import Shot

_DPI: Final = 88
_GROUNDS: Final = ("#ffffff", "#f7f7f7", "#eef3f7", "#dcdcda", "#b4b4b8", "#c8c8cc", "#8a8a90")
_SHOWN_MS: Final = 1100
_LAST_MS: Final = 2600


def film_bytes(
    film: Sequence[Shot],
    *,
    frame: str = "region",
    tell: Callable[[int, int], object] | None = None,
) -> bytes:
    """Draw a selection year by year as an animated GIF.

    Each picture is the figure of its year, with the year upon it, legends, and the source line;
    colours and widths mean the same in all of them. It runs again and again and rests on the
    last year.

    Parameters
    ----------
    film : sequence of Shot
        Years on one scale, see `ccgeo.layers.film.build_film`.
    frame : {"region", "world"}
        Equal-area region or azimuthal equidistant world.
    tell : callable, optional
        Is told how many pictures are drawn, and of how many.

    Returns
    -------
    bytes
        The file; the same film gives the same bytes.

    Raises
    ------
    CcgeoError
        The film has no year.
    UnknownChoiceError
        The frame is neither of the two.

    Examples
    --------
    >>> from ccgeo.layers.film import build_film
    >>> from ccgeo.query.selection import Selection, View
    >>> film = build_film(Selection(years=(2020, 2020)), View(level="province"))
    >>> film_bytes(film)[:6]
    b'GIF89a'
    """
    if not film:
        message = "no record with a year fits this selection: a film needs one year at least"
        raise CcgeoError(message)
    pictures: list[Any] = []
    palette: Any = None
    for number, shot in enumerate(film, start=1):
        drawn = _picture(shot, frame)
        # One palette for all: what the first picture has, and every colour that has a meaning.
        palette = palette or _palette(drawn, shot.choropleth.legend.colours)
        pictures.append(drawn.quantize(palette=palette, dither=0))
        if tell:
            tell(number, len(film))
    first, *rest = pictures
    content = io.BytesIO()
    first.save(
        content,
        format="GIF",
        save_all=True,
        append_images=rest,
        duration=[_SHOWN_MS] * len(rest) + [_LAST_MS],
        loop=0,
        optimize=False,
        disposal=1,
    )
    return content.getvalue()


def _picture(shot: Shot, frame: str) -> Any:  # noqa: ANN401 - Pillow's
    # Imported where they draw: they take longer to load than the layers to build.
    import matplotlib as mpl  # noqa: PLC0415
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    with mpl.rc_context(FIGURE_SETTINGS):
        figure = build_figure(shot.choropleth, shot.flows, frame=frame, year=shot.year)
        figure.set_dpi(_DPI)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
    size = canvas.get_width_height()
    return Image.frombytes("RGBA", size, bytes(canvas.buffer_rgba())).convert("RGB")


def _palette(drawn: Any, colours: Sequence[str]) -> Any:  # noqa: ANN401 - Pillow's
    from PIL import Image  # noqa: PLC0415

    meant = [_rgb(colour) for colour in (*colours, INBOUND, OUTBOUND, INK, *_GROUNDS)]
    white, lines = _rgb(_GROUNDS[0]), [_rgb(INBOUND), _rgb(OUTBOUND)]
    mixed = [_mix(line, colour) for line in lines for colour in meant]
    paler = [_mix(colour, white) for colour in meant]
    kept = dict.fromkeys([*meant, *mixed, *paler])
    rest = drawn.quantize(256 - len(kept), method=Image.Quantize.MAXCOVERAGE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette([*chain.from_iterable(kept), *rest][:768])
    return palette


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _mix(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple((a + b) // 2 for a, b in zip(one, other, strict=True))
