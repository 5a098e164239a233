"""What can go wrong, said in one sentence a person can act on.

Every error of the library is a `CcgeoError`; each child also is the builtin that a
caller would expect, so ``except LookupError`` keeps working.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class CcgeoError(Exception):
    """Base of every error that ccgeo raises on purpose."""


class DataFileError(CcgeoError, OSError):
    """A shipped data file is missing or damaged."""


class CRSMismatchError(CcgeoError, ValueError):
    """A geometry is in another coordinate reference system than the one wanted."""


class UnknownChoiceError(CcgeoError, LookupError):
    """A value is not one of the known ones.

    Parameters
    ----------
    what : str
        What was wanted, for example ``"sector"``.
    value : object
        What came.
    nearest : iterable of str
        The nearest valid values, best first; may be empty.
    """

    def __init__(self, what: str, value: object, nearest: Iterable[str] = ()) -> None:
        self.what = what
        self.value = value
        self.nearest = tuple(nearest)
        hint = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        super().__init__(f"{what} {_shown(value)} is not known.{hint}")


class UnknownPlaceError(UnknownChoiceError):
    """A place is not in the gazetteer."""


class AmbiguousPlaceError(CcgeoError, LookupError):
    """A name fits several places.

    Parameters
    ----------
    value : object
        The name that came.
    candidates : iterable of str
        The places it may mean.
    """

    def __init__(self, value: object, candidates: Iterable[str]) -> None:
        self.value = value
        self.candidates = tuple(candidates)
        super().__init__(
            f"place {_shown(value)} is ambiguous. Choose one of: {', '.join(self.candidates)}."
        )


class RecordError(CcgeoError, ValueError):
    """A value of a table breaks a rule of the record schema.

    Parameters
    ----------
    file : str
        Name of the table.
    row : int
        Row number as a spreadsheet counts it: the header is row 1.
    column : str
        Name of the column.
    value : object
        What stands there.
    reason : str
        Why it is refused and what to do.
    """

    def __init__(self, file: str, row: int, column: str, value: object, reason: str) -> None:
        self.file = file
        self.row = row
        self.column = column
        self.value = value
        self.reason = reason
        super().__init__(f"{file}, row {row}, column {column}: {_shown(value)} - {reason}")


def _shown(value: object, limit: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= limit else f"{text[:limit]}…"
