"""An invented register of any size, the same for the same seed and day: into a store, or as a workbook to import.

Nothing of it is real: names are put together from a list of virtues, persons are called "Contoh", and it is only ever
written into the temporary directory of a benchmark.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data_access.assets import references, wilayah_rows
from data_access.commands import lks as lks_commands
from data_access.commands import trail
from data_access.engine import writing
from data_access.workbooks import write_lks
from domain.lks import GRADES, add_years
from domain.names import name_key
from domain.permissions import COMMAND_LINE
from domain.wilayah import short_name
from services import clock

Record = dict[str, Any]
SEED = 20_26
BAD_SHARE = 0.02
BATCH = 5_000

_KINDS: dict[str, tuple[str, ...]] = {
    "anak": ("Panti Asuhan", "LKSA", "Yayasan", "PA"),
    "lansia": ("Panti Werdha", "LKS Lansia", "Yayasan"),
    "disabilitas": ("LKS Disabilitas", "Yayasan", "Orsos"),
    "napza": ("IPWL", "LKS", "Yayasan"),
    "tuna_sosial": ("LKS", "Yayasan"),
    "korban_kekerasan": ("LKS", "Rumah Aman"),
    "bencana": ("LKS", "Orsos"),
    "keluarga_miskin": ("LKS", "Orsos", "Yayasan"),
    "lainnya": ("LKS", "Orsos"),
}
_KLUSTER_WEIGHTS = (52, 13, 12, 4, 4, 3, 3, 6, 3)
_VIRTUES = (
    *("Kasih", "Harapan", "Mulia", "Tunas", "Bangsa", "Ikhlas", "Nurul", "Hidayah", "Budi", "Sejahtera", "Damai"),
    *("Karya", "Bakti", "Sinar", "Pelita", "Melati", "Cempaka", "Mandiri", "Insan", "Utama", "Amanah", "Barokah"),
    *("Cahaya", "Dharma", "Embun", "Fajar", "Gema", "Hikmah", "Ibu", "Jaya", "Kurnia", "Lestari", "Mentari"),
    *("Nusantara", "Permata", "Rahmat", "Sahabat", "Taqwa", "Umat", "Wahana", "Yatim", "Bunda", "Cinta", "Doa"),
)  # fmt: skip
_LEGAL_FORMS = {
    "berbadan_hukum": ("yayasan", "perkumpulan", "badan_hukum_lain"),
    "tidak_berbadan_hukum": ("nota_lurah", "nota_camat"),
}
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"),
    *("September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True)
class _Place:
    kode: str
    nama: str
    provinsi: str
    kecamatan: tuple[tuple[str, str], ...]  # (kode, nama)
    lat: float | None
    lon: float | None


def _places() -> list[_Place]:
    """The 514 kab/kota in force, each with its kecamatan."""
    rows = [row for row in wilayah_rows() if row.get("berlaku_sampai") is None]
    provinces = {row["kode"]: row["nama"] for row in rows if row["jenis"] == "provinsi"}
    below: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row["jenis"] == "kecamatan":
            below.setdefault(row["induk"], []).append((row["kode"], row["nama"]))
    return [
        _Place(
            row["kode"],
            short_name(row["jenis"], row["nama"]),
            provinces[row["induk"]],
            tuple(below.get(row["kode"], ())),
            row.get("lat"),
            row.get("lon"),
        )
        for row in rows
        if row["jenis"] in ("kabupaten", "kota")
    ]


def records(count: int, on: date, seed: int = SEED) -> list[Record]:
    """`count` flat records over all kab/kota, as data_access.commands.lks.add takes them, with the place's names beside.

    The first 514 lie in one kab/kota each; the rest by weight, so that some places have a handful and some hundreds.
    """
    chance, places = random.Random(seed), _places()
    weights = [chance.paretovariate(1.4) * (1 + len(place.kecamatan)) for place in places]
    chosen = [*places[:count], *chance.choices(places, weights, k=max(0, count - len(places)))]
    problems = [row["kode"] for row in references()["ppks"]]
    taken: set[tuple[str, str]] = set()
    return [_record(chance, place, number, on, problems, taken) for number, place in enumerate(chosen)]


def _name(chance: random.Random, kluster: str, place: _Place, taken: set[tuple[str, str]]) -> str:
    """A name not yet used in its kab/kota: the register tells institutions of one place apart by it."""
    words = 2
    while True:
        parts = chance.sample(_VIRTUES, words)
        nama = " ".join([chance.choice(_KINDS[kluster]), *parts])
        if (place.kode, name_key(nama)) not in taken:
            taken.add((place.kode, name_key(nama)))
            return nama
        words = 3


def _day(chance: random.Random, on: date, earliest: int, latest: int) -> date:
    return on + timedelta(days=chance.randint(earliest, latest))


def _phone(chance: random.Random) -> str:
    return f"+62812{chance.randrange(10**8):08d}"


def _record(
    chance: random.Random, place: _Place, number: int, on: date, problems: Sequence[str], taken: set[tuple[str, str]]
) -> Record:
    kluster = chance.choices(list(_KINDS), _KLUSTER_WEIGHTS)
    if chance.random() < 0.08:  # works in two kluster
        kluster = sorted({*kluster, chance.choice(list(_KINDS))})
    kecamatan = chance.choice(place.kecamatan) if place.kecamatan and chance.random() < 0.9 else None
    setting = chance.choices(("dalam", "luar", "keduanya", None), (45, 25, 20, 10))[0]
    record: Record = {
        "nama": _name(chance, kluster[0], place, taken),
        "kluster": kluster,
        "kode_wilayah": kecamatan[0] if kecamatan else place.kode,
        "provinsi": place.provinsi,
        "kabkota": place.nama,
        "kecamatan": kecamatan[1] if kecamatan else None,
        "alamat": f"Jalan {chance.choice(_VIRTUES)} {chance.choice(_VIRTUES)} No. {chance.randint(1, 300)}",
        "telepon": _phone(chance) if chance.random() < 0.8 else None,
        "tanggal_berdiri": _day(chance, on, -15_000, -400),
        "ketua": f"Ketua Contoh {number}",
        "ketua_telepon": _phone(chance) if chance.random() < 0.5 else None,
        "sekretaris": f"Sekretaris Contoh {number}" if chance.random() < 0.6 else None,
        "bendahara": f"Bendahara Contoh {number}" if chance.random() < 0.6 else None,
        "setting": setting,
        "binaan_dalam": chance.randint(5, 120) if setting in ("dalam", "keduanya") else None,
        "binaan_luar": chance.randint(5, 2_000) if setting in ("luar", "keduanya") else None,
        "kapasitas": chance.randint(10, 150) if chance.random() < 0.6 else None,
        "layanan": chance.sample(
            ("rehabilitasi_sosial", "jaminan_sosial", "pemberdayaan_sosial", "perlindungan_sosial"),
            chance.randint(1, 2),
        ),
        "masalah": chance.sample(list(problems), chance.randint(1, 3)),
        "lingkup_kerja": chance.choice(("nasional", "provinsi", "kabkota")),
        "sdm_pengurus": chance.randint(3, 15),
        "sdm_pekerja_sosial": chance.randint(0, 6) if chance.random() < 0.7 else None,
        "diverifikasi_pada": _day(chance, on, -900, 0) if chance.random() < 0.75 else None,
    }
    if place.lat is not None and place.lon is not None and chance.random() < 0.7:
        record |= {
            "lat": round(place.lat + chance.gauss(0, 0.03), 6),
            "lon": round(place.lon + chance.gauss(0, 0.03), 6),
        }
    if kecamatan and chance.random() < 0.6:
        born = _day(chance, on, -25_000, -9_000)
        digits = kecamatan[0].replace(".", "")
        record["ketua_nik"] = f"{digits}{born:%d%m%y}{chance.randint(1, 9_999):04d}"
    return {name: value for name, value in (record | _axes(chance, on)).items() if value is not None}


def _axes(chance: random.Random, on: date) -> Record:
    """The five axes with their dates and papers, each independent of the others; some not filled in."""
    hukum = chance.choices(("berbadan_hukum", "tidak_berbadan_hukum", None), (70, 22, 8))[0]
    daftar = chance.choices(("terdaftar", "belum_terdaftar", "dicabut", None), (62, 25, 2, 11))[0]
    grade = chance.choices(("A", "B", "C", "belum", "tidak_layak", None), (14, 22, 9, 38, 2, 15))[0]
    axes: Record = {
        "hukum": hukum,
        "hukum_tanggal": _day(chance, on, -6_000, -30) if hukum else None,
        "bentuk_hukum": chance.choice(_LEGAL_FORMS[hukum]) if hukum else None,
        "aktif": chance.choices(("aktif", "tidak_aktif", "alamat_tidak_ditemukan", None), (80, 9, 3, 8))[0],
        "aktif_tanggal": _day(chance, on, -700, -1),
        "tumbuh": chance.choices(("embrio", "tumbuh", "berkembang", "mandiri", None), (10, 35, 30, 10, 15))[0],
        "daftar": daftar,
        "akreditasi": grade,
    }
    if not axes["aktif"]:
        axes["aktif_tanggal"] = None
    if daftar == "terdaftar":
        given = _day(chance, on, -1_300, -1)
        axes |= {
            "daftar_tanggal": given,
            "daftar_nomor": f"460/{chance.randint(1, 9_999):04d}/{given.year}",
            "daftar_sampai": add_years(given, 3) if chance.random() < 0.9 else None,
        }
    if grade in GRADES:
        given = _day(chance, on, -2_000, -1)
        axes |= {
            "akreditasi_tanggal": given,
            "akreditasi_nomor": f"AK-{chance.randint(1, 99_999):05d}",
            "akreditasi_sampai": add_years(given, 5),
        }
    return axes


def fill_store(count: int, on: date, seed: int = SEED) -> list[Record]:
    """Adds `count` records to the store in use, with the revision bumped, and returns them in the order of their ids."""
    made, now = records(count, on, seed), clock.now()
    with writing() as connection:
        trail.bump(connection, "register")
        for start in range(0, len(made), BATCH):
            lks_commands.add(connection, made[start : start + BATCH], at=now, by=COMMAND_LINE)
    return made


def _text_day(chance: random.Random, day: date) -> str:
    written = (f"{day:%d/%m/%Y}", f"{day.day} {_MONTHS[day.month - 1]} {day.year}", f"{day:%d-%m-%Y}", day.isoformat())
    return chance.choice(written)


def _messy(chance: random.Random, record: Record) -> Record:
    """The record as offices write it: places, days, numbers and telephones as text in the usual ways."""
    row = dict(record)
    del row["kode_wilayah"]  # a workbook of an office names the place
    if row["kabkota"].startswith("Kab. ") and chance.random() < 0.5:
        row["kabkota"] = chance.choice(("Kabupaten ", "KABUPATEN ", "Kab ")) + row["kabkota"].removeprefix("Kab. ")
    for name, value in record.items():
        if isinstance(value, date) and chance.random() < 0.3:
            row[name] = _text_day(chance, value)
    for name in ("lat", "lon"):
        if name in row and chance.random() < 0.2:
            row[name] = f"{row[name]:.6f}".replace(".", ",")
    if row.get("binaan_luar", 0) > 999 and chance.random() < 0.5:
        row["binaan_luar"] = f"{row['binaan_luar']:,}".replace(",", ".") + chance.choice(("", ",0"))
    for name in ("telepon", "ketua_telepon"):
        if name in row and chance.random() < 0.6:
            row[name] = "0" + row[name].removeprefix("+62")
    return row


_BAD: tuple[Record, ...] = (
    {"nama": None},
    {"kabkota": "Kabupaten Antah Berantah", "kecamatan": None, "provinsi": None},
    {"ketua_nik": "123456789012345"},
    {"diverifikasi_pada": "31/02/2024"},
    {"daftar": "mungkin"},
    {"lat": "95,5", "lon": "110,2"},
)


def workbook_rows(count: int, on: date, seed: int = SEED) -> tuple[list[Record], int]:
    """(rows by field id as an office would write them, how many of them must be refused)."""
    chance, rows, bad = random.Random(seed + 1), [], 0
    for record in records(count, on, seed):
        row = _messy(chance, record)
        if chance.random() < BAD_SHARE:
            row |= chance.choice(_BAD)
            bad += 1
        rows.append(row)
    return rows, bad


def workbook(count: int, on: date, seed: int = SEED) -> tuple[bytes, int]:
    """(an .xlsx of `count` rows below the template's headers, how many of them must be refused)."""
    rows, bad = workbook_rows(count, on, seed)
    listed = references()
    refs = {name: listed[name] for name in ("kluster", "bentuk_pelayanan", "ppks", "badan_hukum")}
    return write_lks.export_lks(rows, {"Catatan": "Data contoh, dibuat untuk mengukur kecepatan."}, refs), bad


_TYPOS = ("swap", "drop", "double")


def misspelled(chance: random.Random, nama: str) -> str:
    """A search for the name as somebody would mistype it: one word changed by a letter, sometimes the kind left out."""
    words = nama.split()
    at = max(range(len(words)), key=lambda place: (len(words[place]), place))
    word = words[at]
    place = chance.randint(1, max(1, len(word) - 2))
    kind = chance.choice(_TYPOS)
    if kind == "swap":
        word = word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    elif kind == "drop":
        word = word[:place] + word[place + 1 :]
    else:
        word = word[:place] + word[place] + word[place:]
    words[at] = word.lower()
    return " ".join(words[1:] if len(words) > 2 and chance.random() < 0.5 else words)


def queries(made: Sequence[Record], count: int = 50, seed: int = SEED) -> list[tuple[str, str]]:
    """(misspelled search, the name that was meant) for `count` names that the register holds."""
    chance = random.Random(seed + 2)
    meant = [chance.choice(made)["nama"] for _ in range(count)]
    return [(misspelled(chance, nama), nama) for nama in meant]
