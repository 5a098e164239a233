"""What travels to the live map once: a text of its own name, as small as it gets."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Packed(NamedTuple):
    """Plain data as text.

    Attributes
    ----------
    key : str
        Names the content.
    text : str
        JSON, deflated (zlib), in base 64.
    """

    key: str
    text: str


def pack(content: Mapping[str, Any]) -> Packed:
    """Write plain data so that it travels in a few kilobytes.

    Parameters
    ----------
    content : mapping
        JSON: strings, finite numbers, lists and dicts only.

    Returns
    -------
    Packed
        The same data, under a name that only the same data has.

    Examples
    --------
    >>> pack({"a": [1, 2]}).key == pack({"a": [1, 2]}).key != pack({"a": [1]}).key
    True
    """
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    packed = base64.b64encode(zlib.compress(text, 9)).decode()
    return Packed(hashlib.sha256(text).hexdigest()[:16], packed)
