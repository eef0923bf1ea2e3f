"""What is shipped with the product (assets/geo, referensi, contoh, formulir), read into typed rows and forms."""

import csv
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from domain.forms.definition import FORM_KINDS, Form
from domain.forms.parsing import from_toml
from domain.wilayah import dotted, parent

ASSETS = Path(__file__).resolve().parents[1] / "assets"
Row = dict[str, Any]

REFERENCES = (
    "kluster",
    "jenis_layanan",
    "bentuk_pelayanan",
    "ppks",
    "psks",
    "badan_hukum",
    "tingkat_tumbuh",
    "pilar",
    "sumber_bantuan",
)
_DATES = ("berlaku_mulai", "berlaku_sampai", "tanggal", "tanggal_berdiri", "hukum_tanggal")
_INTEGERS = (
    *("urutan", "masa_tahun", "binaan_dalam", "binaan_luar", "kapasitas"),
    *("sdm_pengurus", "sdm_pekerja_sosial", "sdm_lain", "nilai_rupiah", "penerima", "tahun_lalu"),
)
_FLAGS = ("ada", "anak", "asumsi", "sekitar", "wajib")
_LISTS = ("kluster", "layanan", "masalah")


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _converters(lists: bool) -> dict[str, Callable[[str], Any]]:
    table: dict[str, Callable[[str], Any]] = dict.fromkeys(_DATES, date.fromisoformat)
    table |= dict.fromkeys(_INTEGERS, int) | dict.fromkeys(("lat", "lon"), float)
    table |= {name: lambda text: text == "1" for name in _FLAGS}
    if lists:
        table |= {name: lambda text: text.split(";") for name in _LISTS}
    return table


def _typed(path: Path, lists: bool = False) -> list[Row]:
    convert = _converters(lists)
    return [
        {name: convert.get(name, str)(text) if text else None for name, text in record.items()}
        for record in _records(path)
    ]


def _bps() -> tuple[dict[str, str], set[str]]:
    """BPS codes of 2020 by current Kemendagri code, and the current codes whose BPS code has changed since."""
    codes: dict[str, str] = {}
    changed: set[str] = set()
    for record in _records(ASSETS / "geo" / "kode_bps.csv"):
        kode = dotted(record["kode_kemendagri"])
        codes[kode] = record["kode_bps_2020"]
        if record["catatan"]:
            changed.add(kode)
    return codes, changed


def wilayah_changes() -> list[Row]:
    """Splits and renames: kode_lama, kode_baru (dotted), nama_lama, berlaku_mulai, jenis, dasar, sumber."""
    return [
        row | {"kode_lama": dotted(row["kode_lama"]), "kode_baru": dotted(row["kode_baru"])}
        for row in _typed(ASSETS / "geo" / "perubahan.csv")
    ]


def wilayah_rows() -> list[Row]:
    """Every province, kab/kota and kecamatan, superseded kab/kota codes included, parents and predecessors first.

    Keys: kode (dotted), nama, jenis, induk, kode_bps, lat, lon, berlaku_mulai, berlaku_sampai (the first day on which
    the code no longer counts), pendahulu. A superseded row carries the BPS code of 2020; its successor has none,
    because BPS renumbered it too.
    """
    bps, renumbered = _bps()
    splits = {row["kode_baru"]: row for row in wilayah_changes() if row["jenis"] == "pemekaran"}
    provinsi: list[Row] = []
    kabkota: list[Row] = []
    for record in _typed(ASSETS / "geo" / "wilayah.csv"):
        kode = dotted(record["kode_kemendagri"])
        split = splits.get(kode, {})
        row = {
            "kode": kode,
            "nama": record["nama"],
            "jenis": record["jenis"],
            "induk": parent(kode),
            "kode_bps": None if kode in renumbered else bps.get(kode),
            "lat": record["lat"],
            "lon": record["lon"],
            "berlaku_mulai": split.get("berlaku_mulai"),
            "berlaku_sampai": None,
            "pendahulu": split.get("kode_lama"),
        }
        (provinsi if record["jenis"] == "provinsi" else kabkota).append(row)
    for row in provinsi:
        row["kode_bps"] = _bps_provinsi(row["kode"], kabkota)
    current = {row["kode"]: row for row in kabkota}
    return [*provinsi, *_superseded(current, bps, splits), *kabkota, *_kecamatan()]


def _bps_provinsi(kode: str, kabkota: list[Row]) -> str | None:
    """The first two digits of the BPS codes below a province; None where they were renumbered in 2022."""
    prefixes = {row["kode_bps"][:2] for row in kabkota if row["induk"] == kode and row["kode_bps"]}
    return prefixes.pop() if len(prefixes) == 1 else None


def _superseded(current: dict[str, Row], bps: dict[str, str], splits: dict[str, Row]) -> list[Row]:
    return [
        current[kode_baru]
        | {
            "kode": change["kode_lama"],
            "nama": change["nama_lama"],
            "induk": parent(change["kode_lama"]),
            "kode_bps": bps[kode_baru],
            "berlaku_mulai": None,
            "berlaku_sampai": change["berlaku_mulai"],
            "pendahulu": None,
        }
        for kode_baru, change in splits.items()
        if kode_baru in current
    ]


def _kecamatan() -> Iterator[Row]:
    for record in _typed(ASSETS / "geo" / "kecamatan.csv"):
        kode = dotted(record["kode_kemendagri"])
        yield {
            "kode": kode,
            "nama": record["nama"],
            "jenis": "kecamatan",
            "induk": parent(kode),
            "kode_bps": None,
            "lat": record["lat"],
            "lon": record["lon"],
            "berlaku_mulai": None,
            "berlaku_sampai": None,
            "pendahulu": None,
        }


def wilayah_names() -> list[Row]:
    """The names of renamed regions, old and new: kode, nama, berlaku_mulai, berlaku_sampai (exclusive), dasar."""
    now = {row["kode"]: row["nama"] for row in wilayah_rows()}
    names: list[Row] = []
    for change in wilayah_changes():
        if change["jenis"] != "ganti_nama":
            continue
        kode, since = change["kode_baru"], change["berlaku_mulai"]
        old = {"nama": change["nama_lama"], "berlaku_mulai": None, "berlaku_sampai": since}
        new = {"nama": now[kode], "berlaku_mulai": since, "berlaku_sampai": None}
        names += [{"kode": kode} | period | {"dasar": change["dasar"]} for period in (old, new)]
    return names


def references() -> dict[str, list[Row]]:
    """The versioned lists by name (see REFERENCES), rows as in the CSV; wilayah "" is everywhere."""
    return {name: _regional(f"{name}.csv") for name in REFERENCES}


def _regional(name: str) -> list[Row]:
    """Rows of a reference file whose empty region means everywhere, kept as an empty text."""
    return [row | {"wilayah": row["wilayah"] or ""} for row in _typed(ASSETS / "referensi" / name)]


def accreditation_rules() -> list[Row]:
    """Grade to validity by rule version: versi, peringkat, masa_tahun (None = not known yet), dates, basis, note."""
    return _typed(ASSETS / "referensi" / "aturan_akreditasi.csv")


def document_checklists() -> list[Row]:
    """Registration documents by region: wilayah ("" = default), kode, nama, wajib, urutan, dates, source, note."""
    return _regional("persyaratan_berkas.csv")


def legal_bases() -> list[Row]:
    """Legal bases: kode, judul, status (berlaku, diganti, belum_diperiksa), diganti_oleh, dates, source, note."""
    return _typed(ASSETS / "referensi" / "dasar_hukum.csv")


def region_settings() -> list[Row]:
    """Settings by region: wilayah ("" = default), kunci, nilai (text), satuan, asumsi, dates, source, note."""
    return _regional("pengaturan.csv")


def time_zones() -> dict[str, str]:
    """WIB, WITA or WIT by the code of the province."""
    return {row["provinsi"]: row["zona"] for row in _typed(ASSETS / "referensi" / "zona_waktu.csv")}


def published_figures() -> list[Row]:
    """Figures exactly as articles and news published them.

    Keys: kode_wilayah (dotted; None = Indonesia), ukuran, nilai (float), sekitar (bool), satuan, tanggal, sumber_judul,
    sumber_kunci, batas (lebih_dari, kurang_dari or None), url, kutipan_catatan.
    """
    return [
        row | {"kode_wilayah": row["kode_wilayah"] and dotted(row["kode_wilayah"]), "nilai": float(row["nilai"])}
        for row in _typed(ASSETS / "contoh" / "angka_publikasi.csv")
    ]


def sample_lks(today: date) -> list[Row]:
    """The invented LKS, typed by the LKS fields, with contoh=True; dates stand at fixed distances from `today`."""
    return [_dated(row, today) | {"contoh": True} for row in _typed(ASSETS / "contoh" / "lks_contoh.csv", lists=True)]


def sample_documents(today: date) -> list[Row]:
    """Invented documents: kode_lks, syarat (code of the checklist), ada, nomor, tanggal, berlaku_sampai, catatan."""
    return [_dated(row, today) for row in _typed(ASSETS / "contoh" / "berkas_contoh.csv")]


def sample_aid(today: date) -> list[Row]:
    """Invented aid: kode_lks, tahun, jenis, sumber (of sumber_bantuan), nilai_rupiah, penerima, catatan."""
    rows = _typed(ASSETS / "contoh" / "bantuan_contoh.csv")
    return [row | {"tahun": today.year - row.pop("tahun_lalu")} for row in rows]


def sample_events() -> list[Row]:
    """The five published events with what is invented around them (assets/contoh/kegiatan_contoh.toml), each with its
    zone."""
    with (ASSETS / "contoh" / "kegiatan_contoh.toml").open("rb") as file:
        return list(tomllib.load(file)["kegiatan"])


@cache
def agenda_templates() -> dict[str, list[Row]]:
    """What each kind of meeting is offered as its agenda (assets/rapat/agenda.toml): judul, uraian, menit, panel."""
    with (ASSETS / "rapat" / "agenda.toml").open("rb") as file:
        return tomllib.load(file)


def sample_meetings() -> list[Row]:
    """The invented meetings, one set per article region (assets/contoh/rapat_contoh.toml); days count from loading."""
    with (ASSETS / "contoh" / "rapat_contoh.toml").open("rb") as file:
        return list(tomllib.load(file)["rapat"])


def sample_lkks() -> Row:
    """The invented LKKS of the article regions (assets/contoh/lkks_contoh.toml): bidang and posts of all, then each."""
    with (ASSETS / "contoh" / "lkks_contoh.toml").open("rb") as file:
        return tomllib.load(file)


def sample_applications() -> list[Row]:
    """The invented online applications (assets/contoh/pengajuan_contoh.toml)."""
    with (ASSETS / "contoh" / "pengajuan_contoh.toml").open("rb") as file:
        return list(tomllib.load(file)["pengajuan"])


def _dated(row: Row, today: date) -> Row:
    """The row with each whole-day offset `<field>_hari` replaced by the date `<field>`."""
    dates = {
        name.removesuffix("_hari"): today + timedelta(days=int(value)) if value else None
        for name, value in row.items()
        if name.endswith("_hari")
    }
    return {name: value for name, value in row.items() if not name.endswith("_hari")} | dates


@cache
def ready_made_forms() -> dict[str, Form]:
    """The ready-made forms (assets/formulir) by their kode, in the order in which a Bimtek needs them."""
    forms = [from_toml(path.read_text(encoding="utf-8")) for path in (ASSETS / "formulir").glob("*.toml")]
    forms.sort(key=lambda form: (FORM_KINDS.index(form.jenis), form.kode))
    return {form.kode: form for form in forms}
