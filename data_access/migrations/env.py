"""Alembic's entry: runs the revisions on the connection handed over by data_access.migrate, one transaction in all."""

from alembic import context

from data_access import (
    tables,
    tables_bimtek,
    tables_dokumen,
    tables_indikator,
    tables_lkks,
    tables_pengajuan,
    tables_rapat,
)

# all modules add their tables to the one schema
metadata = tables.metadata
assert metadata is tables_bimtek.metadata is tables_indikator.metadata is tables_lkks.metadata
assert metadata is tables_rapat.metadata is tables_pengajuan.metadata is tables_dokumen.metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
