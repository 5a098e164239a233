"""What every engine does alike: statements are compiled once, and failures have one name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import ibis

from ccgeo.errors import CcgeoError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd


class EngineError(CcgeoError, RuntimeError):
    """An engine is not there, or does not hold what is asked for."""


class Compiling:
    """What every engine here does alike: it compiles a statement once."""

    ibis: Any

    def compiled(self, expression: ir.Table) -> str:
        """Return the SQL of an expression.

        Parameters
        ----------
        expression : ibis Table
            Any.

        Returns
        -------
        str
            SQL of this engine.
        """
        return _compiled(expression.op(), self.ibis.name)

    def read(self, name: str) -> pd.DataFrame:
        """Return a whole small table.

        Parameters
        ----------
        name : str
            Its name.

        Returns
        -------
        pandas.DataFrame
            Its rows.
        """
        return self.ibis.table(name).to_pyarrow().to_pandas()


@lru_cache(maxsize=256)
def _compiled(operation: Any, dialect: str) -> str:  # noqa: ANN401 - a node of ibis
    return str(ibis.to_sql(operation.to_expr(), dialect=dialect))
