"""A workbook's way into the register and out again: preview, store once, same again, stale, undo, scope, roles."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access import secrets
from data_access.commands import lks as lks_commands
from data_access.commands.lks import Change
from data_access.engine import engine, reading, writing
from data_access.queries import records
from data_access.tables import audit, impor_baris, impor_batch, lks, lks_bantuan, lks_sumbu, metadata
from data_access.workbooks import write_lks
from domain.errors import AlreadyDone, FileRefused, NotFound, NotPermitted, NotUndoable, StaleEdit
from domain.lks import FIELDS
from domain.permissions import COMMAND_LINE, Actor, Scope
from services import accounts, clock, importing

NIK, OTHER_NIK = "3371010101900001", "3371014505910002"
EVERYWHERE = Scope(None)
KOTA = {"provinsi": "Jawa Tengah", "kabkota": "Kota Magelang", "kode_wilayah": "33.71"}
MAWAR = KOTA | {"nama": "Panti Asuhan Mawar", "kluster": ["anak"], "alamat": "Jl. Mawar 1", "ketua": "Ketua Contoh",
                "ketua_nik": NIK, "aktif": "aktif", "binaan_dalam": 20}  # fmt: skip
MELATI = KOTA | {"nama": "Panti Wreda Melati", "kluster": ["lansia"], "telepon": "+62811000001"}
SEMPIT = KOTA | {"nama": "LKS Tanpa Kluster"}  # kluster is required: refused


def book(tmp_path: Path, *rows: dict[str, Any], name: str = "lks.xlsx") -> Path:
    path = tmp_path / name
    path.write_bytes(write_lks.export_lks(rows, {"Sumber": "uji"}))
    return path


def sizes() -> dict[str, int]:
    with reading() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def register() -> dict[str, dict[str, Any]]:
    """Every LKS by name, without what a version or a clock changes."""
    with reading() as connection:
        ids = connection.execute(select(lks.c.id)).scalars().all()
        found = records.by_ids(connection, EVERYWHERE, ids)
    return {row["nama"]: row for row in found.values()}


def put(by: Actor, path: Path, token: str = "t-1") -> int:
    return importing.store(by, importing.preview(by, path, path.name), token)


def change(nama: str, **fields: Any) -> None:
    with writing() as connection:
        found = records.by_ids(connection, EVERYWHERE, [register()[nama]["id"]])
        [before] = found.values()
        step = Change(before, fields)
        assert lks_commands.change(connection, [step], at=clock.now(), by=COMMAND_LINE) == []


@pytest.fixture
def operator(actor: Callable[..., Actor]) -> Actor:
    return actor("operator", "33.71", 7)


def test_a_preview_counts_and_stores_nothing(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    put(operator, book(tmp_path, MAWAR, MELATI))
    before = sizes()
    moved = MELATI | {"telepon": "+62811000009"}
    new = KOTA | {"nama": "Panti Anggrek", "kluster": ["anak"]}
    found = importing.preview(operator, book(tmp_path, MAWAR, moved, new, SEMPIT), "lagi.xlsx")
    assert found.counts() == {"baru": 1, "berubah": 1, "sama": 1, "ditolak": 1}
    assert [verdict.kind for verdict in found.verdicts] == ["sama", "berubah", "baru", "ditolak"]
    assert found.verdicts[1].changes == {"telepon": ("+62811000001", "+62811000009")}
    assert [problem.column for problem in found.verdicts[3].problems] == ["kluster"]
    assert (found.file_name, found.wilayah, len(found.digest)) == ("lagi.xlsx", "33.71", 64)
    assert sizes() == before


def test_what_is_stored_is_what_the_workbook_says(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    path = book(tmp_path, MAWAR, MELATI, SEMPIT)
    batch_id = put(operator, path)
    found = register()
    assert set(found) == {"Panti Asuhan Mawar", "Panti Wreda Melati"}
    mawar = found["Panti Asuhan Mawar"]
    told = ("kode_wilayah", "kluster", "alamat", "ketua", "aktif", "binaan_dalam", "contoh", "kode_lks")
    assert [mawar[name] for name in told] == [
        "33.71", ["anak"], "Jl. Mawar 1", "Ketua Contoh", "aktif", 20, False, "LKS-33.71-0001",
    ]  # fmt: skip
    assert secrets.unseal(mawar["ketua_nik_sandi"]) == NIK
    with reading() as connection:
        batch = connection.execute(select(impor_batch)).mappings().one()
        rows = connection.execute(select(impor_baris.c.lks_id, impor_baris.c.jenis, impor_baris.c.versi)).all()
        trail = connection.execute(select(audit).where(audit.c.pelaku == operator.username)).mappings().all()
    assert (batch["id"], batch["berkas"], batch["wilayah"], batch["token"]) == (batch_id, path.name, "33.71", "t-1")
    assert [batch[name] for name in ("baru", "berubah", "sama", "ditolak")] == [2, 0, 0, 1]
    assert sorted(tuple(row) for row in rows) == sorted((row["id"], "baru", 1) for row in found.values())
    assert sorted((row["aksi"], row["objek"], row["wilayah"]) for row in trail) == [
        ("impor", "batch", "33.71"), ("tambah", "lks", "33.71"), ("tambah", "lks", "33.71"),
    ]  # fmt: skip


def test_a_token_stores_once(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    """A double click on "Simpan" gave 109 rows for 100 (finding 3)."""
    prepared = importing.preview(operator, book(tmp_path, MAWAR), "a.xlsx")
    importing.store(operator, prepared, "t-1")
    before = sizes()
    with pytest.raises(AlreadyDone):
        importing.store(operator, prepared, "t-1")
    assert sizes() == before


def test_the_same_file_again_changes_nothing(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    path = book(tmp_path, MAWAR, MELATI)
    put(operator, path)
    before = register()
    again = importing.preview(operator, path, path.name)
    assert again.counts() == {"baru": 0, "berubah": 0, "sama": 2, "ditolak": 0}
    importing.store(operator, again, "t-2")
    assert register() == before


def test_an_export_comes_back_the_same(seeded_db: Path, tmp_path: Path, actor: Callable[..., Actor]) -> None:
    with reading() as connection:
        rows = list(records.by_kabkota(connection, EVERYWHERE, ["33.71"]).values())
    path = book(tmp_path, *[row | {"kabkota": "Kota Magelang", "provinsi": "Jawa Tengah"} for row in rows])
    found = importing.preview(actor("operator", "33.71"), path, path.name)
    assert found.counts() == {"baru": 0, "berubah": 0, "sama": 11, "ditolak": 0}


@pytest.mark.parametrize("meddle", ["new", "changed", "archived"])
def test_a_register_that_moved_on_stops_the_whole(fresh_db: Path, tmp_path: Path, operator: Actor, meddle: str) -> None:
    put(operator, book(tmp_path, MAWAR))
    moved = MAWAR | {"alamat": "Jl. Baru 2"}
    prepared = importing.preview(operator, book(tmp_path, moved, MELATI), "a.xlsx")
    if meddle == "new":
        put(operator, book(tmp_path, MELATI, name="b.xlsx"), "t-2")
    elif meddle == "changed":
        change("Panti Asuhan Mawar", alamat="Jl. Lain 3")
    else:
        row = register()["Panti Asuhan Mawar"]
        with writing() as connection:
            assert lks_commands.archive(connection, row["id"], 1, at=clock.now(), reason="Uji", into=None)
    before = sizes()
    with pytest.raises(StaleEdit) as refused:
        importing.store(operator, prepared, "t-3")
    assert refused.value.code == "impor_pratinjau_usang"
    assert sizes() == before
    # the token was not used up: the mended preview may be stored with it
    assert put(operator, book(tmp_path, moved, MELATI), "t-3") > 0


def test_undoing_removes_new_rows_and_restores_changed_ones(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    put(operator, book(tmp_path, MAWAR | {"akreditasi": "B", "akreditasi_sampai": date(2027, 5, 1)}))
    before = register()["Panti Asuhan Mawar"]
    moved = MAWAR | {
        "alamat": "Jl. Baru 2", "kluster": ["anak", "disabilitas"], "ketua_nik": OTHER_NIK, "binaan_dalam": 25,
        "akreditasi": "A", "akreditasi_sampai": date(2030, 5, 1), "sekretaris": "Sekretaris Contoh",
        "kode_wilayah": "33.71.01", "kecamatan": "Magelang Selatan",
    }  # fmt: skip
    batch_id = put(operator, book(tmp_path, moved, MELATI), "t-2")
    between = register()["Panti Asuhan Mawar"]
    assert secrets.unseal(between["ketua_nik_sandi"]) == OTHER_NIK
    assert (between["kode_wilayah"], between["akreditasi_sampai"]) == ("33.71.01", date(2030, 5, 1))
    undone = importing.undo(operator, batch_id)
    assert (undone.removed, undone.restored, undone.kept) == (1, 1, [])
    [after] = register().values()
    fields = set(FIELDS) - {"ketua_nik"}
    assert {name: after.get(name) for name in fields} == {name: before.get(name) for name in fields}
    assert secrets.unseal(after["ketua_nik_sandi"]) == NIK
    assert after["terisi"] == before["terisi"]
    with reading() as connection:
        grades = select(lks_sumbu.c.nilai).where(lks_sumbu.c.sumbu == "akreditasi").order_by(lks_sumbu.c.id)
        assert connection.execute(grades).scalars().all() == ["B", "A", "B"]


def test_undoing_leaves_and_lists_what_was_edited_since(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    put(operator, book(tmp_path, MAWAR))
    anggrek = KOTA | {"nama": "Panti Anggrek", "kluster": ["anak"]}
    dahlia = KOTA | {"nama": "Panti Dahlia", "kluster": ["anak"]}
    moved = MAWAR | {"alamat": "Jl. Baru 2"}
    batch_id = put(operator, book(tmp_path, moved, MELATI, anggrek, dahlia), "t-2")
    change("Panti Asuhan Mawar", catatan="sesudah impor")
    change("Panti Wreda Melati", catatan="sesudah impor")
    aided = register()["Panti Dahlia"]["id"]
    with writing() as connection:
        connection.execute(lks_bantuan.insert().values(lks_id=aided, tahun=2026, jenis="x", sumber="y"))
    undone = importing.undo(operator, batch_id)
    assert (undone.removed, undone.restored) == (1, 0)
    assert [row["nama"] for row in undone.kept] == ["Panti Asuhan Mawar", "Panti Wreda Melati", "Panti Dahlia"]
    left = register()
    assert set(left) == {"Panti Asuhan Mawar", "Panti Wreda Melati", "Panti Dahlia"}
    assert left["Panti Asuhan Mawar"]["alamat"] == "Jl. Baru 2"


def test_undoing_twice_is_refused(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    batch_id = put(operator, book(tmp_path, MAWAR))
    importing.undo(operator, batch_id)
    before = sizes()
    with pytest.raises(NotUndoable) as refused:
        importing.undo(operator, batch_id)
    assert refused.value.code == "impor_sudah_dibatalkan"
    assert sizes() == before


def test_batches_of_another_region_are_not_there(
    fresh_db: Path, tmp_path: Path, operator: Actor, actor: Callable[..., Actor]
) -> None:
    batch_id = put(operator, book(tmp_path, MAWAR))
    national = put(actor("admin"), book(tmp_path, MELATI), "t-2")
    for who, which in ((actor("operator", "33.72"), batch_id), (operator, national), (operator, 999)):
        with pytest.raises(NotFound) as refused:
            importing.undo(who, which)
        assert refused.value.code == "tidak_ditemukan", "not yours and not there must look alike"
    assert list(importing.batches(operator)["id"]) == [batch_id]
    assert len(importing.batches(actor("operator", "33.72"))) == 0
    assert set(importing.batches(actor("admin", "33"))["id"]) == {batch_id}
    assert importing.undo(actor("admin"), national).removed == 1


def test_rows_of_another_region_are_refused(fresh_db: Path, tmp_path: Path, actor: Callable[..., Actor]) -> None:
    solo = {"provinsi": "Jawa Tengah", "kabkota": "Kota Surakarta", "kode_wilayah": "33.72"}
    path = book(tmp_path, MAWAR, solo | {"nama": "Panti Solo", "kluster": ["anak"]})
    found = importing.preview(actor("operator", "33.72"), path, path.name)
    assert [verdict.kind for verdict in found.verdicts] == ["ditolak", "baru"]
    assert [(p.column, p.code) for p in found.verdicts[0].problems] == [("kabkota", "impor_di_luar_lingkup")]
    importing.store(actor("operator", "33.72"), found, "t-1")
    assert set(register()) == {"Panti Solo"}


def test_a_code_of_another_region_tells_nothing(fresh_db: Path, tmp_path: Path, actor: Callable[..., Actor]) -> None:
    put(actor("admin"), book(tmp_path, MAWAR))
    solo = {"provinsi": "Jawa Tengah", "kabkota": "Kota Surakarta", "kode_wilayah": "33.72", "kluster": ["anak"]}
    rows = [solo | {"nama": f"Panti {n}", "kode_lks": f"LKS-33.71-000{n}"} for n in (1, 2)]  # 1 is there, 2 is not
    found = importing.preview(actor("operator", "33.72"), book(tmp_path, *rows), "a.xlsx")
    assert [[p.code for p in verdict.problems] for verdict in found.verdicts] == [["impor_kode_tidak_ada"]] * 2


def test_a_nearly_equal_name_is_doubted_and_not_merged(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    put(operator, book(tmp_path, KOTA | {"nama": "Panti Asuhan Harapan Bangsa", "kluster": ["anak"]}))
    near = KOTA | {"nama": "PA Harapan Bangsaa", "kluster": ["anak"]}
    far = KOTA | {"nama": "PA Cahaya Senja", "kluster": ["anak"]}
    prepared = importing.preview(operator, book(tmp_path, near, far), "a.xlsx")
    assert [verdict.kind for verdict in prepared.verdicts] == ["baru", "baru"]
    doubts = [[p for p in verdict.doubts if p.code == "impor_mirip"] for verdict in prepared.verdicts]
    assert [p.facts["mirip"] for p in doubts[0]] == ["Panti Asuhan Harapan Bangsa"]
    assert int(doubts[0][0].facts["skor"]) >= 90
    assert doubts[1] == []
    importing.store(operator, prepared, "t-2")
    assert len(register()) == 3


def test_the_same_name_spelled_otherwise_is_the_same_lks(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    put(operator, book(tmp_path, MAWAR))
    found = importing.preview(
        operator, book(tmp_path, MAWAR | {"nama": "PA. MAWAR", "alamat": "Jl. Mawar 9"}), "a.xlsx"
    )
    [verdict] = found.verdicts
    assert verdict.kind == "berubah"
    assert set(verdict.changes) == {"nama", "alamat"}


def test_two_rows_that_mean_one_lks_are_told_apart(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    """One row by its code, one by its name: both changed one LKS, and storing failed as if somebody had meddled."""
    put(operator, book(tmp_path, MAWAR))
    kode = register()["Panti Asuhan Mawar"]["kode_lks"]
    rows = [
        MAWAR | {"kode_lks": kode, "nama": "Panti Asuhan Mawar Putih"},
        MAWAR | {"alamat": "Jl. Baru 2"},
    ]
    prepared = importing.preview(operator, book(tmp_path, *rows), "a.xlsx")
    assert [verdict.kind for verdict in prepared.verdicts] == ["berubah", "ditolak"]
    assert [p.code for p in prepared.verdicts[1].problems] == ["impor_ganda_di_berkas"]
    assert prepared.verdicts[1].problems[0].facts == {"baris": str(prepared.verdicts[0].row), "kode": kode}
    importing.store(operator, prepared, "t-2")
    assert register()["Panti Asuhan Mawar Putih"]["alamat"] == "Jl. Mawar 1"


def test_two_equal_names_in_the_register_are_not_guessed_between(
    fresh_db: Path, tmp_path: Path, operator: Actor
) -> None:
    with writing() as connection:
        twins = [{"nama": "Panti Asuhan Mawar", "kode_wilayah": "33.71"}] * 2
        lks_commands.add(connection, twins, at=clock.now(), by=COMMAND_LINE)
    [verdict] = importing.preview(operator, book(tmp_path, MAWAR), "a.xlsx").verdicts
    assert [(p.code, p.facts["daftar"]) for p in verdict.problems] == [
        ("impor_ganda_di_register", "LKS-33.71-0001, LKS-33.71-0002")
    ]


@pytest.mark.parametrize("role", ["kepala_dinas", "pelatih", "lkks"])
def test_roles_without_the_permission_may_nothing(
    fresh_db: Path, tmp_path: Path, operator: Actor, actor: Callable[..., Actor], role: str
) -> None:
    path, by = book(tmp_path, MAWAR), actor(role)
    prepared = importing.preview(operator, path, path.name)
    attempts: list[Callable[[], object]] = [
        lambda: importing.preview(by, path, path.name),
        lambda: importing.store(by, prepared, "t-9"),
        lambda: importing.undo(by, 1),
        lambda: importing.batches(by),
        lambda: importing.template(by),
        lambda: importing.refused_workbook(by, prepared),
    ]
    before = sizes()
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert sizes() == before


def test_the_first_real_row_closes_the_sample_door(seeded_db: Path, tmp_path: Path, operator: Actor) -> None:
    assert accounts.sample_sign_in_open()
    path = book(tmp_path, SEMPIT)
    importing.store(operator, importing.preview(operator, path, path.name), "t-1")
    assert accounts.sample_sign_in_open(), "a file of refused rows brought nothing in"
    put(operator, book(tmp_path, MAWAR), "t-2")
    assert not accounts.sample_sign_in_open()


def test_no_nik_reaches_the_store_or_the_trail_in_plain_text(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    put(operator, book(tmp_path, MAWAR))
    batch_id = put(operator, book(tmp_path, MAWAR | {"ketua_nik": OTHER_NIK}), "t-2")
    importing.undo(operator, batch_id)
    with reading() as connection:
        trail = str(connection.execute(select(audit.c.sebelum, audit.c.sesudah)).all())
        kept = str(connection.execute(select(impor_baris.c.sebelum)).all())
    assert "************0001" in trail
    for nik in (NIK, OTHER_NIK):
        assert nik not in trail + kept
    if engine().dialect.name == "sqlite":
        engine().dispose()
        content = b"".join(path.read_bytes() for path in fresh_db.iterdir() if path.name.startswith("pilar.db"))
        assert b"Panti Asuhan Mawar" in content
        assert NIK.encode() not in content
        assert OTHER_NIK.encode() not in content


def test_no_personal_field_reaches_the_trail_in_clear(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    """The profile masked a telephone in the trail, the import wrote it there as it stood."""
    first, second = "+6281234567890", "+6281234500022"
    put(operator, book(tmp_path, MAWAR | {"ketua_telepon": first}))
    batch_id = put(operator, book(tmp_path, MAWAR | {"ketua_telepon": second}), "t-2")
    importing.undo(operator, batch_id)
    assert register()["Panti Asuhan Mawar"]["ketua_telepon"] == first
    with reading() as connection:
        rows = connection.execute(select(audit.c.aksi, audit.c.sebelum, audit.c.sesudah).where(audit.c.objek == "lks"))
        found = [(aksi, *((side or {}).get("ketua_telepon") for side in (old, new))) for aksi, old, new in rows]
    assert found == [
        ("tambah", None, "**********7890"),
        ("ubah", "**********7890", "**********0022"),
        ("ubah", "**********0022", "**********7890"),
    ]


@pytest.mark.parametrize(("moved", "times"), [(False, 0), (True, 1)])
def test_rows_are_judged_again_only_when_the_register_moved(
    fresh_db: Path, tmp_path: Path, operator: Actor, monkeypatch: pytest.MonkeyPatch, moved: bool, times: int
) -> None:
    prepared = importing.preview(operator, book(tmp_path, MAWAR), "a.xlsx")
    if moved:
        put(operator, book(tmp_path, MELATI), "t-0")
    calls: list[int] = []
    real = importing.classify

    def classify(*arguments: Any) -> list[importing.Verdict]:
        calls.append(1)
        return real(*arguments)

    monkeypatch.setattr(importing, "classify", classify)
    importing.store(operator, prepared, "t-1")
    assert len(calls) == times
    assert "Panti Asuhan Mawar" in register()


def test_another_scope_than_the_preview_had_is_judged_again(
    fresh_db: Path, tmp_path: Path, actor: Callable[..., Actor]
) -> None:
    prepared = importing.preview(actor("operator"), book(tmp_path, MAWAR), "a.xlsx")
    with pytest.raises(StaleEdit):
        importing.store(actor("operator", "34.04"), prepared, "t-1")
    assert register() == {}


def test_refused_rows_come_back_as_a_workbook_that_can_be_mended(
    fresh_db: Path, tmp_path: Path, operator: Actor
) -> None:
    prepared = importing.preview(operator, book(tmp_path, MAWAR, SEMPIT), "a.xlsx")
    path = tmp_path / "ditolak.xlsx"
    path.write_bytes(importing.refused_workbook(operator, prepared))
    again = importing.preview(operator, path, path.name)
    assert [(verdict.kind, verdict.values["nama"]) for verdict in again.verdicts] == [("ditolak", "LKS Tanpa Kluster")]


def test_the_template_is_read_back_without_its_example(fresh_db: Path, tmp_path: Path, operator: Actor) -> None:
    path = tmp_path / "templat.xlsx"
    path.write_bytes(importing.template(operator))
    with pytest.raises(FileRefused) as refused:
        importing.preview(operator, path, path.name)
    assert refused.value.code == "tidak_ada_baris"


@pytest.mark.parametrize("content", [b"", b"bukan lembar kerja", b"PK\x03\x04 terpotong"])
def test_an_unreadable_file_is_refused_and_changes_nothing(
    fresh_db: Path, tmp_path: Path, operator: Actor, content: bytes
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    before = sizes()
    with pytest.raises(FileRefused):
        importing.preview(operator, path, path.name)
    assert sizes() == before
