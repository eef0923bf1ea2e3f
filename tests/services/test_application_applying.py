"""What was accepted of an online application enters the register: checked, whole or not at all, and goes on to its paper."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from data_access.engine import reading
from data_access.queries import profile as profile_queries
from data_access.queries.records import by_ids
from data_access.tables import audit, lks
from domain.errors import AlreadyDone, InvalidInput, NotPermitted, StaleEdit
from domain.permissions import Actor, Scope
from services import application_applying as applying
from services import application_review as review
from services import applications, attachments, keeping, profile, registration, search
from services.application_review import Verdict
from tests.register_rows import edit
from tests.review_rows import ARRIVED, FIELDS, PAPERS, bring, bring_what_was_asked, hand_in, stored
from tests.services.conftest import TODAY, codes, written
from tests.services.conftest import lks_id as lks_id
from tests.services.conftest import operator as operator
from tests.services.conftest import today as today

Make = Callable[..., Actor]
YES = Verdict("diterima")


def record_of(lks_id: int) -> dict[str, Any]:
    with reading() as connection:
        return by_ids(connection, Scope(None), [lks_id])[lks_id]


def version(application: int) -> int:
    return int(stored(application)["versi"])


def decide_all(by: Actor, application: int, but: Mapping[str, Verdict] | None = None) -> None:
    """Accepts every field and paper except those that are named with another verdict."""
    found, others = applications.get(by, application), dict(but or {})
    fields = {field.bidang: others.get(field.bidang, YES) for field in found.fields}
    now = version(application)
    review.decide(by, application, now, fields, f"t-isian-{application}-{now}", found.register_version)
    for paper in found.papers:
        if paper.file is not None:
            now, verdict = version(application), others.get(paper.syarat, YES)
            review.decide_file(by, application, now, paper.file["id"], verdict, f"t-{paper.syarat}-{application}-{now}")


def ready(by: Actor, application: int, but: Mapping[str, Verdict] | None = None) -> int:
    """Takes an application up and decides it; gives its number back."""
    review.check(by, application, version(application), f"t-periksa-{application}")
    decide_all(by, application, but)
    return application


def test_from_the_phone_to_the_tanda_daftar(operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line 6 of the issue: applied online, sent back for one document, completed, verified, issued with an expiry."""
    hand_in(FIELDS | {"nama": "LKS Asing"}, PAPERS, wilayah="33.74")
    application = hand_in(papers=PAPERS)
    review.check(operator, application, 1, "t1")
    blurred = Verdict("ditolak", "foto domisili buram")
    decide_all(operator, application, {"domisili": blurred})
    review.send_back(operator, application, version(application), ["berkas:domisili"], "foto domisili buram", "t2")
    assert stored(application)["lengkap_pada"] is None
    brought = datetime(2026, 11, 18, 3, tzinfo=UTC)
    bring(application, "domisili", brought)
    bring_what_was_asked(application, brought)
    review.check(operator, application, version(application), "t3")
    assert (stored(application)["lengkap_pada"], stored(application)["tenggat"]) == (
        *(date(2026, 11, 18), date(2026, 12, 8)),
    )
    again = next(paper.file for paper in applications.get(operator, application).papers if paper.syarat == "domisili")
    assert again is not None
    review.decide_file(operator, application, version(application), again["id"], YES, "t4")
    done = applying.apply(operator, application, version(application), "t5")
    assert done.kode_lks == "LKS-33.71-0001" and done.doubts == []
    made = record_of(done.lks_id)
    assert {name: made[name] for name in ("nama", "alamat", "ketua", "kluster", "binaan_dalam", "contoh")} == {
        **{name: FIELDS[name] for name in ("nama", "alamat", "ketua", "kluster", "binaan_dalam")},
        "contoh": False,
    }
    assert (made["ketua_telepon"], made["tanggal_berdiri"], made["daftar"]) == (
        *("+6281234567890", date(2011, 5, 20), None),
    )
    found = profile.profile(operator, done.lks_id)
    assert found.have == 11 and {paper.catatan for paper in found.documents} == {"diajukan daring"}
    [request] = found.requests
    assert (request.row["id"], request.row["status"], request.row["diajukan_pada"]) == (
        *(done.request_id, "diajukan", date(2026, 11, 16)),
    )
    assert done.request_id is not None
    assert registration.check(operator, done.request_id, 1, "t6") == []
    assert registration.complete(operator, done.request_id, 2, date(2026, 11, 18), "t7") == date(2026, 12, 8)
    registration.verify(operator, done.request_id, 3, date(2026, 11, 19), "Bangunan baik.", "t8")
    registration.issue(operator, done.request_id, 4, "460/7", "Dinas Sosial", TODAY, date(2031, 11, 19), "t9")
    made = record_of(done.lks_id)
    assert (made["daftar"], made["daftar_nomor"], made["daftar_sampai"]) == ("terdaftar", "460/7", date(2031, 11, 19))
    row = stored(application)
    assert (row["status"], row["lks_id"], row["permohonan_id"], row["selesai_pada"]) == (
        *("diterapkan", done.lks_id, done.request_id, TODAY),
    )
    assert [step["status"] for step in applications.get(operator, application).steps] == [
        *("diterima", "diperiksa", "dikembalikan", "dilengkapi", "diperiksa", "diterapkan"),
    ]
    with reading() as connection:
        rows = [dict(one) for one in connection.execute(audit.select().order_by(audit.c.id)).mappings()]
    told = [(one["objek"], one["aksi"]) for one in rows if one["pelaku"] == "uji.operator"]
    steps = [pair for pair in told if pair[1] not in ("putuskan_isian", "putuskan_berkas")]
    assert steps == [
        *(("pengajuan", "periksa"), ("pengajuan", "kembalikan"), ("pengajuan", "periksa"), ("lks", "tambah")),
        *([("lks_berkas", "ubah")] * 11),
        *(("permohonan", "ajukan"), ("pengajuan", "terapkan"), ("permohonan", "periksa"), ("permohonan", "lengkap")),
        *(("lks", "verifikasi"), ("permohonan", "verifikasi"), ("lks", "terbit_tanda_daftar")),
        ("permohonan", "terbitkan"),
    ]
    assert told.count(("pengajuan_isian", "putuskan_isian")) == len(FIELDS)
    assert told.count(("pengajuan", "putuskan_berkas")) == 12
    assert {one["wilayah"] for one in rows if one["pelaku"] == "uji.operator"} == {"33.71"}
    added = next(one for one in rows if (one["objek"], one["aksi"]) == ("lks", "tambah"))
    assert added["alasan"] == f"pengajuan {application}" and added["sesudah"]["ketua_telepon"] == "**********7890"


def test_nothing_undecided_enters_the_register(operator: Actor) -> None:
    application = hand_in(papers=["akta"])
    with pytest.raises(NotPermitted):
        applying.apply(operator, application, 1, "t0")  # nobody looked yet
    review.check(operator, application, 1, "t1")
    names = {name: YES for name in FIELDS if name != "alamat"}
    review.decide(operator, application, 2, names, "t2")
    with pytest.raises(InvalidInput) as refused:
        applying.apply(operator, application, 3, "t3")
    assert codes(refused) == {("alamat", "pengajuan_belum_diputuskan"), ("akta", "pengajuan_belum_diputuskan")}
    assert written("lks") == [] and stored(application)["status"] == "diperiksa"


def test_refused_fields_and_papers_stay_out(operator: Actor) -> None:
    no = Verdict("ditolak", "tidak terbaca")
    application = ready(operator, hand_in(papers=["akta", "npwp"]), {"alamat": no, "npwp": no})
    done = applying.apply(operator, application, version(application), "t")
    assert record_of(done.lks_id)["alamat"] is None
    with reading() as connection:
        stored_papers = profile_queries.documents(connection, Scope(None), done.lks_id)
    assert list(stored_papers) == ["akta"]
    assert done.request_id is not None  # the papers that are missing are found when the request is checked
    missing = {paper.kode for paper in registration.check(operator, done.request_id, 1, "t-periksa")}
    assert missing == set(PAPERS) - {"akta"}


def test_a_refused_name_leaves_nothing_to_register(operator: Actor) -> None:
    application = ready(operator, hand_in(), {"nama": Verdict("ditolak", "bukan nama lembaga")})
    with pytest.raises(InvalidInput) as refused:
        applying.apply(operator, application, version(application), "t")
    assert ("nama", "wajib_diisi") in codes(refused)


def test_a_twin_is_refused_and_all_of_it_is_taken_back(operator: Actor, lks_id: int) -> None:
    application = ready(operator, hand_in(FIELDS | {"nama": "PA. Melati (contoh)".replace(".", "")}, ["akta"]))
    before = len(written("lks_berkas"))
    with pytest.raises(InvalidInput) as refused:
        applying.apply(operator, application, version(application), "t")
    assert codes(refused) == {("nama", "lks_sudah_ada")}
    assert stored(application)["status"] == "diperiksa" and len(written("lks_berkas")) == before
    review.attach(operator, application, version(application), lks_id, "t-taut")
    no = Verdict("ditolak", "sudah benar di register")
    decide_all(operator, application, {"nama": no, "ketua": no})
    done = applying.apply(operator, application, version(application), "t-lagi")
    assert done.lks_id == lks_id
    kept = record_of(lks_id)
    assert (kept["nama"], kept["ketua"], kept["alamat"]) == (
        "Panti Asuhan Melati (contoh)",
        "Ketua Uji",
        "Jl. Kenanga 4",
    )
    [request] = profile.profile(operator, lks_id).requests
    assert (request.row["id"], request.row["jenis"]) == (done.request_id, "perpanjangan")  # it has a tanda daftar


def test_the_same_click_twice_makes_one_lks(operator: Actor) -> None:
    application = ready(operator, hand_in())
    applying.apply(operator, application, version(application), "t")
    with pytest.raises(AlreadyDone):
        applying.apply(operator, application, 3, "t")
    with pytest.raises(NotPermitted):
        applying.apply(operator, application, version(application), "t-lain")
    with reading() as connection:
        assert len(connection.execute(lks.select()).all()) == 1


def test_of_a_registered_lks_only_what_was_accepted_changes(operator: Actor, lks_id: int) -> None:
    before = record_of(lks_id)
    proposed = {
        "alamat": "Jl. Baru 2",
        "ketua": "Ketua Baru",
        "hukum": "berbadan_hukum",
        "ketua_telepon": "081200001111",
    }
    application = hand_in(proposed, jenis="pemutakhiran", lks_id=lks_id, before=before)
    ready(operator, application, {"ketua": Verdict("ditolak", "belum ada surat")})
    done = applying.apply(operator, application, version(application), "t")
    after = record_of(lks_id)
    assert {name for name in after if after[name] != before[name]} - {"diubah_pada", "terisi"} == {
        *("alamat", "hukum", "ketua_telepon", "versi"),
    }
    assert (after["ketua"], after["hukum"], done.request_id) == ("Ketua Uji", "berbadan_hukum", None)
    entry = written("lks")[-1]
    assert (entry["aksi"], entry["alasan"], set(entry["sesudah"])) == (
        *("ubah", f"pengajuan {application}", {"alamat", "hukum", "ketua_telepon"}),
    )
    assert entry["sesudah"]["ketua_telepon"] == "**********1111" and entry["sebelum"]["alamat"] is None
    assert profile.profile(operator, lks_id).requests == []


def test_what_changed_in_the_register_meanwhile_is_decided_again(operator: Actor, lks_id: int) -> None:
    """The operator accepted an address; a colleague then corrected it: the old decision must not overwrite that."""
    before = record_of(lks_id)
    proposed = {"alamat": "Jl. Baru 2", "singkatan": "PAM"}
    application = ready(operator, hand_in(proposed, jenis="pemutakhiran", lks_id=lks_id, before=before))
    edit(lks_id, ARRIVED, alamat="Jl. Lain 3")
    with pytest.raises(InvalidInput) as refused:
        applying.apply(operator, application, version(application), "t")
    assert codes(refused) == {("alamat", "pengajuan_isian_berubah")}
    assert (record_of(lks_id)["alamat"], record_of(lks_id)["singkatan"]) == ("Jl. Lain 3", None)
    found = applications.get(operator, application)
    assert found.undecided == 1
    again = {"alamat": Verdict("ditolak", "register sudah benar")}
    review.decide(operator, application, version(application), again, "t-2", found.register_version)
    applying.apply(operator, application, version(application), "t")
    assert (record_of(lks_id)["alamat"], record_of(lks_id)["singkatan"]) == ("Jl. Lain 3", "PAM")


def test_accepting_nothing_is_no_way_to_close_an_application(operator: Actor, lks_id: int) -> None:
    proposed = {"alamat": "Jl. Baru 2"}
    application = hand_in(proposed, jenis="pemutakhiran", lks_id=lks_id, before=record_of(lks_id))
    ready(operator, application, {"alamat": Verdict("ditolak", "alamat lama masih benar")})
    with pytest.raises(InvalidInput) as refused:
        applying.apply(operator, application, version(application), "t")
    assert codes(refused) == {("isian", "pengajuan_tanpa_isi")}


def test_a_new_paper_takes_the_place_of_one_that_ran_out(operator: Actor, lks_id: int) -> None:
    """The dates of the old letter must not stay with the new one; those of a valid deed do."""
    old = {"ada": True, "nomor": "9", "tanggal": date(2025, 1, 2), "berlaku_sampai": date(2026, 1, 2)}
    attachments.set_document(operator, lks_id, "domisili", old, None, "t-1")
    deed = {"ada": True, "nomor": "12", "tanggal": date(2011, 5, 20)}
    attachments.set_document(operator, lks_id, "akta", deed, None, "t-2")
    proposed = {"alamat": "Jl. Baru 2"}
    application = hand_in(proposed, ["domisili", "akta"], jenis="pemutakhiran", lks_id=lks_id, before=record_of(lks_id))
    ready(operator, application)
    applying.apply(operator, application, version(application), "t")
    papers = {paper.kode: paper for paper in profile.profile(operator, lks_id).documents}
    assert (papers["domisili"].valid, papers["domisili"].nomor, papers["domisili"].berlaku_sampai) == (True, None, None)
    assert (papers["akta"].nomor, papers["akta"].tanggal) == ("12", date(2011, 5, 20))


def test_an_archived_lks_is_not_changed_and_a_removed_one_is_named(operator: Actor, lks_id: int) -> None:
    before = record_of(lks_id)
    application = hand_in({"alamat": "Jl. Baru 2"}, jenis="pemutakhiran", lks_id=lks_id, before=before)
    ready(operator, application)
    keeping.archive(operator, lks_id, before["versi"], "tutup", "t-arsip")
    with pytest.raises(NotPermitted) as refused:
        applying.apply(operator, application, version(application), "t")
    assert refused.value.code == "lks_diarsipkan"
    orphan = ready(operator, hand_in({"alamat": "Jl. Baru 2"}, jenis="pemutakhiran"))
    with pytest.raises(InvalidInput) as gone:
        applying.apply(operator, orphan, version(orphan), "t-2")
    assert codes(gone) == {("lks_id", "pengajuan_tanpa_lks")}


def test_the_papers_that_came_in_two_clicks_apart_are_seen(operator: Actor) -> None:
    """A file that arrives while the operator reads must not slip in behind the decision on the one before."""
    application = ready(operator, hand_in(papers=["akta"]))
    seen = version(application)
    bring(application, "akta")
    with pytest.raises(InvalidInput) as refused:
        applying.apply(operator, application, seen, "t")
    assert codes(refused) == {("akta", "pengajuan_belum_diputuskan")}
    with pytest.raises(StaleEdit):
        applying.apply(operator, application, seen - 1, "t")


def test_a_sample_application_becomes_a_sample_lks(operator: Actor) -> None:
    application = ready(operator, hand_in(contoh=True))
    done = applying.apply(operator, application, version(application), "t")
    assert record_of(done.lks_id)["contoh"] is True


def test_the_new_lks_is_found_by_its_name(operator: Actor, actor: Make) -> None:
    application = ready(operator, hand_in())
    done = applying.apply(operator, application, version(application), "t")
    assert [hit.id for hit in search.search(operator, "kenanga")] == [done.lks_id]
    assert search.search(actor("operator", "33.74"), "kenanga") == []
