"""Keeping an LKKS: only by whoever runs it, once, at the version that was seen, all of it in the trail."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data_access.engine import reading
from data_access.queries import lkks as queries
from data_access.queries.state import state
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, StaleEdit
from domain.permissions import Actor, Scope
from services import audit, lkks, lkks_keeping
from services.accounts import SAMPLE_CLOSED
from tests.lkks_rows import an_lkks, tokens, trail_of

Make = Callable[..., Actor]
PROFILE = {
    "nama": "LKKS Kota Magelang",
    "sebutan": "K3S",
    "masa_mulai": date(2025, 1, 1),
    "masa_sampai": date(2029, 12, 31),
}


def stored(wilayah: str = "33.71") -> dict[str, object]:
    with reading() as connection:
        found = queries.one(connection, Scope(None), wilayah)
    assert found is not None
    return found


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(one.column, one.code) for one in refused.value.problems]


def test_an_lkks_makes_its_profile_once(fresh_db: Path, actor: Make) -> None:
    by = actor("lkks", "33.71", 1)
    made = lkks_keeping.create(by, "33.71", PROFILE, "t1")
    with pytest.raises(AlreadyDone):
        lkks_keeping.create(by, "33.71", PROFILE, "t1")
    with pytest.raises(InvalidInput) as refused:
        lkks_keeping.create(by, "33.71", PROFILE, "t2")
    assert codes(refused) == [("wilayah", "lkks_sudah_ada")]
    row = stored()
    assert (row["id"], row["nama"], row["sebutan"], row["contoh"], row["versi"]) == (
        made,
        "LKKS Kota Magelang",
        "K3S",
        False,
        1,
    )
    [told] = trail_of("lkks")
    assert (told["aksi"], told["objek_id"], told["wilayah"]) == ("tambah", str(made), "33.71")
    assert told["sesudah"]["masa_sampai"] == "2029-12-31"
    with reading() as connection:
        assert state(connection, SAMPLE_CLOSED) is not None, "a real row closes the one-click sample roles"


def test_nobody_else_runs_it(fresh_db: Path, actor: Make) -> None:
    """An LKKS is autonomous: that of the province is not above it, and the Dinas does not keep it."""
    an_lkks("33.71")
    before = stored()
    for by in (actor("lkks", "33"), actor("lkks", "52.72"), actor("lkks"), actor("admin", "52")):
        with pytest.raises(NotFound):
            lkks_keeping.edit(by, "33.71", 1, {"nama": "X"}, "t1")
        with pytest.raises(NotFound):
            lkks_keeping.create(by, "33.72", PROFILE, "t2")
    for role in ("operator", "kepala_dinas", "pelatih"):
        with pytest.raises(NotPermitted):
            lkks_keeping.edit(actor(role, "33.71"), "33.71", 1, {"nama": "X"}, "t3")
    assert stored() == before and tokens() == 0 and trail_of("lkks") == []
    lkks_keeping.edit(actor("admin", "33"), "33.71", 1, {"nama": "Y"}, "t4")
    assert stored()["nama"] == "Y"


def test_no_lkks_of_a_kecamatan_or_an_unknown_region(fresh_db: Path, actor: Make) -> None:
    for place in ("33.71.01", "33.99"):
        with pytest.raises(NotFound) as refused:
            lkks_keeping.create(actor("admin"), place, PROFILE, f"t{place}")
        assert refused.value.code == "wilayah_tidak_dikenal"
    lkks_keeping.create(actor("lkks"), "", PROFILE, "t1")
    assert trail_of("lkks")[0]["wilayah"] is None


def test_an_edit_changes_what_is_given_at_the_version_that_was_seen(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71", telepon="+62293123456", masa_mulai=date(2025, 1, 1))
    by = actor("lkks", "33.71", 1)
    lkks_keeping.edit(by, "33.71", 1, {"nama": "Baru", "email": "a@contoh.id"}, "t1")
    row = stored()
    assert (row["nama"], row["telepon"], row["email"], row["versi"]) == ("Baru", "+62293123456", "a@contoh.id", 2)
    with pytest.raises(StaleEdit):
        lkks_keeping.edit(by, "33.71", 1, {"nama": "Lama"}, "t2")
    lkks_keeping.edit(by, "33.71", 2, {"nama": "Baru"}, "t3")
    assert stored()["versi"] == 2, "nothing changed, nothing written"
    [told] = trail_of("lkks")
    assert told["sebelum"] == {"nama": "LKKS Uji", "email": None} and told["sesudah"] == {
        "nama": "Baru",
        "email": "****",
    }
    assert audit.is_personal("lkks", "email") and audit.is_personal("lkks_pengurus", "nama")
    with pytest.raises(InvalidInput) as refused:
        lkks_keeping.edit(by, "33.71", 2, {"masa_sampai": date(2024, 1, 1)}, "t4")
    assert codes(refused) == [("masa_sampai", "berakhir_sebelum_mulai")]


def test_a_forged_column_is_refused(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71")
    before = stored()
    with pytest.raises(InvalidInput) as refused:
        lkks_keeping.edit(actor("lkks", "33.71"), "33.71", 1, {"nama": "X", "wilayah": "33.72", "contoh": True}, "t1")
    assert codes(refused) == [("wilayah", "bidang_tidak_dikenal"), ("contoh", "bidang_tidak_dikenal")]
    assert stored() == before and tokens() == 0


def test_fields_of_work_and_officers(fresh_db: Path, actor: Make) -> None:
    mine, other = an_lkks("33.71"), an_lkks("52.72")
    by = actor("lkks", "33.71", 1)
    field = lkks_keeping.put_bidang(by, "33.71", 1, None, {"nama": "Data dan humas"}, "t1")
    with pytest.raises(InvalidInput) as refused:
        lkks_keeping.put_bidang(by, "33.71", 2, None, {"nama": "data dan HUMAS"}, "t2")
    assert codes(refused) == [("nama", "lkks_bidang_sudah_ada")]
    chair = {"nama": "Ketua Uji", "jabatan": "Ketua", "bidang": "Data dan humas", "telepon": "081234567890"}
    officer = lkks_keeping.put_officer(by, "33.71", 2, None, chair, "t3")
    lkks_keeping.put_officer(by, "33.71", 3, officer, {"jabatan": "Ketua umum"}, "t4")
    with reading() as connection:
        [kept] = queries.officers(connection, Scope(None), mine)
    assert (kept["jabatan"], kept["bidang_id"], kept["telepon"]) == ("Ketua umum", field, "+6281234567890")
    with pytest.raises(InvalidInput) as wrong:
        lkks_keeping.put_officer(by, "33.71", 4, officer, {"bidang": "Lain", "lkks_id": other}, "t5")
    assert sorted(codes(wrong)) == [("bidang", "pilihan_di_luar_daftar"), ("lkks_id", "bidang_tidak_dikenal")]
    lkks_keeping.remove_bidang(by, "33.71", 4, field, "t6")
    lkks_keeping.put_officer(by, "33.71", 5, officer, {"telepon": None}, "t7")
    found = lkks.profile(by, "33.71")
    assert found is not None and found.bidang == []
    assert (found.pengurus[0]["bidang"], found.pengurus[0]["telepon"], found.record["versi"]) == (None, None, 6)
    lkks_keeping.remove_officer(by, "33.71", 6, officer, "t8")
    told = trail_of("lkks_pengurus")
    assert [row["aksi"] for row in told] == ["tambah", "ubah", "ubah", "hapus"]
    assert told[0]["sesudah"]["telepon"].startswith("*") and "1234567890" not in str(told)


def test_a_child_of_another_lkks_is_not_there(fresh_db: Path, actor: Make) -> None:
    an_lkks("33.71")
    an_lkks("52.72")
    theirs = lkks_keeping.put_bidang(actor("lkks", "52.72"), "52.72", 1, None, {"nama": "Humas"}, "t1")
    by = actor("lkks", "33.71")
    for attempt in (
        lambda: lkks_keeping.put_bidang(by, "33.71", 1, theirs, {"nama": "Punyaku"}, "t2"),
        lambda: lkks_keeping.remove_bidang(by, "33.71", 1, theirs, "t3"),
        lambda: lkks_keeping.put_officer(by, "33.71", 1, 999, {"nama": "N", "jabatan": "J"}, "t4"),
    ):
        with pytest.raises(NotFound):
            attempt()
    with pytest.raises(StaleEdit):
        lkks_keeping.remove_bidang(actor("lkks", "52.72"), "52.72", 1, theirs, "t5")
    assert stored()["versi"] == 1 and tokens() == 1
