"""Any table of a screen as a workbook: the rows as they stand, and a sheet that says what they are."""

import pandas as pd

from data_access.workbooks.table import table_workbook
from domain.permissions import Actor, Permission, require


def workbook(by: Actor, title: str, frame: pd.DataFrame, about: dict[str, str]) -> bytes:
    """The table as .xlsx with a frozen header, real numbers and dates, and a sheet with source, filter and date."""
    require(by, Permission.EXPORT_REGISTER)
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    return table_workbook(title, [str(name) for name in frame.columns], rows, about)
