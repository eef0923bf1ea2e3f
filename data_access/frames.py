"""Query results as tables; pandas is imported when the first one is made, so that the sign-in route starts without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import CursorResult

if TYPE_CHECKING:
    import pandas as pd


def table(result: CursorResult[Any]) -> pd.DataFrame:
    """The rows of a result under its column names."""
    import pandas as pd

    # As plain tuples: pandas asks every SQLAlchemy row for attributes that it does not have.
    return pd.DataFrame([tuple(row) for row in result.all()], columns=list(result.keys()))
