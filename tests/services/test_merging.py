"""Near-duplicates: what is proposed, what a merge does to both rows, and that it can be taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data_access.engine import reading
from data_access.queries import records
from data_access.tables import audit, lks, lks_bantuan, lks_berkas, lks_binaan, lks_pilihan, penggabungan, permohonan
from domain.errors import AlreadyDone, InvalidInput, NotFound, NotPermitted, NotUndoable, StaleEdit
from domain.permissions import Actor, Scope
from services import attachments, clock, keeping, merging, profile, registration

Make = Callable[..., Actor]
TODAY = date(2026, 11, 20)
AID = {"tahun": 2025, "jenis": "Bantuan sarana", "sumber": "donatur"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def operator(fresh_db: Path, actor: Make) -> Actor:
    return actor("operator", "33.71")


@pytest.fixture
def pair(operator: Actor, actor: Make) -> tuple[int, int]:
    """Two rows of one institution with children of every kind, and a namesake in another city that must not count."""
    one = {
        "nama": "Panti Asuhan Kasih Ibu",
        "kode_wilayah": "33.71.01",
        "kluster": ["anak"],
        "alamat": "Jl. Satu",
        "desa": "Rejowinangun",
        "ketua": "Ketua Satu",
        "ketua_telepon": "081234567890",
        "ketua_nik": "3371011505800001",
        "akreditasi": "B",
        "akreditasi_tanggal": date(2024, 5, 1),
        "tanggal_berdiri": date(1990, 1, 2),
        "binaan_dalam": 12,
    }
    two = {
        "nama": "PA Kasih Ibu Magelang",
        "kode_wilayah": "33.71.01",
        "kluster": ["lansia"],
        "alamat": "Jl. Dua",
        "ketua": "Ketua Dua",
        "ketua_nik": "3371011505800002",
        "akreditasi": "C",
        "akreditasi_tanggal": date(2022, 5, 1),
    }
    first, second = keeping.create(operator, one, "t1"), keeping.create(operator, two, "t2")
    keeping.create(
        actor("admin"), {"nama": "Panti Asuhan Kasih Ibu", "kode_wilayah": "33.74", "kluster": ["anak"]}, "t3"
    )
    attachments.add_aid(operator, first, AID, "a1")
    attachments.set_document(operator, first, "akta", {"ada": True, "nomor": "1"}, None, "d1")
    attachments.set_document(operator, first, "npwp", {"ada": True, "nomor": "satu"}, None, "d2")
    attachments.set_document(operator, second, "akta", {"ada": False, "catatan": "dicari"}, None, "d3")
    attachments.set_document(operator, second, "npwp", {"ada": True, "nomor": "dua"}, None, "d4")
    attachments.set_clients(operator, first, "anak", "dalam", "2025", 12, None, "c1")
    attachments.set_clients(operator, first, "anak", "luar", "2025", 3, None, "c2")
    attachments.set_clients(operator, second, "anak", "dalam", "2025", 11, None, "c3")
    registration.request(operator, first, "baru", TODAY, "r1")
    return first, second


def snapshot(ids: tuple[int, int]) -> dict[str, Any]:
    """Both rows with all their children, without versions, times and running history."""
    found: dict[str, Any] = {}
    with reading() as connection:
        flat = records.by_ids(connection, Scope(None), ids)
        for lks_id, record in flat.items():
            moving = ("versi", "diubah_pada", "ketua_nik_sandi")  # sealing the same NIK again gives another text
            found[str(lks_id)] = {name: value for name, value in record.items() if name not in moving}
        for table in (lks_bantuan, lks_berkas, lks_binaan, lks_pilihan, permohonan):
            rows = connection.execute(table.select().where(table.c.lks_id.in_(ids))).mappings().all()
            kept = [{k: v for k, v in row.items() if k != "id" or table is not lks_berkas} for row in rows]
            found[table.name] = sorted(kept, key=repr)
    return found


def versions(*ids: int) -> list[int]:
    with reading() as connection:
        rows = {row["id"]: row["versi"] for row in connection.execute(lks.select()).mappings()}
    return [rows[lks_id] for lks_id in ids]


def merged(by: Actor, pair: tuple[int, int], token: str = "m", **choices: str) -> int:
    first, second = pair
    one, two = versions(first, second)
    return merging.merge(by, first, one, second, two, choices, token)


# --- proposals --------------------------------------------------------------------------------------------------------


def test_like_names_of_one_city_are_proposed(operator: Actor, pair: tuple[int, int], actor: Make) -> None:
    keeping.create(operator, {"nama": "Panti Werdha Kamboja", "kode_wilayah": "33.71", "kluster": ["lansia"]}, "x")
    frame = merging.near_duplicates(operator, None, 60)
    assert list(frame.columns) == list(merging.PAIR_COLUMNS)
    assert [(row.a_id, row.b_id, row.kabkota_kode) for row in frame.itertuples()] == [(*pair, "33.71")]
    # "kasih ibu" against "kasih ibu magelang": 2 x 9 letters shared of 9 + 18, two thirds
    assert frame["skor"][0] == 67
    assert merging.near_duplicates(operator, None, 90).empty
    assert merging.near_duplicates(actor("admin"), "33.74", 60).empty
    with pytest.raises(NotFound):
        merging.near_duplicates(operator, "33.74")
    with pytest.raises(NotPermitted):
        merging.near_duplicates(actor("kepala_dinas"), None)


def test_a_pair_found_different_is_not_proposed_again(operator: Actor, pair: tuple[int, int], actor: Make) -> None:
    first, second = pair
    with pytest.raises(NotPermitted):
        merging.not_twins(actor("lkks"), first, second, "n")
    with pytest.raises(NotFound):
        merging.not_twins(actor("operator", "33.74"), first, second, "n")
    merging.not_twins(operator, second, first, "n")
    assert merging.near_duplicates(operator, None, 60).empty
    with pytest.raises(AlreadyDone):
        merging.not_twins(operator, first, second, "n")
    merging.not_twins(operator, first, second, "n2")  # said twice, stored once
    with reading() as connection:
        rows = connection.execute(audit.select().where(audit.c.aksi == "bukan_kembar")).mappings().all()
    assert [row["sesudah"] for row in rows] == [{"lks_a": "LKS-33.71-0001", "lks_b": "LKS-33.71-0002"}]


def test_what_differs_is_shown_side_by_side_and_masked(operator: Actor, pair: tuple[int, int], actor: Make) -> None:
    rows = {row["grup"]: row for row in merging.compare(operator, *pair)}
    assert rows["akreditasi"]["bawaan"] == "ke" and rows["desa"]["bawaan"] == "dari"
    assert rows["akreditasi"]["dari"]["akreditasi_tanggal"] == date(2024, 5, 1)
    assert rows["desa"]["ke"] == {"desa": None}
    assert "kluster" not in rows and "hukum" not in rows
    assert "81234567890" not in repr(rows)
    with pytest.raises(NotPermitted):
        merging.compare(actor("pelatih"), *pair)
    with pytest.raises(NotFound):
        merging.compare(actor("operator", "33.74"), *pair)


# --- merging ----------------------------------------------------------------------------------------------------------


def test_a_merge_keeps_fills_and_unites(operator: Actor, pair: tuple[int, int]) -> None:
    first, second = pair
    merge_id = merged(operator, pair, akreditasi="dari", ketua="dari")
    kept = profile.profile(operator, second)
    record = kept.record
    assert (record["nama"], record["alamat"], record["desa"]) == ("PA Kasih Ibu Magelang", "Jl. Dua", "Rejowinangun")
    assert (record["akreditasi"], record["akreditasi_tanggal"]) == ("B", date(2024, 5, 1))
    assert (record["ketua"], record["ketua_nik"]) == ("Ketua Satu", "************0001")
    assert profile.reveal(operator, second, "ketua_nik") == "3371011505800001"
    assert record["kluster"] == ["anak", "lansia"]
    assert (record["binaan_dalam"], record["tanggal_berdiri"]) == (12, date(1990, 1, 2))
    assert [(m["id"], m["kode_lks"]) for m in kept.merged] == [(merge_id, "LKS-33.71-0001")]
    assert [aid["tahun"] for aid in kept.aid] == [2025] and len(kept.requests) == 1
    have = {d.kode: (d.ada, d.nomor) for d in kept.documents if d.kode in ("akta", "npwp")}
    assert have == {"akta": (True, "1"), "npwp": (True, "dua")}
    counts = {(r["kelompok"], r["setting"], r["periode"]): r["jumlah"] for r in kept.clients}
    assert counts == {("anak", "dalam", "2025"): 11, ("anak", "luar", "2025"): 3, ("semua", "dalam", ""): 12}
    gone = profile.profile(operator, first)
    assert (gone.state, gone.merged_into) == ("digabung", ("LKS-33.71-0002", "PA Kasih Ibu Magelang"))
    assert [(row.dari_kode, row.ke_kode) for row in merging.merges(operator).itertuples()] == [
        ("LKS-33.71-0001", "LKS-33.71-0002")
    ]
    with reading() as connection:
        rows = connection.execute(audit.select().where(audit.c.aksi == "gabung").order_by(audit.c.id)).mappings().all()
        kept_json = repr(connection.execute(penggabungan.select()).mappings().one()["sebelum"])
    assert [row["objek_id"] for row in rows] == [str(second), str(first)]
    assert rows[0]["sesudah"]["gabungan"] == "LKS-33.71-0001"
    assert "3371011505800001" not in repr(rows) + kept_json and "3371011505800002" not in repr(rows) + kept_json


@pytest.mark.parametrize("choices", [{}, {"akreditasi": "dari", "ketua": "dari", "desa": "ke", "nama": "dari"}])
def test_a_merge_taken_back_leaves_both_as_they_were(
    operator: Actor, pair: tuple[int, int], choices: dict[str, str]
) -> None:
    before = snapshot(pair)
    merge_id = merged(operator, pair, **choices)
    assert snapshot(pair) != before
    merging.unmerge(operator, merge_id, "u")
    assert snapshot(pair) == before
    assert profile.reveal(operator, pair[1], "ketua_nik") == "3371011505800002"
    assert profile.reveal(operator, pair[0], "ketua_nik") == "3371011505800001"
    assert merging.merges(operator).empty
    with reading() as connection:
        done = connection.execute(audit.select().where(audit.c.aksi == "batal_gabung")).mappings().all()
    assert {row["objek_id"] for row in done} == {str(lks_id) for lks_id in pair}
    with pytest.raises(NotUndoable) as refused:
        merging.unmerge(operator, merge_id, "u2")
    assert refused.value.code == "gabung_sudah_dibatalkan"
    assert merged(operator, pair, "m2") > merge_id


def test_a_merge_edited_since_is_not_taken_back_and_says_what(operator: Actor, pair: tuple[int, int]) -> None:
    merge_id = merged(operator, pair)
    (version,) = versions(pair[1])
    keeping.edit(operator, pair[1], version, {"alamat": "Jl. Tiga"}, None, "e")
    before = snapshot(pair)
    with pytest.raises(NotUndoable) as refused:
        merging.unmerge(operator, merge_id, "u")
    assert refused.value.code == "gabung_diubah_sesudahnya"
    assert refused.value.facts == {"bidang": "alamat", "siapa": "uji.operator"}
    assert snapshot(pair) == before


def test_a_child_edited_since_stops_it_too(operator: Actor, pair: tuple[int, int]) -> None:
    merge_id = merged(operator, pair)
    aid = profile.profile(operator, pair[1]).aid[0]
    attachments.change_aid(operator, pair[1], aid["id"], None, aid, "e")
    with pytest.raises(NotUndoable) as refused:
        merging.unmerge(operator, merge_id, "u")
    assert "jenis" in refused.value.facts["bidang"]


def test_refused_merges_change_nothing(operator: Actor, pair: tuple[int, int], actor: Make) -> None:
    first, second = pair
    one, two = versions(first, second)
    before = snapshot(pair)
    for role in ("kepala_dinas", "pelatih", "lkks"):
        with pytest.raises(NotPermitted):
            merging.merge(actor(role), first, one, second, two, {}, "m")
    with pytest.raises(NotFound):
        merging.merge(actor("operator", "33.74"), first, one, second, two, {}, "m")
    for stale in ((one + 1, two), (one, two - 1 or 9)):
        with pytest.raises(StaleEdit):
            merging.merge(operator, first, stale[0], second, stale[1], {}, "m")
    for choices in ({"nama": "mana"}, {"warna": "dari"}):
        with pytest.raises(InvalidInput) as refused:
            merging.merge(operator, first, one, second, two, choices, "m")
        assert refused.value.problems[0].code == "pilihan_gabung_keliru"
    with pytest.raises(InvalidInput) as refused:
        merging.merge(operator, first, one, first, one, {}, "m")
    assert refused.value.problems[0].code == "gabung_beda_kabkota"
    registration.request(operator, second, "baru", TODAY, "r2")
    with pytest.raises(InvalidInput) as refused:
        merging.merge(operator, first, one, second, two, {}, "m")
    assert refused.value.problems[0].code == "dua_permohonan_terbuka"
    registration.refuse(operator, profile.profile(operator, second).requests[0].row["id"], 1, "ganda", "r3")
    assert snapshot(pair)[str(first)] == before[str(first)]
    merging.merge(operator, first, one, second, two, {}, "m")
    with pytest.raises(AlreadyDone):
        merging.merge(operator, first, one + 1, second, two + 1, {}, "m")


def test_two_cities_are_not_merged(operator: Actor, pair: tuple[int, int], actor: Make) -> None:
    other = profile.find(actor("admin"), "LKS-33.74-0001")[0]["kode_lks"]
    lks_id = profile.profile(actor("admin"), other).record["id"]
    with pytest.raises(InvalidInput) as refused:
        merging.merge(actor("admin"), lks_id, 1, pair[1], versions(pair[1])[0], {}, "m")
    assert refused.value.problems[0].code == "gabung_beda_kabkota"


def test_taking_back_needs_permission_region_and_a_fresh_token(
    operator: Actor, pair: tuple[int, int], actor: Make
) -> None:
    merge_id = merged(operator, pair)
    with pytest.raises(NotPermitted):
        merging.unmerge(actor("kepala_dinas"), merge_id, "u")
    with pytest.raises(NotFound):
        merging.unmerge(actor("operator", "33.74"), merge_id, "u")
    with pytest.raises(NotFound):
        merging.unmerge(operator, merge_id + 1, "u")
    with pytest.raises(AlreadyDone):
        merging.unmerge(operator, merge_id, "m")
    assert merging.merges(actor("operator", "33.74")).empty
    with pytest.raises(NotPermitted):
        merging.merges(actor("pelatih"))
