"""Many rows of one table at once: prepared column by column, because per row and value SQLAlchemy costs more than SQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Dialect, Table, insert
from sqlalchemy.sql.schema import ScalarElementColumnDefault


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores rows; a row without a column that another row gives has it empty, and plain defaults are filled in.

    Columns that are empty in every row are left out, so that a thin workbook does not pay for a wide table.
    """
    if not rows:
        return
    defaults = {
        column.name: column.default.arg for column in table.c if isinstance(column.default, ScalarElementColumnDefault)
    }
    known: dict[str, list[Any]] = {}
    for name in dict.fromkeys(name for keys in {tuple(row) for row in rows} for name in keys):
        missing = defaults.get(name)
        values = [row.get(name, missing) for row in rows]
        if any(value is not None for value in values):
            known[name] = values
    known |= {name: [value] * len(rows) for name, value in defaults.items() if name not in known}
    statement = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(known))
    order = list(statement.positiontup or known)
    columns = [_bound(connection.dialect, table, name, known[name]) for name in order]
    found: list[Any] = list(zip(*columns, strict=True))
    if not statement.positional:
        found = [dict(zip(order, values, strict=True)) for values in found]
    connection.exec_driver_sql(str(statement), found)


def _bound(dialect: Dialect, table: Table, name: str, values: list[Any]) -> list[Any]:
    """The values of one column as the database's driver takes them."""
    process = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if isinstance(table.c[name].type, JSON):
        return [process(value) for value in values]
    distinct = {value: process(value) for value in set(values)}  # the same few days and moments, again and again
    return [distinct[value] for value in values]
