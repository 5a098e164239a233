"""The few lines of HTML that put a view into somebody else's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from ccgeo.encoding import encode_attribute

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEIGHT_PX: Final = 720


def embed_snippet(address: str, params: Mapping[str, str], title: str) -> str:
    """Return the frame to copy, everything in it escaped.

    Parameters
    ----------
    address : str
        Address of the explorer's first page, ending in a slash.
    params : mapping of str to str
        Parameters of the view.
    title : str
        What a screen reader says of the frame.

    Returns
    -------
    str
        One ``iframe`` element; it loads when it comes into sight.

    Examples
    --------
    >>> frame = embed_snippet("http://127.0.0.1:8501/", {"sector": "digital"}, 'A "title" & more')
    >>> 'src="http://127.0.0.1:8501/?embed=true&#38;sector=digital"' in frame
    True
    >>> 'title="A &#34;title&#34; &#38; more"' in frame
    True
    """
    source = f"{address}?{urlencode({'embed': 'true', **params})}"
    return (
        f'<iframe src="{encode_attribute(source)}" title="{encode_attribute(title)}" width="100%" '
        f'height="{_HEIGHT_PX}" loading="lazy" style="border:0"></iframe>'
    )
