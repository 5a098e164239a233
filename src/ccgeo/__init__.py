"""Map explorer of announced investment in the Chengdu-Chongqing Economic Circle.

In a notebook, `explore` asks the shipped records and shows the answer as a map:

>>> import ccgeo
>>> cars = ccgeo.explore(sector="automotive", years="2015-2020", level="province")
>>> cars.sentence[:3]
'CNY'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccgeo.notebook import Exploration as Exploration
    from ccgeo.notebook import explore as explore

__version__ = "0.1.0"

_FOR_NOTEBOOKS = ("Exploration", "explore")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load what a notebook needs when it is first asked for: the version must not wait for it."""
    if name in _FOR_NOTEBOOKS:
        from ccgeo import notebook  # noqa: PLC0415 - as said above

        return getattr(notebook, name)
    message = f"module 'ccgeo' has no attribute {name!r}"
    raise AttributeError(message)
