"""The one writer of LKS: whole records in and out, each kind of change, versions, codes, and no NIK in plain text."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access import secrets
from data_access.commands import lks as commands
from data_access.commands.lks import Change
from data_access.engine import engine, reading, writing
from data_access.queries import records
from data_access.tables import lks, lks_binaan, lks_pengurus, lks_pilihan, lks_sumbu
from domain.lks import FIELDS, SCALARS
from domain.permissions import COMMAND_LINE, Actor, Scope

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NIK, OTHER_NIK = "3371010101900001", "3371014505910002"
EVERYWHERE = Scope(None)
FULL: dict[str, Any] = {
    "kode_wilayah": "33.71.01", "nama": "Ysn. Contoh Lengkap", "singkatan": "YCL", "desa": "Contoh",
    "alamat": "Jl. Contoh No. 1", "lat": -7.5, "lon": 110.25, "telepon": "+62811000001",
    "email": "uji@contoh.invalid", "situs": "https://contoh.invalid", "media_sosial": "@contoh",
    "pengisi_nama": "Pengisi Contoh", "pengisi_jabatan": "Staf", "pengisi_telepon": "+62811000002",
    "pengisi_email": "isi@contoh.invalid", "tempat_berdiri": "Magelang", "tanggal_berdiri": date(1999, 8, 17),
    "akta_nomor": "007", "notaris": "Notaris Contoh", "pengesahan_nomor": "P-1", "lembaran_negara": "LN-1",
    "sk_kemenkumham": "AHU-1", "bentuk_hukum": "yayasan", "npwp": "001234567890000", "bank_nama": "Bank Contoh",
    "bank_rekening": "0012345", "bank_pemilik": "Yayasan Contoh", "visi": "v", "misi": "m", "tujuan": "t",
    "lingkup_kerja": "kabkota", "sifat_pelayanan": "operasional", "posisi": "pusat", "setting": "keduanya",
    "lokasi_layanan": "Panti", "kapasitas": 40, "program_daerah": "MONCER", "sdm_pembina": 1, "sdm_pengawas": 0,
    "sdm_pengurus": 3, "sdm_pekerja_sosial": 0, "sdm_lain": 5, "diverifikasi_pada": date(2026, 1, 5),
    "hasil_observasi": "Baik", "tindak_lanjut": "-", "catatan": "=1+1 <b>",
    "hukum": "berbadan_hukum", "hukum_tanggal": date(2000, 1, 1), "aktif": "aktif",
    "aktif_tanggal": date(2026, 1, 5), "tumbuh": "embrio", "tumbuh_tanggal": date(2025, 2, 2),
    "daftar": "terdaftar", "daftar_tanggal": date(2024, 3, 3), "daftar_nomor": "460/1", "daftar_penerbit": "Dinas",
    "daftar_sampai": date(2027, 3, 2), "akreditasi": "B", "akreditasi_tanggal": date(2023, 4, 4),
    "akreditasi_nomor": "AK-1", "akreditasi_sampai": date(2028, 4, 3), "akreditasi_aturan": "2018",
    "kluster": ["anak", "disabilitas"], "layanan": ["rehabilitasi_sosial"], "masalah": ["ppks01", "ppks02"],
    "sasaran": ["a"], "sarana": ["b", "c"], "layanan_lain": ["d"],
    "ketua": "Ketua Contoh", "ketua_telepon": "+62811000003", "ketua_alamat": "Jl. Ketua", "sekretaris": "Sek Contoh",
    "sekretaris_telepon": "+62811000004", "bendahara": "Ben Contoh", "bendahara_telepon": "+62811000005",
    "ketua_nik": NIK, "binaan_dalam": 12, "binaan_luar": 0,
}  # fmt: skip


def add(*items: dict[str, Any], at: datetime = NOW) -> list[int]:
    with writing() as connection:
        return commands.add(connection, list(items), at=at, by=COMMAND_LINE)


def record(lks_id: int) -> dict[str, Any]:
    with reading() as connection:
        return records.by_ids(connection, EVERYWHERE, [lks_id])[lks_id]


def change(lks_id: int, reason: str | None = None, **fields: Any) -> list[int]:
    before = record(lks_id)
    with writing() as connection:
        return commands.change(connection, [Change(before, fields, reason)], at=LATER, by=COMMAND_LINE)


def history(lks_id: int, axis: str) -> list[Any]:
    query = select(lks_sumbu).where(lks_sumbu.c.lks_id == lks_id, lks_sumbu.c.sumbu == axis).order_by(lks_sumbu.c.id)
    with reading() as connection:
        return list(connection.execute(query).mappings())


def counts(lks_id: int) -> dict[str, int]:
    with reading() as connection:
        return {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(table.c.lks_id == lks_id)
            ).scalar_one()
            for table in (lks_pilihan, lks_sumbu, lks_pengurus, lks_binaan)
        }


def test_the_full_record_names_every_field() -> None:
    assert set(FULL) == set(FIELDS)


def test_a_record_comes_back_as_it_went_in(fresh_db: Path) -> None:
    [bare, full] = add({"nama": "Lain", "kode_wilayah": "33.72"}, FULL)
    found = record(full)
    assert {name: found.get(name) for name in FIELDS if name != "ketua_nik"} == {
        name: value for name, value in FULL.items() if name != "ketua_nik"
    }
    assert secrets.unseal(found["ketua_nik_sandi"]) == NIK
    assert found["ketua_nik_sidik"] == secrets.fingerprint(NIK)
    assert found["ketua_nik_akhir"] == "0001"
    assert (found["provinsi_kode"], found["kabkota_kode"], found["kecamatan_kode"]) == ("33", "33.71", "33.71.01")
    assert (found["nama_kunci"], found["nama_cari"]) == ("yayasan contoh lengkap", "contoh lengkap")
    assert (found["terisi"], found["versi"], found["contoh"]) == (15, 1, False)
    assert found["dibuat_pada"] == found["diubah_pada"] == NOW
    # the other row of the same call got nothing of it
    other = record(bare)
    assert {name: other[name] for name in SCALARS if other[name] is not None} == {"nama": "Lain"}
    assert (other["kode_lks"], other["kode_wilayah"], other["terisi"]) == ("LKS-33.72-0001", "33.72", 0)
    assert counts(bare) == {"lks_pilihan": 0, "lks_sumbu": 0, "lks_pengurus": 0, "lks_binaan": 0}


def test_each_axis_starts_its_history(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    for axis, nilai in (("hukum", "berbadan_hukum"), ("aktif", "aktif"), ("tumbuh", "embrio"), ("akreditasi", "B")):
        [row] = history(lks_id, axis)
        assert (row["nilai"], row["alasan"], row["dicatat_pada"]) == (nilai, None, NOW)
    [row] = history(lks_id, "daftar")
    told = ("nilai", "tanggal", "nomor", "penerbit", "berlaku_sampai", "dicatat_oleh")
    assert [row[name] for name in told] == [
        "terdaftar", date(2024, 3, 3), "460/1", "Dinas", date(2027, 3, 2), "baris-perintah",
    ]  # fmt: skip


def test_a_scalar_changes_alone(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    before = counts(lks_id)
    assert change(lks_id, nama="Panti Asuhan Baru", kapasitas=None) == []
    found = record(lks_id)
    assert (found["nama"], found["nama_kunci"], found["nama_cari"]) == (
        "Panti Asuhan Baru",
        "panti asuhan baru",
        "baru",
    )
    assert (found["kapasitas"], found["versi"], found["diubah_pada"]) == (None, 2, LATER)
    assert found["dibuat_pada"] == NOW
    rest = set(FIELDS) - {"nama", "kapasitas", "ketua_nik"}
    assert {name: found.get(name) for name in rest} == {name: FULL[name] for name in rest}
    assert counts(lks_id) == before


def test_an_axis_gets_a_new_row_with_its_reason_and_whole_state(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    assert change(lks_id, "Cabut izin", daftar="dicabut", daftar_tanggal=date(2026, 11, 1)) == []
    first, second = history(lks_id, "daftar")
    assert (first["nilai"], first["alasan"]) == ("terdaftar", None)
    assert (second["nilai"], second["tanggal"], second["alasan"]) == ("dicabut", date(2026, 11, 1), "Cabut izin")
    assert (second["nomor"], second["dicatat_pada"]) == ("460/1", LATER)
    assert [len(history(lks_id, axis)) for axis in ("hukum", "aktif", "tumbuh", "akreditasi")] == [1, 1, 1, 1]
    assert record(lks_id)["daftar"] == "dicabut"


def test_choices_are_replaced_per_field(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    assert change(lks_id, kluster=["lansia", "lansia"], masalah=[]) == []
    found = record(lks_id)
    assert (found["kluster"], found["masalah"], found["layanan"]) == (["lansia"], [], ["rehabilitasi_sosial"])
    assert found["terisi"] == 15, "masalah is not a core field, kluster is still filled"
    change(lks_id, kluster=[])
    assert record(lks_id)["terisi"] == 14


def test_an_officer_keeps_the_nik_that_a_change_does_not_mention(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    change(lks_id, ketua="Ketua Contoh Dua", bendahara=None, bendahara_telepon=None)
    found = record(lks_id)
    assert (found["ketua"], found["ketua_telepon"], found["sekretaris"]) == (
        "Ketua Contoh Dua", "+62811000003", "Sek Contoh",
    )  # fmt: skip
    assert secrets.unseal(found["ketua_nik_sandi"]) == NIK
    assert "bendahara" not in found
    assert counts(lks_id)["lks_pengurus"] == 2


def test_a_nik_is_replaced_and_emptied_when_mentioned(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    change(lks_id, ketua_nik=OTHER_NIK)
    assert secrets.unseal(record(lks_id)["ketua_nik_sandi"]) == OTHER_NIK
    change(lks_id, ketua_nik=None)
    found = record(lks_id)
    assert "ketua_nik_sidik" not in found
    assert found["ketua"] == "Ketua Contoh"


def test_a_nik_without_a_name_is_not_lost(fresh_db: Path) -> None:
    """A workbook with a NIK column but no chairman's name lost the NIK without a word."""
    [lks_id] = add({"nama": "Lain", "kode_wilayah": "33.71", "ketua_nik": NIK})
    assert record(lks_id)["ketua_nik_akhir"] == "0001"


def test_other_officers_and_dated_clients_are_left_alone(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    with writing() as connection:
        connection.execute(lks_pengurus.insert().values(lks_id=lks_id, jabatan="pembina", nama="Pembina Contoh"))
        dated = {"kelompok": "semua", "setting": "dalam", "periode": "2025", "jumlah": 7}
        connection.execute(lks_binaan.insert().values(lks_id=lks_id, **dated))
    change(lks_id, ketua="Lain", binaan_dalam=13)
    assert counts(lks_id) == {"lks_pilihan": 9, "lks_sumbu": 5, "lks_pengurus": 4, "lks_binaan": 3}
    assert record(lks_id)["binaan_dalam"] == 13


def test_clients_change_per_setting(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    change(lks_id, binaan_dalam=None, binaan_luar=4)
    found = record(lks_id)
    assert ("binaan_dalam" in found, found["binaan_luar"]) == (False, 4)


def test_a_move_changes_all_three_codes_and_not_the_readable_one(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    change(lks_id, kode_wilayah="33.72")
    found = record(lks_id)
    assert (found["provinsi_kode"], found["kabkota_kode"], found["kecamatan_kode"]) == ("33", "33.72", None)
    assert (found["kode_wilayah"], found["kode_lks"], found["terisi"]) == ("33.72", "LKS-33.71-0001", 14)


def test_a_stale_change_changes_nothing_and_is_told(fresh_db: Path) -> None:
    [stale, good] = add(FULL, {"nama": "Lain", "kode_wilayah": "33.72"})
    old, fresh = record(stale), record(good)
    change(stale, nama="Sudah diubah")
    between = (record(stale), counts(stale))
    fields = {"nama": "Terlambat", "kluster": ["lansia"], "aktif": "tidak_aktif", "ketua": "X", "binaan_dalam": 99}
    with writing() as connection:
        told = commands.change(
            connection, [Change(old, fields, "Terlambat"), Change(fresh, {"nama": "Baru"})], at=LATER, by=COMMAND_LINE
        )
    assert told == [stale]
    assert (record(stale), counts(stale)) == between
    assert (record(good)["nama"], record(good)["versi"]) == ("Baru", 2)


def test_codes_run_on_per_kabkota_also_past_archived_ones(fresh_db: Path) -> None:
    def codes(ids: list[int]) -> list[str]:
        return [record(lks_id)["kode_lks"] for lks_id in ids]

    plain = {"nama": "Uji", "kode_wilayah": "33.71"}
    first = add(plain, plain | {"kode_wilayah": "33.72.01"}, plain | {"kode_wilayah": "33.71.02"})
    assert codes(first) == ["LKS-33.71-0001", "LKS-33.72-0001", "LKS-33.71-0002"]
    with writing() as connection:
        assert commands.archive(connection, first[2], 1, at=NOW, reason="Uji", into=None)
    assert codes(add(plain)) == ["LKS-33.71-0003"]


def test_archive_and_restore_go_by_version(fresh_db: Path) -> None:
    [lks_id] = add(FULL)
    with writing() as connection:
        assert commands.archive(connection, lks_id, 9, at=NOW, reason="Salah versi", into=None) is False
        assert commands.archive(connection, lks_id, 1, at=NOW, reason="Tutup", into=None) is True
    found = record(lks_id)
    assert (found["diarsipkan_pada"], found["arsip_alasan"], found["versi"]) == (NOW, "Tutup", 2)
    with writing() as connection:
        assert commands.archive(connection, lks_id, 2, at=None, reason=None, into=None) is True
    assert record(lks_id)["diarsipkan_pada"] is None


def test_removing_takes_every_child_along_and_no_other_row(fresh_db: Path) -> None:
    [gone, kept] = add(FULL, FULL | {"nama": "Tetap"})
    with writing() as connection:
        commands.remove(connection, [gone])
    with reading() as connection:
        assert list(records.by_ids(connection, EVERYWHERE, [gone, kept])) == [kept]
        assert connection.execute(select(lks.c.id)).scalars().all() == [kept]
    assert set(counts(gone).values()) == {0}
    assert counts(kept) == {"lks_pilihan": 9, "lks_sumbu": 5, "lks_pengurus": 3, "lks_binaan": 2}


def test_nothing_to_add_is_nothing(fresh_db: Path) -> None:
    assert add() == []


def test_more_rows_than_one_statement_may_bind(fresh_db: Path) -> None:
    ids = add(
        *[{"nama": f"LKS {n}", "kode_wilayah": "33.71", "kluster": ["anak"], "binaan_dalam": n} for n in range(1000)]
    )
    with reading() as connection:
        found = records.by_ids(connection, EVERYWHERE, ids)
    assert [found[lks_id]["nama"] for lks_id in ids] == [f"LKS {n}" for n in range(1000)]
    assert [found[lks_id]["binaan_dalam"] for lks_id in ids] == list(range(1000))
    with writing() as connection:
        steps = [Change(found[lks_id], {"kluster": ["lansia"], "ketua": "K", "binaan_dalam": 1}) for lks_id in ids]
        assert commands.change(connection, steps, at=LATER, by=COMMAND_LINE) == []
        commands.remove(connection, ids[:999])
    with reading() as connection:
        left = records.by_ids(connection, EVERYWHERE, ids)
    assert {lks_id: (row["kluster"], row["ketua"], row["binaan_dalam"]) for lks_id, row in left.items()} == {
        ids[999]: (["lansia"], "K", 1)
    }


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("daftar_sampai", "2027-03-02", date(2027, 3, 2)),
        ("nama", "2027-03-02", "2027-03-02"),
        ("kapasitas", 4, 4),
        ("kluster", ["anak"], ["anak"]),
        ("hukum_tanggal", None, None),
    ],
)
def test_values_kept_as_json_get_their_type_back(name: str, text: Any, value: Any) -> None:
    assert commands.typed(name, text) == value


def test_no_nik_stands_in_the_file_in_plain_text(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    if engine().dialect.name != "sqlite":
        pytest.skip("searches the bytes of the SQLite file; this run is on PostgreSQL")
    [lks_id] = add(FULL)
    change(lks_id, ketua_nik=OTHER_NIK)
    engine().dispose()
    files = [path for path in fresh_db.iterdir() if path.name.startswith("pilar.db")]
    content = b"".join(path.read_bytes() for path in files)
    assert b"Ysn. Contoh Lengkap" in content, "the search finds what is there"
    for nik in (NIK, OTHER_NIK):
        assert nik.encode() not in content
        assert nik[:12].encode() not in content
