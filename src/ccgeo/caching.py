"""What may be kept, for how long, and where: every rule about it in one place.

1. **Shipped data** does not change while the process lives: `functools.cache`, on functions whose
   arguments are words of a fixed vocabulary (a level, a vintage, a language), never free text.
2. **Answers about shipped data** depend on the question alone: `functools.lru_cache` with a bound,
   keyed by the frozen question itself, compared whole.
3. **Words that somebody brought** are remembered while their file is read, because columns repeat
   themselves: `memo`, bounded, and emptied by `forget` when the file has been read.
4. **Results of a user's file** belong to one session: `hold`, in that session's own state, few.
5. **Streamlit's caches are not used.** They are shared between sessions, look at a sample of a
   large frame, and ignore arguments whose names begin with an underscore.
6. **Garbage** is looked for after each run among what that run made, and among everything in the
   first run of each session, where somebody brings data, and once in so many runs (`begin_run`).
   So what a closed session held goes when the next visitor comes, if not before.

`tests/test_architecture.py` reads every module for these rules.
"""

from __future__ import annotations

import gc
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, MutableMapping

P = ParamSpec("P")
T = TypeVar("T")

RESULTS_HELD: Final = 2
"""How many results of a user's files one session keeps: the guess and the one on screen."""

RUNS_BETWEEN: Final = 50
"""One run in so many looks for garbage among everything."""

_runs: Final = count(1)
_emptied: Final[list[Callable[[], None]]] = []


def memo(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember what a pure function made of words that somebody brought, until they are forgotten.

    Parameters
    ----------
    most : int
        Entries at most; the ones unused longest go first.

    Returns
    -------
    callable
        A decorator.

    Examples
    --------
    >>> @memo(8)
    ... def upper(word):
    ...     return word.upper()
    >>> upper("a"), upper("a")
    ('A', 'A')
    >>> forget()
    """

    def remembering(function: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=most)(function)
        _emptied.append(kept.cache_clear)
        return kept  # type: ignore[return-value]

    return remembering


def forget() -> None:
    """Forget every word that somebody brought; a reader at work meanwhile is only slower.

    Examples
    --------
    >>> forget()
    """
    for empty in _emptied:
        empty()


def begin_run(*, search_all: bool = False) -> None:
    """Say what the search for garbage after this run looks at.

    Streamlit searches through every object after each run, and meanwhile nothing travels to any
    browser. Modules, shipped data and live sessions are nearly all of the objects, and a run
    makes garbage of few of them.

    Parameters
    ----------
    search_all : bool
        Whether everything is looked at; else only what is made from now on, but for one run in
        `RUNS_BETWEEN`.

    Examples
    --------
    >>> begin_run(search_all=True)
    """
    if search_all or next(_runs) % RUNS_BETWEEN == 0:
        gc.unfreeze()
    else:
        gc.freeze()


def hold(
    store: MutableMapping[Any, Any],
    name: str,
    key: Hashable,
    make: Callable[[], T],
    most: int = RESULTS_HELD,
) -> T:
    """Return a result that one session holds, made once for each key.

    Parameters
    ----------
    store : mutable mapping
        State of that session.
    name : str
        Name of the results in it.
    key : hashable
        What the result depends on, all of it.
    make : callable
        Makes the result; what it raises is raised, and nothing is kept.
    most : int
        Results at most; the one made first goes first.

    Returns
    -------
    object
        What `make` gave for this key.

    Examples
    --------
    >>> mine = {}
    >>> hold(mine, "sums", ("a", 1), lambda: 3), hold(mine, "sums", ("a", 1), lambda: 4)
    (3, 3)
    >>> hold({}, "sums", ("a", 1), lambda: 4)
    4
    """
    results: dict[Hashable, T] = store.setdefault(name, {})
    if key not in results:
        results[key] = make()
        while len(results) > most:
            del results[next(iter(results))]
    return results[key]
