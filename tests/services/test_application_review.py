"""Taking an online application up, deciding it field by field, sending it back and refusing it: once, scoped, audited."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from data_access.engine import reading
from data_access.queries import state
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor
from services import application_review as review
from services import applications
from services.application_review import Verdict
from tests.register_rows import edit, lks_row, store
from tests.review_rows import ARRIVED, FIELDS, PAPERS, bring, hand_in, stored
from tests.services.conftest import codes, written
from tests.services.conftest import lks_id as lks_id
from tests.services.conftest import operator as operator
from tests.services.conftest import today as today

Make = Callable[..., Actor]
YES, NO = Verdict("diterima"), Verdict("ditolak", "alamat kurang lengkap")


def states(by: Actor, application: int) -> dict[str, tuple[str, str | None]]:
    return {field.bidang: (field.keadaan, field.alasan) for field in applications.get(by, application).fields}


@pytest.fixture
def taken(operator: Actor) -> int:
    """An application with all its papers, taken up for review (version 2)."""
    hand_in(FIELDS | {"nama": "LKS Asing"}, wilayah="33.74")
    application = hand_in(papers=PAPERS)
    assert review.check(operator, application, 1, "t-periksa") == []
    return application


def test_taking_it_up_fixes_the_clock_and_names_what_is_missing(operator: Actor, taken: int) -> None:
    row = stored(taken)
    assert (row["status"], row["lengkap_pada"], row["tenggat"], row["versi"]) == (
        *("diperiksa", date(2026, 11, 16), date(2026, 12, 4), 2),
    )
    half = hand_in(papers=PAPERS[2:])
    assert review.check(operator, half, 1, "t-2") == ["akta", "ad_art"]
    assert (stored(half)["lengkap_pada"], stored(half)["tenggat"]) == (None, None)
    with reading() as connection:
        assert state.state(connection, "masuk_contoh_ditutup") is not None


def test_a_sample_application_leaves_the_sample_accounts_open(operator: Actor) -> None:
    review.check(operator, hand_in(contoh=True), 1, "t-contoh")
    with reading() as connection:
        assert state.state(connection, "masuk_contoh_ditutup") is None


def test_a_second_click_does_nothing_and_an_old_page_is_told(operator: Actor, taken: int) -> None:
    with pytest.raises(AlreadyDone):
        review.check(operator, taken, 1, "t-periksa")
    with pytest.raises(StaleEdit) as refused:
        review.decide_field(operator, taken, 1, "nama", YES, "t-2")
    assert refused.value.code == "pengajuan_sudah_berubah"
    assert states(operator, taken)["nama"] == ("menunggu", None)


def test_fields_are_decided_one_by_one_or_together_each_with_its_audit_row(operator: Actor, taken: int) -> None:
    review.decide_field(operator, taken, 2, "alamat", NO, "t-1")
    review.decide(operator, taken, 3, {"nama": YES, "ketua_telepon": YES}, "t-2")
    found = states(operator, taken)
    assert found["alamat"] == ("ditolak", "alamat kurang lengkap")
    assert applications.get(operator, taken).to_ask == ["isian:alamat"]
    assert (found["nama"], found["ketua_telepon"], found["kluster"]) == (
        *(("diterima", None), ("diterima", None), ("menunggu", None)),
    )
    rows = written("pengajuan_isian")
    assert [(row["sebelum"], row["sesudah"]) for row in rows] == [
        (
            {"bidang": "alamat", "keadaan": "menunggu"},
            {"bidang": "alamat", "keadaan": "ditolak", "nilai": "Jl. Kenanga 4"},
        ),
        ({"bidang": "nama", "keadaan": "menunggu"}, {"bidang": "nama", "keadaan": "diterima", "nilai": FIELDS["nama"]}),
        (
            {"bidang": "ketua_telepon", "keadaan": "menunggu"},
            {"bidang": "ketua_telepon", "keadaan": "diterima", "nilai": "********7890"},
        ),
    ]
    assert {(row["objek_id"], row["wilayah"], row["pelaku"]) for row in rows} == {(str(taken), "33.71", "uji.operator")}
    assert rows[0]["alasan"] == "alamat kurang lengkap"
    review.decide_field(operator, taken, 4, "alamat", Verdict("menunggu"), "t-3")  # taken back
    assert states(operator, taken)["alamat"] == ("menunggu", None)


def test_sending_a_field_back_needs_a_reason(operator: Actor, taken: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        review.decide(operator, taken, 2, {"nama": YES, "alamat": Verdict("ditolak", " ")}, "t-1")
    assert codes(refused) == {("alasan", "alasan_belum_ditulis")}
    assert states(operator, taken)["nama"] == ("menunggu", None)  # all or nothing
    with pytest.raises(InvalidInput) as refused:
        review.decide_field(operator, taken, 2, "nama", Verdict("lolos"), "t-1")
    assert codes(refused) == {("keadaan", "pilihan_di_luar_daftar")}
    with pytest.raises(NotFound):
        review.decide_field(operator, taken, 2, "akreditasi", YES, "t-1")


def test_nothing_is_decided_before_it_was_taken_up(operator: Actor) -> None:
    application = hand_in(papers=["akta"])
    with pytest.raises(NotPermitted) as refused:
        review.decide_field(operator, application, 1, "nama", YES, "t-1")
    assert refused.value.code == "pengajuan_belum_diperiksa"


def test_only_the_last_file_of_a_paper_is_decided(operator: Actor, taken: int) -> None:
    first = next(paper.file for paper in applications.get(operator, taken).papers if paper.syarat == "akta")
    assert first is not None
    review.decide_file(operator, taken, 2, first["id"], Verdict("ditolak", "foto buram"), "t-1")
    found = applications.get(operator, taken)
    assert [paper.syarat for paper in found.missing] == ["akta"] and found.to_ask == ["berkas:akta"]
    bring(taken, "akta")
    with pytest.raises(NotFound):
        review.decide_file(operator, taken, 3, first["id"], YES, "t-2")
    paper = next(paper for paper in applications.get(operator, taken).papers if paper.syarat == "akta")
    assert paper.file is not None and (paper.earlier, paper.file["keadaan"]) == (1, "menunggu")
    review.decide_file(operator, taken, 3, paper.file["id"], YES, "t-2")
    rows = [row for row in written("pengajuan") if row["aksi"] == "putuskan_berkas"]
    assert [row["sesudah"] for row in rows] == [
        {"syarat": "akta", "keadaan": "ditolak"},
        {"syarat": "akta", "keadaan": "diterima"},
    ]


def test_sending_back_asks_for_exactly_what_is_named_and_stops_the_clock(operator: Actor, taken: int) -> None:
    for asked, problem in (
        ([], ("diminta", "pengajuan_diminta_kosong")),
        (["berkas:tidak_ada", "isian:alamat"], ("diminta", "pilihan_di_luar_daftar")),
        (["isian:akreditasi"], ("diminta", "pilihan_di_luar_daftar")),
    ):
        with pytest.raises(InvalidInput) as refused:
            review.send_back(operator, taken, 2, asked, "mohon dilengkapi", "t-1")
        assert codes(refused) == {problem}
    with pytest.raises(InvalidInput):
        review.send_back(operator, taken, 2, ["isian:alamat"], "", "t-1")
    review.send_back(operator, taken, 2, ["berkas:akta", "isian:visi", "berkas:akta"], "mohon dilengkapi", "t-1")
    row = stored(taken)
    assert (row["status"], row["diminta"], row["catatan"]) == (
        *("dikembalikan", ["berkas:akta", "isian:visi"], "mohon dilengkapi"),
    )
    assert (row["lengkap_pada"], row["tenggat"], applications.get(operator, taken).clock) == (None, None, None)
    entry = written("pengajuan")[-1]
    assert (entry["aksi"], entry["sebelum"]["status"], entry["sesudah"]["status"], entry["alasan"]) == (
        *("kembalikan", "diperiksa", "dikembalikan", "mohon dilengkapi"),
    )
    assert entry["sebelum"]["tenggat"] == "2026-12-04"
    with pytest.raises(NotPermitted):
        review.check(operator, taken, 3, "t-2")  # it is with the LKS


def test_a_refusal_has_its_reason_and_is_final(operator: Actor, taken: int) -> None:
    with pytest.raises(InvalidInput):
        review.refuse(operator, taken, 2, None, "t-1")
    review.refuse(operator, taken, 2, "bukan kegiatan kesejahteraan sosial", "t-1")
    row = stored(taken)
    assert (row["status"], row["catatan"], row["selesai_pada"]) == (
        *("ditolak", "bukan kegiatan kesejahteraan sosial", date(2026, 11, 20)),
    )
    found = applications.get(operator, taken)
    assert found.next_steps == [] and [step["status"] for step in found.steps] == ["diterima", "diperiksa", "ditolak"]
    assert applications.queue(operator).empty


def test_a_change_is_decided_in_view_of_the_register_as_it_is(operator: Actor, lks_id: int) -> None:
    before = {"alamat": "Jl. Lama 1"}
    application = hand_in({"alamat": "Jl. Baru 2"}, jenis="pemutakhiran", lks_id=lks_id, before=before)
    assert review.check(operator, application, 1, "t-1") == []  # corrections need no papers
    seen = applications.get(operator, application).register_version
    edit(lks_id, ARRIVED, alamat="Jl. Lain 3")
    with pytest.raises(StaleEdit) as refused:
        review.decide_field(operator, application, 2, "alamat", YES, "t-2", seen)
    assert refused.value.code == "pengajuan_register_berubah"
    found = applications.get(operator, application)
    assert found.fields[0].conflict and found.fields[0].sekarang == "Jl. Lain 3"
    review.decide_field(operator, application, 2, "alamat", YES, "t-2", found.register_version)
    assert not applications.get(operator, application).fields[0].conflict


def test_an_application_of_a_known_lks_is_attached_to_it_instead_of_a_twin(
    operator: Actor, taken: int, lks_id: int
) -> None:
    review.decide_field(operator, taken, 2, "nama", YES, "t-1")
    [elsewhere] = store(lks_row("Panti Jauh", "33.74"))
    [sample] = store(lks_row("Panti Rekaan", "33.71"), contoh=True)
    with pytest.raises(NotFound):
        review.attach(operator, taken, 3, elsewhere, "t-2")
    with pytest.raises(InvalidInput) as refused:
        review.attach(operator, taken, 3, sample, "t-2")
    assert codes(refused) == {("lks_id", "gabung_contoh_dan_nyata")}
    review.attach(operator, taken, 3, lks_id, "t-2")
    found = applications.get(operator, taken)
    assert found.row["kode_lks"] == "LKS-33.71-0001" and {field.keadaan for field in found.fields} == {"menunggu"}
    by_name: dict[str, Any] = {field.bidang: field for field in found.fields}
    assert (by_name["ketua"].sekarang, by_name["ketua"].nilai, by_name["ketua"].conflict) == (
        *("Ketua Uji", "Ketua Kenanga", False),
    )
    assert [(row["sebelum"], row["sesudah"]) for row in written("pengajuan") if row["aksi"] == "tautkan"] == [
        ({"lks_id": None}, {"lks_id": lks_id}),
    ]
    review.attach(operator, taken, 4, None, "t-3")
    assert applications.get(operator, taken).row["kode_lks"] is None


def test_a_national_reviewer_attaches_within_one_kabkota_only(operator: Actor, taken: int, actor: Make) -> None:
    [elsewhere] = store(lks_row("Panti Jauh", "33.74"))
    with pytest.raises(InvalidInput) as refused:
        review.attach(actor("admin"), taken, 2, elsewhere, "t-2")
    assert codes(refused) == {("lks_id", "gabung_beda_kabkota")}


@pytest.mark.parametrize("role", ["kepala_dinas", "pelatih", "lkks"])
def test_other_roles_decide_nothing(role: str, operator: Actor, taken: int, actor: Make) -> None:
    with pytest.raises(NotPermitted):
        review.decide_field(actor(role, "33.71"), taken, 2, "nama", YES, "t-1")
    assert states(operator, taken)["nama"] == ("menunggu", None)
