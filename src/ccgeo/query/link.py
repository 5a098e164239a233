"""Address-bar parameters: read values out of hostile text, write them back shortest."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ccgeo.errors import AmbiguousPlaceError, CcgeoError, UnknownChoiceError, UnknownPlaceError
from ccgeo.query.vocabulary import FIRST_YEAR, LAST_YEAR, nearest_choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ccgeo.query.vocabulary import Names

ALL: Final = "all"
UNSTATED: Final = "unstated"
_MOST_TOKENS: Final = 500
_MOST_PROBLEMS: Final = 20
_LONGEST_TOKEN: Final = 200
_MOST_BINS: Final = 7
# A hundred times the gross product of the world: more is a slip of the keyboard.
_MOST_CNY: Final = Decimal(10) ** 16
_YEARS = re.compile(r"([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?")


class LinkReader:
    """Read typed values from parameters and keep what was not understood.

    Parameters
    ----------
    params : mapping of str to str or sequence of str
        Parameters as a browser or a command line gives them.
    names : callable
        Gives the values of a field with their names, as `ccgeo.query.vocabulary.names_of`.

    Attributes
    ----------
    problems : list of CcgeoError
        One for each value not understood, 20 at most.

    Examples
    --------
    >>> from ccgeo.query.vocabulary import names_of
    >>> reader = LinkReader({"stage": "signed,sold"}, names_of)
    >>> reader.choices("stage", "stages", frozenset())
    frozenset({'signed'})
    >>> len(reader.problems)
    1
    """

    def __init__(
        self, params: Mapping[str, str | Sequence[str]], names: Callable[[str], Names]
    ) -> None:
        self._params = params
        self._names = names
        self.problems: list[CcgeoError] = []

    def choices(self, param: str, field: str, default: frozenset[str]) -> frozenset[str]:
        """Read a list of values.

        Parameters
        ----------
        param : str
            Name of the parameter.
        field : str
            Field of the selection, for its vocabulary.
        default : frozenset of str
            What stands if nothing is given or nothing of it is known.

        Returns
        -------
        frozenset of str
            The known ones; empty for the word ``all``.
        """
        tokens = self._tokens(param)
        if tokens == [ALL]:
            return frozenset()
        if not tokens:
            return default
        names = self._names(field)
        found = [self._choice(param, names, token) for token in dict.fromkeys(tokens)]
        return frozenset(choice for choice in found if choice is not None) or default

    def one(self, param: str, field: str, default: str) -> str:
        """Read one value of a vocabulary.

        Parameters
        ----------
        param : str
            Name of the parameter.
        field : str
            Field of the view, for its vocabulary.
        default : str
            What stands if nothing known is given.

        Returns
        -------
        str
            The value.
        """
        token = self._last(param)
        found = self._choice(param, self._names(field), token) if token else None
        return default if found is None else found

    def whole_number(self, param: str, allowed: Iterable[int], default: int) -> int:
        """Read one of a few whole numbers.

        Parameters
        ----------
        param : str
            Name of the parameter.
        allowed : iterable of int
            The numbers allowed.
        default : int
            What stands if nothing allowed is given.

        Returns
        -------
        int
            The number.
        """
        spelled = {str(number): number for number in allowed}
        token = self._last(param)
        if token and token not in spelled:
            self._tell(UnknownChoiceError(param, token, spelled))
        return spelled.get(token, default)

    def switch(self, param: str) -> bool:
        """Read a switch: on for ``1`` or ``true``, off for ``0``, ``false`` or nothing.

        Parameters
        ----------
        param : str
            Name of the parameter.

        Returns
        -------
        bool
            Whether it is on.
        """
        token = self._last(param).casefold()
        if token not in {"", "0", "1", "false", "true"}:
            self._tell(UnknownChoiceError(param, token, ("1", "0")))
        return token in {"1", "true"}

    def years(
        self,
        param: str,
        default: tuple[int, int] | None,
        span: tuple[int, int] = (FIRST_YEAR, LAST_YEAR),
    ) -> tuple[int, int] | None:
        """Read a year or a span of years.

        Parameters
        ----------
        param : str
            Name of the parameter.
        default : tuple of (int, int) or None
            What stands if nothing understood is given.
        span : tuple of (int, int)
            First and last year that may be asked for.

        Returns
        -------
        tuple of (int, int) or None
            First and last year; None for the word ``all``.
        """
        token = self._last(param)
        if not token:
            return default
        if token == ALL:
            return None
        match = _YEARS.fullmatch(token)
        if match is None:
            self._tell(UnknownChoiceError("year", token, (f"{span[0]}-{span[1]}",)))
            return default
        first, last = int(match[1]), int(match[2] or match[1])
        unknown = [year for year in (first, last) if not span[0] <= year <= span[1]]
        for year in dict.fromkeys(unknown):
            nearest = min(max(year, span[0]), span[1])
            self._tell(UnknownChoiceError("year", str(year), (str(nearest),)))
        if not unknown and first > last:
            self._tell(UnknownChoiceError("span of years", token, (f"{last}-{first}",)))
        return default if unknown or first > last else (first, last)

    def amount_fen(self, param: str) -> int | None:
        """Read an amount in CNY.

        Parameters
        ----------
        param : str
            Name of the parameter.

        Returns
        -------
        int or None
            Amount in fen; None if nothing understood is given.
        """
        token = self._last(param)
        if not token:
            return None
        try:
            fen = Decimal(token) * 100
        except ArithmeticError:
            fen = Decimal("NaN")
        if (
            not fen.is_finite()
            or fen < 0
            or fen > _MOST_CNY * 100
            or fen != fen.to_integral_value()
        ):
            self._tell(UnknownChoiceError(f"{param} in CNY", token, ("0", "100000000")))
            return None
        return int(fen)

    def bins(self, param: str) -> tuple[float, ...]:
        """Read rising class limits.

        Parameters
        ----------
        param : str
            Name of the parameter.

        Returns
        -------
        tuple of float
            The limits; empty if nothing understood is given.
        """
        tokens = self._tokens(param)
        try:
            limits = tuple(float(token) for token in tokens)
        except ValueError:
            limits = (math.nan,)
        rising = all(low < high for low, high in pairwise(limits))
        if len(limits) <= _MOST_BINS and rising and all(map(math.isfinite, limits)):
            return limits
        hint = f"up to {_MOST_BINS} rising numbers, such as 1,10,100"
        self._tell(UnknownChoiceError(param, ",".join(tokens), (hint,)))
        return ()

    def _choice(self, param: str, names: Names, token: str) -> str | None:
        """Return the value a token means: by id, else by a name that only one value has."""
        if token in names:
            return token
        if token == UNSTATED and "" in names:
            return ""
        wanted = token.casefold()
        found = [choice for choice, labels in names.items() if _is_named(choice, labels, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            self._tell(AmbiguousPlaceError(token, _spelled(names, found)))
            return None
        kind = UnknownPlaceError if param == "place" else UnknownChoiceError
        self._tell(kind(param, token, _spelled(names, nearest_choices(names, token))))
        return None

    def _tokens(self, param: str) -> list[str]:
        given = self._params.get(param, "")
        parts = [given] if isinstance(given, str) or not isinstance(given, Sequence) else given
        text = ",".join(str(part) for part in parts[:_MOST_TOKENS])
        tokens = [token.strip()[:_LONGEST_TOKEN] for token in text.split(",", _MOST_TOKENS)]
        return [token for token in tokens[:_MOST_TOKENS] if token]

    def _last(self, param: str) -> str:
        return next(reversed(self._tokens(param)), "")

    def _tell(self, problem: CcgeoError) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


def write_choices(choices: Iterable[str]) -> str:
    """Write a list of values for the address bar.

    Parameters
    ----------
    choices : iterable of str
        Values; ``""`` stands for not stated.

    Returns
    -------
    str
        Comma separated, sorted; the word ``all`` for none.

    Examples
    --------
    >>> write_choices({"signed", ""})
    'signed,unstated'
    """
    return ",".join(sorted(choice or UNSTATED for choice in choices)) or ALL


def write_years(years: tuple[int, int] | None) -> str:
    """Write a span of years for the address bar.

    Parameters
    ----------
    years : tuple of (int, int) or None
        First and last year, or no limit.

    Returns
    -------
    str
        Such as ``2015-2020`` or ``all``.

    Examples
    --------
    >>> write_years((2015, 2020))
    '2015-2020'
    """
    return ALL if years is None else f"{years[0]}-{years[1]}"


def write_amount(fen: int | None) -> str:
    """Write an amount for the address bar.

    Parameters
    ----------
    fen : int or None
        Amount in fen.

    Returns
    -------
    str
        Amount in CNY, empty for None.

    Examples
    --------
    >>> write_amount(150)
    '1.50'
    """
    if fen is None:
        return ""
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)


def _is_named(choice: str, labels: tuple[str, ...], wanted: str) -> bool:
    return wanted in {word.casefold() for word in (choice, *labels)}


def _spelled(names: Names, choices: Iterable[str]) -> list[str]:
    return [
        choice
        if choice.casefold() == names[choice][0].casefold()
        else f"{choice} ({names[choice][0]})"
        for choice in choices
    ]
