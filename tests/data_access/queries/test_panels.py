"""The stamp moves with whatever a panel shows; actions, LKKS and meetings come without people and without neighbours."""

from datetime import date
from pathlib import Path

import pytest

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import panels as queries
from data_access.queries.register import Selection
from domain.filters import Filters
from domain.permissions import Scope
from domain.rapat import PanelSpec
from tests.panel_rows import STORED, add_action, add_decision, add_lkks, add_meeting
from tests.register_rows import archive, lks_row, store


@pytest.mark.parametrize("subject", [*queries.SUBJECTS, "pengguna", "pengajuan"])
def test_the_stamp_moves_with_what_a_panel_may_show(fresh_db: Path, subject: str) -> None:
    with reading() as c:
        before = queries.stamp(c)
    with writing() as c:
        trail.bump(c, subject)
    with reading() as c:
        assert (queries.stamp(c) != before) is (subject in queries.SUBJECTS)


def test_actions_of_one_region_without_withdrawn_ones_and_names(fresh_db: Path) -> None:
    mine = add_action("33.71", "Mendata LKS", pic="Nama Rahasia", pic_instansi="Dinas Sosial", wilayah="33.71.01")
    other = add_action("33.71", "Mengirim surat", status="selesai")
    add_action("33.71", "Dibatalkan", dibatalkan_pada=STORED)
    add_action("33", "Milik provinsi", wilayah="33.71.01")
    add_action("33.7", "Bukan wilayah ini")
    with reading() as c:
        found = queries.actions(c, "33.71", None)
        near = queries.actions(c, "33.71", "33.71.01")
        assert queries.actions(c, "33.71", "33.7") == []  # no part of a code is a region above it
    assert [row["id"] for row in found] == [mine, other] and [row["id"] for row in near] == [mine]
    assert "Nama Rahasia" not in str(found)


def test_lkks_of_a_region_and_below(fresh_db: Path) -> None:
    for wilayah in ("", "33", "33.71", "33.74", "52.72"):
        add_lkks(wilayah)
    with reading() as c:
        assert [row["wilayah"] for row in queries.with_lkks(c, Scope("33"))] == ["33", "33.71", "33.74"]
        assert len(queries.with_lkks(c, Scope(None))) == 5


def test_who_was_not_visited_since_a_day(fresh_db: Path) -> None:
    day = date(2025, 11, 20)
    rows = [
        lks_row("A", "33.71.01", diverifikasi_pada=day),
        lks_row("B", "33.71.01", diverifikasi_pada=date(2025, 11, 19)),
        lks_row("C", "33.71"),
        lks_row("D", "33.71.02"),
        lks_row("Lain", "33.74"),
    ]
    archive(store(*rows)[3])
    with reading() as c:
        chosen = Selection(Scope("33.71"), Filters(), date(2026, 11, 20))
        assert queries.unvisited(c, chosen, "kecamatan", day) == {"33.71.01": 1, None: 1}


def test_the_deepest_region_that_has_a_setting_of_its_own(fresh_db: Path) -> None:
    steps, on = ("35", "35.74"), date(2026, 11, 20)
    with reading() as c:
        assert queries.setting(c, "masa_domisili", steps, on) == "1"
        assert queries.setting(c, "masa_layanan_pendaftaran", ("63", "63.71"), on) == "7"
        assert queries.setting(c, "masa_layanan_pendaftaran", ("33",), on) == "14"
        assert queries.setting(c, "tidak_ada", steps, on) is None


def test_a_meeting_in_its_order_without_people(fresh_db: Path) -> None:
    items = [("Pembukaan", [PanelSpec("kluster")]), ("Penutup", [])]
    rapat_id, (first, second) = add_meeting("33.71", items, pimpinan="Nama Rahasia")
    add_decision(rapat_id, second, "Ditetapkan")
    add_decision(rapat_id, first, "Ditarik", dibatalkan_pada=STORED)
    add_action("33.71", "Menyusun", rapat_id=rapat_id, butir_id=second, pic="Nama Rahasia", pic_instansi="LKKS")
    strange, _ = add_meeting("52.72", [("Lain", [])])
    add_decision(strange, None, "Lain")
    with reading() as c:
        meeting, agenda = queries.meeting(c, rapat_id), queries.agenda(c, rapat_id)
        decided, agreed = queries.decided(c, rapat_id), queries.agreed(c, rapat_id)
        assert queries.meeting(c, 999) is None
    assert [row["judul"] for row in agenda] == ["Pembukaan", "Penutup"]
    assert agenda[0]["panel"] == [{"jenis": "kluster"}]
    assert decided == [{"butir_id": second, "isi": "Ditetapkan"}]
    assert [(row["butir_id"], row["apa"], row["pic_instansi"]) for row in agreed] == [(second, "Menyusun", "LKKS")]
    assert "Rahasia" not in str((meeting, agenda, decided, agreed))
