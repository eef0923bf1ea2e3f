"""The register's documents before they are issued: each a report to be laid out and the typed tables it was made of."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import pandas as pd

from data_access.engine import reading
from domain import figures
from domain.errors import FileRefused, NotFound
from domain.filters import EMPTY, EXPIRED, Filters
from domain.impor.columns import ENUMS
from domain.lks import EXPIRY_DAYS, quarter_start
from domain.permissions import Actor, Permission, require
from reports.model import Bars, Block, Figures, Heading, Paragraph, Report, Signature, Signatures, lengths, plain
from reports.sheets import DAY, NUMBER, TEXT, Field, Sheet, printed
from services import changes, register, wording
from services.selection import labels

MOST_ROWS = 2_000  # of a document to be read on paper; the whole register leaves as a workbook of its own
_WIDE = ("daftar_lks", "segera_berakhir")  # lists of more columns than stand beside each other on an upright page
Words = Mapping[str, Any]


@dataclass(frozen=True)
class Draft:
    """A document as it would be issued now; contoh: none of the LKS in it is a real one."""

    jenis: str
    judul: str
    wilayah: str  # "" is the whole country
    tempat: str
    on: date
    contoh: bool
    laporan: Report
    lembar: tuple[Sheet, ...]
    tentang: Mapping[str, str]

    def frozen(self) -> dict[str, Any]:
        """What is kept of it, as plain JSON data."""
        sheets = [sheet.as_data() for sheet in self.lembar]
        return {
            "laporan": self.laporan.as_data(),
            "lembar": sheets,
            "tentang": dict(self.tentang),
            "tempat": self.tempat,
        }


@dataclass(frozen=True)
class _Asked:
    """For whom, narrowed how, as of when, and what the place and the filters are called."""

    by: Actor
    filters: Filters
    on: date
    tempat: str
    pemilik: str  # whose paper it is: dinas, lkks or nasional
    kantor: str
    kluster: Mapping[str, str]


Made = tuple[list[Block], list[Sheet]]


def build(by: Actor, jenis: str, filters: Filters, on: date) -> Draft:
    """A document of a kind over the LKS that the filters leave; NotFound for a region outside the actor's.

    FileRefused when its list would be longer than MOST_ROWS.
    """
    require(by, Permission.EXPORT_REGISTER)
    if jenis not in KINDS:
        raise NotFound()
    words, root = texts(), by.scope.narrow(filters.wilayah).root
    office = _office(by, root)
    with reading() as connection:
        named = labels(connection, [kode for kode in (root, office) if kode], on)
    if root and root not in named:
        raise NotFound("wilayah_tidak_dikenal", kode=root)
    owner = "nasional" if office is None else "lkks" if by.role.id == "lkks" else "dinas"
    kantor = words[f"kop_{owner}"].format(tempat=_whole(named[office], words) if office else "")
    place = named[root][2] if root else "Indonesia"
    asked = _Asked(by, filters, on, place, owner, kantor, register.kluster_names(on))
    total = register.summary(by, filters, on).total
    if jenis == "daftar_lks" and total > MOST_ROWS:
        raise _too_long(total)
    blocks, sheets = KINDS[jenis](asked, words)
    samples = register.sample_count(by, filters, on)
    told = {
        "judul": words["judul"][jenis],
        "tempat": asked.tempat,
        "kode": root or "Indonesia",
        "tanggal": figures.date_long(on),
        "saringan": _narrowed(asked, words),
    }
    warning = words["contoh"].format(jumlah=figures.integer(samples), total=figures.integer(total))
    report = Report(
        kop=(asked.kantor,),
        judul=told["judul"],
        subjudul=words["keadaan"].format(**told),
        isi=(*blocks, Paragraph(words["sumber"].format(**told), "redup"), *_signed(jenis, asked, words)),
        kaki=words["kaki"].format(**told),
        halaman=words["halaman"],
        tanda=words["tanda_contoh"] if samples else "",
        peringatan=(warning,) if samples else (),
        mendatar=jenis in _WIDE,
    )
    about = {label: plain(line.format(**told)) for label, line in words["tentang"].items()}
    return Draft(jenis, told["judul"], root or "", asked.tempat, on, samples == total, report, tuple(sheets), about)


def _office(by: Actor, root: str | None) -> str | None:
    """The province or kab/kota whose office issues: the actor's own, for those of the whole country the one asked about."""
    place = by.scope.root or root
    return place[:5] if place else None  # a kecamatan has no office of its own


def _whole(named: tuple[str, str, str], words: Words) -> str:
    """The name of an office's region; a province is called one, because a city may bear the same name."""
    return str(words["provinsi"].format(tempat=named[2])) if named[1] == "provinsi" else named[2]


def _too_long(total: int) -> FileRefused:
    return FileRefused(
        "dokumen_terlalu_panjang", jumlah=figures.integer(total), paling_banyak=figures.integer(MOST_ROWS)
    )


@cache
def texts() -> dict[str, Any]:
    """The fixed words of the documents (assets/teks/dokumen.toml)."""
    return tomllib.loads((wording.TEXTS / "dokumen.toml").read_text(encoding="utf-8"))


def _narrowed(asked: _Asked, words: Words) -> str:
    """The filters besides the region, as a sentence names them."""
    said = []
    for name, value in vars(asked.filters).items():
        if name == "wilayah" or value in (None, (), "", False) and not (name == "contoh" and value is False):
            continue
        values = value if isinstance(value, tuple) else (value,)
        said.append(f"{words['saringan'][name]}: {', '.join(_value(asked, name, one, words) for one in values)}")
    return plain("; ".join(said)) or str(words["tanpa_saringan"])


def _value(asked: _Asked, name: str, value: Any, words: Words) -> str:
    if value is True or value is False:
        return str(words["ya"] if value else words["tidak"])
    if value == EMPTY:
        return str(words["belum"])
    if name == "berakhir":
        return str(words["jendela"][str(value)])
    if name == "kluster":
        return asked.kluster.get(value, str(value))
    return _axis(name, value, words) if name in ENUMS else str(value)


def _axis(axis: str, value: Any, words: Words) -> str:
    if value is None or value != value:
        return str(words["belum"])
    return str(
        words["belum_terakreditasi"] if (axis, value) == ("akreditasi", "belum") else ENUMS[axis].get(value, value)
    )


def _signed(jenis: str, asked: _Asked, words: Words) -> tuple[Block, ...]:
    if jenis != "triwulan":
        return ()
    who = Signature(words["triwulan"][f"kepala_{asked.pemilik}"].format(kantor=asked.kantor))
    return (Signatures(f"{asked.tempat}, {figures.date_long(asked.on)}", (who,)),)


def _sheet(words: Words, nama: str, columns: Sequence[tuple[str, str, float]], rows: Sequence[Sequence[Any]]) -> Sheet:
    fields = tuple(Field(words["kolom"][name], jenis, lebar) for name, jenis, lebar in columns)
    return Sheet(words["lembar"][nama], fields, tuple(tuple(row) for row in rows))


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else value.date()


# --- the kinds -------------------------------------------------------------------------------------------------------


def _register(asked: _Asked, words: Words) -> Made:
    frame, total = register.listing(asked.by, asked.filters, asked.on, 0, MOST_ROWS)
    rows = [
        (
            number,
            row["kode_lks"],
            row["nama"],
            row["kabkota"],
            row["kabkota_kode"],
            ", ".join(asked.kluster.get(kode, kode) for kode in row["kluster"]),
            _axis("daftar", row["daftar"], words),
            _day(row["daftar_sampai"]),
            _axis("akreditasi", row["akreditasi"], words),
            _day(row["akreditasi_sampai"]),
            _axis("aktif", row["aktif"], words),
            words["ya"] if row["contoh"] else None,
        )
        for number, row in enumerate(frame.to_dict("records"), 1)
    ]
    columns = (
        ("nomor", NUMBER, 7),
        ("kode_lks", TEXT, 18),
        ("nama", TEXT, 34),
        ("kabkota", TEXT, 18),
        ("kode_wilayah", TEXT, 0),
        ("kluster", TEXT, 22),
        ("daftar", TEXT, 15),
        ("sampai", DAY, 14),
        ("akreditasi", TEXT, 16),
        ("sampai", DAY, 14),
        ("aktif", TEXT, 14),
        ("contoh", TEXT, 0),
    )
    sheet = _sheet(words, "daftar", columns, rows)
    numbers = Figures(((words["triwulan"]["total"], figures.integer(total)),))
    return [numbers, printed(sheet)] if rows else [Paragraph(words["kosong"])], [sheet]


def _ending(asked: _Asked, words: Words) -> Made:
    window = max(EXPIRY_DAYS)  # as on Ringkasan, whatever the filters leave
    frame = register.expiring_list(asked.by, asked.filters, asked.on, window)
    if len(frame) > MOST_ROWS:
        raise _too_long(len(frame))
    rows = [
        (
            number,
            row["kode_lks"],
            row["nama"],
            row["kabkota"],
            words["berkas"][row["berkas"]],
            row["nomor"],
            _day(row["sampai"]),
            int(row["sisa"]),
            words["ya"] if row["contoh"] else None,
        )
        for number, row in enumerate(frame.to_dict("records"), 1)
    ]
    columns = (
        ("nomor", NUMBER, 7),
        ("kode_lks", TEXT, 18),
        ("nama", TEXT, 40),
        ("kabkota", TEXT, 20),
        ("berkas", TEXT, 15),
        ("nomor_surat", TEXT, 30),
        ("sampai", DAY, 14),
        ("sisa", NUMBER, 12),
        ("contoh", TEXT, 0),
    )
    sheet = _sheet(words, "berakhir", columns, rows)
    lead = Paragraph(
        f"{words['kolom']['jendela']} {words['jendela'][str(window)]}: {figures.integer(len(rows))}.", "tegas"
    )
    return [lead, printed(sheet)] if rows else [Paragraph(words["kosong"])], [sheet]


def _quarter(asked: _Asked, words: Words) -> Made:
    found, own = register.summary(asked.by, asked.filters, asked.on), words["triwulan"]
    shares = [(wording.measure(name), pair) for name, pair in found.measures.items()]
    measures = _sheet(
        words,
        "ukuran",
        (
            ("ukuran", TEXT, 2),
            ("jumlah", NUMBER, 0.8),
            ("dari", NUMBER, 0.8),
            ("persen", NUMBER, 0.8),
            ("aturan", TEXT, 5),
        ),
        [(told["judul"], above, below, _percent(above, below), told["aturan"]) for told, (above, below) in shares],
    )
    kluster = _sheet(
        words,
        "kluster",
        (("kluster", TEXT, 4), ("jumlah", NUMBER, 1)),
        [(asked.kluster.get(kode, kode), count) for kode, count in found.kluster.items()],
    )
    windows: list[int | str] = [*EXPIRY_DAYS, EXPIRED]
    papers = _sheet(
        words,
        "masa",
        (("jendela", TEXT, 2), ("daftar", NUMBER, 1), ("akreditasi", NUMBER, 1)),
        [(words["jendela"][str(w)], found.expiring[w]["daftar"], found.expiring[w]["akreditasi"]) for w in windows],
    )
    heights = lengths(row[1] for row in kluster.baris)
    bars = tuple((row[0], share, figures.integer(row[1])) for row, share in zip(kluster.baris, heights, strict=True))
    told = {"ganda": figures.integer(found.in_many), "kosong": figures.integer(found.in_none)}
    chosen = [(told["judul"], f"{figures.share(*pair)}") for told, pair in shares]
    moved, sheets = _moved(asked, words)
    blocks: list[Block] = [
        Heading(own["angka"]),
        Figures(((own["total"], figures.integer(found.total)), *chosen)),
        printed(measures),
        Heading(own["kluster"]),
        Bars(own["kluster"], bars),
        Paragraph(own["kluster_catatan"].format(**told), "redup"),
        Heading(own["masa"]),
        printed(papers),
        Paragraph(own["masa_catatan"], "redup"),
        *moved,
    ]
    return blocks, [measures, kluster, papers, *sheets]


def _percent(above: int, below: int) -> float | None:
    # Halves go up as in domain.figures: round() would make 9 of 16 another percentage than the one beside it.
    return float((Decimal(100 * above) / below).quantize(Decimal("0.1"), ROUND_HALF_UP)) if below else None


def _moved(asked: _Asked, words: Words) -> Made:
    since, own = quarter_start(asked.on), words["triwulan"]
    found = changes.changes_since(asked.by, asked.filters, since, asked.on)
    day = figures.date_long(since)
    head: list[Block] = [Heading(own["perubahan"].format(tanggal=day))]
    if found.then is None:
        return [*head, Paragraph(own["tanpa_riwayat"].format(tanggal=day))], []
    rows = []
    for name, now in found.now.items():
        title = own["total"] if name == "total" else wording.measure(name)["judul"]
        rows.append((title, found.then[name][0], now[0], now[0] - found.then[name][0]))
    sheet = _sheet(
        words,
        "perubahan",
        (("ukuran", TEXT, 3), ("lalu", NUMBER, 1), ("kini", NUMBER, 1), ("selisih", NUMBER, 1)),
        rows,
    )
    counts = own["baru"].format(baru=figures.integer(found.new), arsip=figures.integer(found.archived))
    return [*head, printed(sheet), Paragraph(counts)], [sheet]


KINDS: Mapping[str, Callable[[_Asked, Words], Made]] = {
    "daftar_lks": _register,
    "segera_berakhir": _ending,
    "triwulan": _quarter,
}
