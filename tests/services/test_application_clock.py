"""When an application is complete, by the list of its region."""

from pathlib import Path

from data_access.engine import reading, writing
from data_access.queries import applications as queries
from data_access.tables_pengajuan import pengajuan
from services import application_clock, clock
from tests.application_rows import hand_in, jpeg, rows, upload


def test_the_list_of_the_region_decides_what_is_lacking(fresh_db: Path) -> None:
    here, elsewhere = hand_in(), hand_in(kode_wilayah="33.08", nama="Panti Lain")
    upload(here.kunci, jpeg(20, 20), "ad_art")
    with reading() as connection:
        lacking = {
            ack.id: {
                paper["kode"]
                for paper in application_clock.lacking(connection, queries.by_id(connection, ack.id) or {})
            }
            for ack in (here, elsewhere)
        }
    # Kota Magelang asks for the statutes, the general list does not
    assert "ad_art" not in lacking[here.id] and "npwp" in lacking[here.id]
    assert lacking[elsewhere.id] == {
        *("akta", "struktur_pengurus", "ktp_pengurus", "domisili", "program", "rekap_klien", "rekap_sdm"),
    }


def test_a_clock_that_runs_is_not_started_anew(fresh_db: Path) -> None:
    ack = hand_in()
    with reading() as connection:
        wanted = [paper["kode"] for paper in application_clock.checklist(connection, "33.71") if paper["wajib"]]
    for syarat in wanted:
        upload(ack.kunci, jpeg(20, 20), syarat)
    started = rows(pengajuan)[0]["tenggat"]
    assert started is not None
    with writing() as connection:
        assert not application_clock.start_if_complete(connection, ack.id, clock.now())
        assert not application_clock.start_if_complete(connection, 999, clock.now())
    assert rows(pengajuan)[0]["tenggat"] == started
