"""Measure how other libraries read Chinese mentions: in an environment of their own.

Called by benchmarks/geocode_speed.py: a JSON list of mentions comes in, figures go out.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings
from importlib import import_module
from importlib.metadata import version
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def read_with_cpca(module: Any) -> Callable[[list[str]], list[str]]:  # noqa: ANN401 - a library
    """Return how cpca reads a list: the district of each, empty where it finds none."""
    return lambda texts: [name or "" for name in module.transform(list(texts))["区"]]


def read_with_jionlp(module: Any) -> Callable[[list[str]], list[str]]:  # noqa: ANN401 - a library
    """Return how jionlp reads a list: the district of each, empty where it finds none."""
    return lambda texts: [module.parse_location(text)["county"] or "" for text in texts]


def measure(name: str, load: Callable[[Any], Callable[[list[str]], list[str]]]) -> dict[str, Any]:
    """Return the figures of one library, or why there are none."""
    texts = json.loads(sys.argv[1])
    names = json.loads(sys.argv[2])
    try:
        read = load(import_module(name))
        read(texts[:1])  # tables are loaded when first needed
        start = process_time()
        read(texts)
        rate = len(texts) / (process_time() - start)
        right = sum(found == text for found, text in zip(read(names), names, strict=True))
    except Exception as error:  # noqa: BLE001 - whatever keeps a library from reading
        return {"failed": f"{type(error).__name__}: {error}"[:200]}
    return {"version": version(name), "mentions_per_s": round(rate), "districts_right": right}


def main() -> None:
    """Print the figures of all as one line of JSON."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        figures = {
            "cpca": measure("cpca", read_with_cpca),
            "jionlp": measure("jionlp", read_with_jionlp),
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
