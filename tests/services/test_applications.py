"""The queue of online applications: what waits, how long it may take, one application beside the register, its papers."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from data_access import submitted_files
from data_access.engine import writing
from data_access.queries.records import by_ids
from data_access.tables_pengajuan import pengajuan_isian
from domain.errors import NotFound, NotPermitted
from domain.permissions import Actor, Scope
from services import application_review as review
from services import applications, keeping
from tests.register_rows import edit
from tests.review_rows import ARRIVED, FIELDS, PAPERS, bring, bring_what_was_asked, hand_in
from tests.services.conftest import lks_id as lks_id
from tests.services.conftest import operator as operator
from tests.services.conftest import today as today
from tests.services.conftest import written

Make = Callable[..., Actor]


def elsewhere() -> int:
    """An application of another city, complete and old, which must never show."""
    return hand_in(FIELDS | {"nama": "LKS Asing", "kode_wilayah": "33.74"}, PAPERS, wilayah="33.74")


def record_of(lks: int) -> dict[str, object]:
    with writing() as connection:
        return by_ids(connection, Scope(None), [lks])[lks]


def test_the_most_urgent_is_first_and_what_is_with_the_lks_is_last(operator: Actor) -> None:
    elsewhere()
    closed = hand_in(papers=PAPERS, status="ditolak")
    back = hand_in(papers=PAPERS, status="dikembalikan", at=datetime(2026, 9, 1, tzinfo=UTC))
    lacking = hand_in(papers=PAPERS[1:], at=datetime(2026, 10, 1, 3, tzinfo=UTC))
    late = hand_in(papers=PAPERS, at=datetime(2026, 10, 30, 3, tzinfo=UTC))
    fresh = hand_in(papers=PAPERS)
    frame = applications.queue(operator)
    assert list(frame["id"]) == [late, fresh, lacking, back] and closed not in set(frame["id"])
    # 30 October was a Friday: 20 November is working day 15 of 14. 16 November was a Monday: day 4.
    assert [
        None if left is None else left for left in frame["sisa"].astype(object).where(frame["sisa"].notna(), None)
    ] == [
        *(-1, 10, None, None),
    ]
    assert list(frame["keadaan"]) == ["lewat", "berjalan", "belum", "belum"]
    assert list(frame["lengkap_pada"])[:2] == [date(2026, 10, 30), date(2026, 11, 16)]
    assert (frame["isian"].iloc[0], frame["berkas"].iloc[0], frame["belum_diputus"].iloc[0]) == (8, 11, 19)
    assert set(frame["kabkota_kode"]) == {"33.71"}
    assert applications.waiting(operator) == 3


def test_the_service_time_starts_with_the_last_required_paper(operator: Actor) -> None:
    application = hand_in(papers=PAPERS[1:])
    bring(application, "akta", datetime(2026, 11, 18, 3, tzinfo=UTC), whole=False)
    assert applications.get(operator, application).clock is None
    assert [paper.syarat for paper in applications.get(operator, application).missing] == ["akta"]
    # 18 November 18.00 UTC is already the 19th in Magelang
    bring(application, "akta", datetime(2026, 11, 18, 18, tzinfo=UTC))
    found = applications.get(operator, application)
    assert found.complete_on == date(2026, 11, 19) and found.missing == []
    assert found.clock is not None
    assert (found.clock.day, found.clock.length, found.clock.due) == (1, 14, date(2026, 12, 9))
    assert found.service_time is not None and found.service_time.source == "SUMUT"


def test_an_empty_queue_has_its_columns(operator: Actor) -> None:
    elsewhere()
    frame = applications.queue(operator)
    assert frame.empty and {"sisa", "keadaan", "nama"} <= set(frame.columns)
    assert applications.waiting(operator) == 0


def test_another_region_and_nothing_at_all_are_one_answer(operator: Actor, actor: Make, fresh_db: Path) -> None:
    """The canary: an operator of another city gets the very answer of a number that does not exist."""
    application = hand_in(papers=["akta"])
    other = actor("operator", "33.74")
    assert applications.queue(other).empty
    answers = set()
    for number in (application, 9999):
        for call in (
            lambda n=number: applications.get(other, n),
            lambda n=number: applications.file(other, n, 1),
            lambda n=number: applications.reveal(other, n, "ketua_telepon"),
            lambda n=number: review.check(other, n, 1, f"t-{n}"),
            lambda n=number: review.refuse(other, n, 1, "tidak boleh", f"u-{n}"),
        ):
            with pytest.raises(NotFound) as refused:
                call()
            answers.add((refused.value.code, tuple(refused.value.facts)))
    assert answers == {("pengajuan_tidak_ada", ())}
    assert written("pengajuan") == []


def test_an_application_about_an_lks_that_moved_away_is_out_of_sight(operator: Actor, lks_id: int) -> None:
    application = hand_in({"alamat": "Jl. Baru 1"}, jenis="pemutakhiran", lks_id=lks_id)
    assert applications.get(operator, application).row["kode_lks"] == "LKS-33.71-0001"
    edit(lks_id, ARRIVED, kode_wilayah="33.74")
    with pytest.raises(NotFound):
        applications.get(operator, application)
    assert applications.queue(operator).empty


def test_a_new_application_is_read_by_the_registers_own_rules(operator: Actor) -> None:
    fields = {name: value for name, value in FIELDS.items() if name != "kluster"}
    application = hand_in(fields | {"npwp": "12", "tanggal_berdiri": "2031-01-01", "email": "bukan email"})
    found = applications.get(operator, application)
    by_name = {field.bidang: field for field in found.fields}
    assert [problem.code for problem in by_name["tanggal_berdiri"].problems] == ["tanggal_di_depan"]
    assert [doubt.code for doubt in by_name["npwp"].doubts] == ["npwp_jumlah_angka"] and by_name["email"].problems
    assert by_name["alamat"].clean and not by_name["npwp"].clean
    assert [(gap.column, gap.code) for gap in found.gaps] == [("kluster", "wajib_diisi")]
    assert by_name["ketua_telepon"].nilai == "********7890" and found.row["pengaju_telepon"] == "********8888"
    assert by_name["binaan_dalam"].nilai == 0
    assert [name for name, field in by_name.items() if field.keadaan != "menunggu"] == []  # nothing is accepted unseen
    assert found.undecided == 9 and found.next_steps == ["periksa", "kembalikan", "tolak"]


def test_what_may_not_be_handed_in_is_not_even_shown(operator: Actor) -> None:
    """A row that somebody put into the store by another way must not become an accreditation."""
    application = hand_in(FIELDS | {"akreditasi": "A", "ketua_nik": "3371011505800001"})
    assert {"akreditasi", "ketua_nik"} & {
        field.bidang for field in applications.get(operator, application).fields
    } == set()


def test_a_change_stands_beside_the_register_and_a_later_change_there_is_a_conflict(
    operator: Actor, lks_id: int
) -> None:
    edit(lks_id, ARRIVED, alamat="Jl. Lama 1", singkatan="Melati")
    before = record_of(lks_id)
    proposed = {"alamat": "Jl. Baru 2", "singkatan": "MELATI", "ketua_telepon": "081200001111"}
    application = hand_in(proposed, jenis="pemutakhiran", lks_id=lks_id, before=before)
    fields = {field.bidang: field for field in applications.get(operator, application).fields}
    assert (fields["alamat"].sekarang, fields["alamat"].nilai) == ("Jl. Lama 1", "Jl. Baru 2")
    assert (fields["ketua_telepon"].sekarang, fields["ketua_telepon"].nilai) == ("**********7890", "********1111")
    assert (fields["singkatan"].clean, fields["alamat"].clean) == (True, False)
    assert not any(field.conflict for field in fields.values())
    edit(lks_id, ARRIVED, alamat="Jl. Lain 3")
    found = applications.get(operator, application)
    assert {field.bidang for field in found.fields if field.conflict} == {"alamat"}
    assert found.papers == [] and found.complete_on == date(2026, 11, 16)
    edit(lks_id, ARRIVED, alamat="Jl. Baru 2")  # somebody typed the very same: nothing is in conflict
    assert not any(field.conflict for field in applications.get(operator, application).fields)


def test_likely_namesakes_are_named(operator: Actor, lks_id: int) -> None:
    application = hand_in(FIELDS | {"nama": "PA MELATI (contoh)"})
    near = applications.get(operator, application).near
    assert [(row["kode_lks"], row["sama"]) for row in near] == [("LKS-33.71-0001", True)]
    assert near[0]["id"] == lks_id
    assert applications.get(operator, hand_in()).near == []


def test_a_move_out_of_the_actors_region_is_named_as_refused(operator: Actor, lks_id: int) -> None:
    before = record_of(lks_id)
    application = hand_in({"kode_wilayah": "33.74"}, jenis="pemutakhiran", lks_id=lks_id, before=before)
    [field] = applications.get(operator, application).fields
    assert [problem.code for problem in field.problems] == ["wilayah_lks_keliru"]


def test_a_paper_is_opened_with_a_trace(operator: Actor, actor: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    application = hand_in()
    key = bring(application, "ktp_pengurus")
    unfinished = bring(application, "akta", whole=False)
    monkeypatch.setattr(submitted_files, "read", lambda kunci: f"isi {kunci}".encode())
    paper = next(paper for paper in applications.get(operator, application).papers if paper.syarat == "ktp_pengurus")
    assert paper.file is not None and "kunci" not in paper.file
    name, mime, content = applications.file(operator, application, paper.file["id"])
    assert (name, mime) == (f"pengajuan_{application}_ktp_pengurus.jpg", "image/jpeg")
    assert content == f"isi {key}".encode() and unfinished not in content.decode()
    [entry] = written("pengajuan")
    assert (entry["aksi"], entry["objek_id"], entry["wilayah"]) == ("buka_berkas", str(application), "33.71")
    with pytest.raises(NotFound):
        applications.file(operator, application, paper.file["id"] + 1)  # half of it has come
    with pytest.raises(NotPermitted):
        applications.file(actor("kepala_dinas", "33.71"), application, paper.file["id"])


def test_a_paper_whose_bytes_are_gone_says_so(operator: Actor) -> None:
    application = hand_in(papers=["akta"])
    file = next(paper.file for paper in applications.get(operator, application).papers if paper.syarat == "akta")
    assert file is not None
    with pytest.raises(NotFound) as refused:
        applications.file(operator, application, file["id"])
    assert refused.value.code == "berkas_pengajuan_hilang" and written("pengajuan") == []


def test_a_personal_value_is_revealed_with_a_trace(operator: Actor, lks_id: int) -> None:
    before = record_of(lks_id)
    proposed = {"ketua_telepon": "081200001111"}
    application = hand_in(proposed, jenis="pemutakhiran", lks_id=lks_id, before=before)
    assert applications.reveal(operator, application, "ketua_telepon") == ("+6281234567890", "081200001111")
    assert applications.reveal(operator, application, "pengaju_telepon") == (None, "081299998888")
    with pytest.raises(NotFound):
        applications.reveal(operator, application, "ketua_nik")
    assert [(row["aksi"], row["sesudah"]) for row in written("pengajuan")] == [
        ("buka_data_pribadi", {"bidang": "ketua_telepon"}),
        ("buka_data_pribadi", {"bidang": "pengaju_telepon"}),
    ]


def test_what_came_again_is_undecided_again(operator: Actor) -> None:
    application = hand_in(papers=PAPERS)
    with writing() as connection:
        connection.execute(pengajuan_isian.update().values(keadaan="diterima"))
    assert applications.get(operator, application).undecided == len(PAPERS)
    bring_what_was_asked(application, datetime(2026, 11, 19, 3, tzinfo=UTC), {"alamat": "Jl. Kenanga 5"})
    found = applications.get(operator, application)
    assert found.undecided == len(PAPERS) + 1 and found.complete_on == date(2026, 11, 19)


def test_dates_that_are_none_stay_and_are_refused(operator: Actor) -> None:
    assert applications.typed("tanggal_berdiri", "2011-05-20") == date(2011, 5, 20)
    assert applications.typed("tanggal_berdiri", "kapan") == "kapan"
    application = hand_in(FIELDS | {"tanggal_berdiri": "kapan"})
    by_name = {field.bidang: field for field in applications.get(operator, application).fields}
    assert [problem.code for problem in by_name["tanggal_berdiri"].problems] == ["tanggal_bukan_tanggal"]


def test_an_archived_lks_keeps_its_applications_readable(operator: Actor, lks_id: int) -> None:
    version = int(str(record_of(lks_id)["versi"]))
    application = hand_in({"alamat": "Jl. Baru 2"}, jenis="pemutakhiran", lks_id=lks_id)
    keeping.archive(operator, lks_id, version, "tutup", "t-arsip")
    assert applications.get(operator, application).row["lks_id"] == lks_id
