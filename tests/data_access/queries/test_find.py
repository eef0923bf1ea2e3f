from data_access.engine import reading
from data_access.queries import find
from data_access.queries.columns import load
from domain.permissions import Scope
from services import clock
from tests.register_rows import archive, lks_row, store


def test_the_index_reads_all_and_the_check_only_what_is_kept_located_and_in_scope(fresh_db: object) -> None:
    kept, gone, *_ = store(
        lks_row("Panti Melati", "33.71.01", lat=-7.49, lon=110.22, singkatan="PM"),
        lks_row("Arsip", "33.71.01", lat=-7.48, lon=110.21),
        lks_row("Tanpa titik", "33.71.01"),
        lks_row("Jauh", "52.72.01", lat=-8.46, lon=118.73),
    )
    archive(gone)
    with reading() as connection:
        assert load(connection, clock.today(), None).located(Scope("33.71")).rows() == [(kept, -7.49, 110.22, "33.71")]
        named = find.named(connection)
        regions = find.region_names(connection)
    assert len(named) == 4
    assert (named[0].nama_kunci, named[0].nama_cari, named[0].singkatan) == ("panti melati", "melati", "PM")
    assert regions["33.71"] == "Kota Magelang" and "33" not in regions and "33.71.01" not in regions
