"""A page of our own making inside a frame that may run its scripts and touch nothing else.

A browser gives such a frame an origin of its own: whatever it holds reads neither the page
around it nor anything stored. The policy beside it lets run the scripts that were there when it
was made, by their hashes, and lets load nothing at all.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import Final

from ccgeo.encoding import encode_text

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HEAD: Final = re.compile(r"<head>")


def policy_of(page: str) -> str:
    """Return the content security policy under which a page still does what it does.

    Parameters
    ----------
    page : str
        HTML with all its scripts and styles inside.

    Returns
    -------
    str
        Lets run exactly the scripts of the page, lets it style itself, and nothing more: no
        request, no form, no frame, no other script.

    Examples
    --------
    >>> policy_of("<head></head><script>1</script>").split("; ")[1]
    "script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    hashes = dict.fromkeys(map(_hash, _SCRIPT.findall(page)))
    scripts = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )


def sandboxed_frame(page: str, title: str, style: str) -> str:
    """Return a page as a frame to stand in another page.

    Parameters
    ----------
    page : str
        HTML with all its scripts and styles inside.
    title : str
        What the frame holds, for screen readers; any text.
    style : str
        Its style, fixed words only.

    Returns
    -------
    str
        One element; the page in it carries its own policy.

    Examples
    --------
    >>> sandboxed_frame("<head></head>", "map", "border:0")[:31]
    '<iframe sandbox="allow-scripts"'
    """
    held = _with_policy(page).replace("&", "&amp;").replace("'", "&#39;")
    return (
        f'<iframe sandbox="allow-scripts" title="{encode_text(title)}" style="{style}" '
        f"srcdoc='{held}'></iframe>"
    )


def sandboxed_page(page: str, title: str, language: str = "en") -> bytes:
    """Return a page that holds nothing but another one in a frame.

    Parameters
    ----------
    page : str
        HTML with all its scripts and styles inside.
    title : str
        Title of the page; any text.
    language : {"en", "zh"}
        Language of its words.

    Returns
    -------
    bytes
        UTF-8 text of one file that loads nothing.

    Examples
    --------
    >>> sandboxed_page("<head></head>", "map").startswith(b"<!DOCTYPE html>")
    True
    """
    frame = sandboxed_frame(page, title, "position:fixed;inset:0;width:100%;height:100%;border:0")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy_of(page)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{encode_text(title)}</title></head>\n<body>{frame}</body></html>\n"
    ).encode()


def _with_policy(page: str) -> str:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy_of(page)}">'
    return _HEAD.sub(lambda head: head[0] + meta, page, count=1)


def _hash(script: str) -> str:
    return base64.b64encode(sha256(script.encode()).digest()).decode()
