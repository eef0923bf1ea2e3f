"""Minutes of a meeting: from their data (as frozen at closing, or as a draft) to words, to a PDF, to a Word document.

Both documents are made from the same words(), so that they cannot say different things.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain import figures
from domain.errors import FileRefused
from reports import docx as word_file
from reports import pdf as pdf_file
from reports import template_check
from reports.model import (
    CENTER,
    LEFT,
    RIGHT,
    Bars,
    Block,
    Column,
    Facts,
    Figures,
    Heading,
    PageBreak,
    Paragraph,
    Points,
    Report,
    Signature,
    Signatures,
    Table,
    lengths,
    plain,
)

Data = Mapping[str, Any]
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BLOCKS = 20  # of the longest text bar in Word
_FOOT = 25  # characters of each name at the foot of a page
# Of a panel's table, in characters: a whole line, the broadest column, and the longest word that is not broken.
_ACROSS, _WIDEST, _WORD = 90, 50, 20


def pdf(data: Data, identity: Data, labels: Data) -> bytes:
    """The minutes as PDF; the same data give the same bytes.

    identity: nama and baris (lines below it) of the letterhead; labels: the words of a minutes document.
    """
    return pdf_file.render(report(words(data, identity, labels), labels), _made(data))


def docx(data: Data, template: bytes, identity: Data, labels: Data, *, strict: bool = False) -> bytes:
    """The minutes as .docx, filled into the office's template; strict refuses names that the template made up."""
    filled = words(data, identity, labels)
    return word_file.fill(template, filled, title=filled["rapat"]["judul"], made=_made(data), strict=strict)


def accept(template: bytes, sample: Data, identity: Data, labels: Data) -> None:
    """Raises FileRefused unless the template is safe, knows its names, and prints every decision and action of a sample."""
    template_check.inspect(template)
    bare = dict(sample) | {"hadir": [], "butir": [], "bawaan": [], "lain": {"keputusan": [], "tindak_lanjut": []}}
    docx(bare, template, identity, labels, strict=True)
    said = word_file.text_of(docx(sample, template, identity, labels, strict=True))
    parts = [*sample["butir"], sample["lain"]]
    wanted = [sample["rapat"]["judul"], *(one["isi"] for part in parts for one in part["keputusan"])]
    wanted += [one["apa"] for part in [*parts, {"tindak_lanjut": sample["bawaan"]}] for one in part["tindak_lanjut"]]
    lacking = [text for text in wanted if text not in said]
    if lacking:
        raise FileRefused("templat_kurang", kurang=", ".join(lacking))


def _made(data: Data) -> datetime:
    return datetime.fromisoformat(data["ditutup"] or data["dibuat"])


# --- data to words ---------------------------------------------------------------------------------------------------


def words(data: Data, identity: Data, labels: Data) -> dict[str, Any]:
    """Everything the documents print, as texts by the names that a template uses."""
    clean: dict[str, Any] = _cleaned(data)
    meeting = _meeting(clean["rapat"], labels)
    draft = clean["ditutup"] is None
    warnings = []
    if draft:
        moment = figures.moment(datetime.fromisoformat(clean["dibuat"]), clean["rapat"]["wilayah"])
        warnings.append(labels["draf"].format(saat=moment))
    if clean["rapat"]["contoh"]:
        warnings.append(labels["contoh"])
    others = {
        "keputusan": _decisions(clean["lain"]["keputusan"]),
        "tindak_lanjut": [_action(one, labels, topic=True) for one in clean["lain"]["tindak_lanjut"]],
    }
    return {
        "kop": {"nama": plain(identity["nama"]), "baris": [plain(line) for line in identity["baris"]]},
        "rapat": meeting,
        "draf": draft,
        "contoh": bool(clean["rapat"]["contoh"]),
        "peringatan": warnings,
        "hadir_kata": _attendance(clean, labels),
        "hadir": [_person(number, one, labels) for number, one in enumerate(clean["hadir"], 1)],
        "bawaan": [_action(one, labels, topic=True, origin=True) for one in clean["bawaan"]],
        "butir": [_item(one, labels) for one in clean["butir"]],
        "lain": others | {"ada": bool(others["keputusan"] or others["tindak_lanjut"])},
        "tempat_tanggal": f"{meeting['wilayah']}, {figures.date_long(date.fromisoformat(clean['rapat']['tanggal']))}",
        "kaki": _foot(meeting, clean["rapat"]["tanggal"], labels),
    }


def _foot(meeting: Mapping[str, str], day: str, labels: Data) -> str:
    """The line at the foot of every page; it stays one line, however long the names in it are."""
    told = {name: _cut(meeting[name], _FOOT) for name in ("jenis", "wilayah")}
    return str(labels["kaki"].format(tanggal=figures.date_long(date.fromisoformat(day)), **told))


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _cleaned(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    return value


def _meeting(meeting: Data, labels: Data) -> dict[str, str]:
    day = date.fromisoformat(meeting["tanggal"])
    zone = figures.zone_of(meeting["wilayah"])
    times = {"mulai": meeting["mulai"], "selesai": meeting["selesai"], "zona": zone}
    when = figures.MISSING
    if meeting["mulai"]:
        when = labels["waktu_isi" if meeting["selesai"] else "waktu_mulai"].format(**times)
    return {
        "judul": meeting["judul"],
        "jenis": meeting["jenis_kata"],
        "hari_tanggal": f"{labels['hari'][str(day.weekday())]}, {figures.date_long(day)}",
        "waktu": when,
        "tempat": figures.missing(meeting["tempat"]),
        "pimpinan": meeting["pimpinan"] or "",
        "notulis": meeting["notulis"] or "",
        "wilayah": meeting["wilayah_kata"] or labels["nasional"],
        "lkks": meeting["lkks"] or "",
    }


def _attendance(data: Data, labels: Data) -> str:
    if not data["hadir"]:
        return str(labels["kehadiran_kosong"])
    counts = {name: figures.integer(data["hadir_jumlah"][name]) for name in ("hadir", "tidak", "instansi")}
    return str(labels["kehadiran_isi"].format(**counts))


def _person(number: int, one: Data, labels: Data) -> dict[str, str]:
    return {
        "no": str(number),
        "nama": one["nama"],
        "jabatan": figures.missing(one["jabatan"]),
        "instansi": figures.missing(one["instansi"]),
        "unsur": figures.missing(one["jenis_kata"]),
        "kehadiran": labels["hadir" if one["hadir"] else "tidak_hadir"],
        "keterangan": one["keterangan"] or "",
    }


def _decisions(rows: Sequence[Data]) -> list[dict[str, str]]:
    return [{"nomor": str(row["nomor"]), "isi": row["isi"]} for row in rows]


def _action(row: Data, labels: Data, *, topic: bool = False, origin: bool = False) -> dict[str, str]:
    def labelled(label: str, name: str, wanted: bool = True) -> str:
        return str(labels[label].format(isi=row[name])) if wanted and row[name] else ""

    details = [
        row["jenis_kata"],
        row["wilayah_kata"],
        row["lks"],
        labelled("indikator", "indikator_kata"),
        labelled("sumber_dana", "sumber_dana_kata"),
        labelled("topik", "topik", topic),
        labelled("asal", "asal", origin),
        labelled("bukti", "bukti"),
    ]
    return {
        "nomor": str(row["nomor"]),
        "apa": row["apa"],
        "rincian": "; ".join(part for part in details if part),
        "pic": "\n".join(part for part in (row["pic"], row["pic_instansi"]) if part) or figures.MISSING,
        "tenggat": figures.missing(row["tenggat_kata"]),
        "tugas": figures.missing(row["tugas_kata"]),
        "status": figures.missing(row["status_kata"]),
        "jenis": row["jenis_kata"] or "",
        "wilayah": row["wilayah_kata"] or "",
        "lks": row["lks"] or "",
        "bukti": row["bukti"] or "",
        "topik": row["topik"] or "",
        "asal": row["asal"] or "",
    }


def _item(one: Data, labels: Data) -> dict[str, Any]:
    return {
        "nomor": str(one["nomor"]),
        "judul": one["judul"],
        "uraian": one["uraian"] or "",
        "catatan": one["catatan"] or "",
        "panel": [_panel(found, labels) for found in one["panel"]],
        "keputusan": _decisions(one["keputusan"]),
        "tindak_lanjut": [_action(row, labels) for row in one["tindak_lanjut"]],
    }


def _panel(panel: Data, labels: Data) -> dict[str, Any]:
    day = figures.date_long(date.fromisoformat(panel["per_tanggal"]))
    source = "sumber_tanggal" if panel["sumber"] else "tanggal_saja"
    origin = labels[source].format(sumber=panel["sumber"].rstrip("."), tanggal=day)
    if panel["contoh"]:
        origin += " " + labels["ada_contoh"].format(jumlah=figures.integer(panel["contoh"]))
    shares = lengths(bar["nilai"] for bar in panel["batang"])
    bars = [
        {"label": bar["label"], "teks": bar["teks"], "bagian": share, "balok": "█" * round(share * _BLOCKS)}
        for bar, share in zip(panel["batang"], shares, strict=True)
    ]
    return {
        "judul": panel["judul"],
        "tempat": panel["tempat"],
        "kalimat": panel["kalimat"],
        "kosong": panel["kosong"],
        "angka": [{"label": one["label"], "teks": _fact(one, labels)} for one in panel["angka"]],
        "batang": bars,
        "kolom": list(panel["kolom"]),
        "baris": [[cell(value) for value in row] for row in panel["baris"]],
        "angka_kolom": [
            all(row[at] is None or isinstance(row[at], int | float) for row in panel["baris"])
            for at in range(len(panel["kolom"]))
        ],
        "catatan": panel["catatan"],
        "asal": origin,
    }


def _fact(one: Data, labels: Data) -> str:
    """The figure as it was read aloud; a share never stands without the two numbers it is made of."""
    text = str(one["teks"])
    if one["pembilang"] is None or one["penyebut"] is None:
        return text
    both = (cell(one["pembilang"]), cell(one["penyebut"]))
    said = re.findall(r"[\d.]*\d(?:,\d+)?", text)
    return text if set(both) <= set(said) else f"{text} ({labels['dari'].format(pembilang=both[0], penyebut=both[1])})"


def cell(value: str | int | float | None) -> str:
    """A panel's raw cell as text: numbers and days the Indonesian way, "-" for nothing."""
    if isinstance(value, str):
        if _DAY.fullmatch(value):
            try:
                return figures.date_short(date.fromisoformat(value))
            except ValueError:  # ten characters that only look like a day
                return value
        return figures.missing(value)
    if value is None or float(value).is_integer():
        return figures.integer(value)
    return figures.decimal(value)


# --- words to a report -----------------------------------------------------------------------------------------------


def report(filled: Data, labels: Data) -> Report:
    """The minutes as a report of the common model."""
    meeting = filled["rapat"]
    blocks: list[Block] = [Heading(labels["pelaksanaan"]), _about(meeting, labels)]
    told = " ".join([filled["hadir_kata"]] + ([labels["kehadiran_lampiran"]] if filled["hadir"] else []))
    blocks += [Heading(labels["kehadiran"]), Paragraph(told)]
    blocks += [Heading(labels["bawaan"]), _actions(filled["bawaan"], labels, "bawaan")]
    blocks.append(Heading(labels["pembahasan"]))
    for item in filled["butir"]:
        blocks += _discussed(item, labels)
    if not filled["butir"]:
        blocks.append(Paragraph(labels["pembahasan_kosong"]))
    if filled["lain"]["ada"]:
        blocks += [Heading(labels["lain"]), *_outcome(filled["lain"], labels, 2)]
    who = (Signature(labels["mengetahui"], meeting["pimpinan"]), Signature(labels["penulis"], meeting["notulis"]))
    blocks.append(Signatures(filled["tempat_tanggal"], who))
    if filled["hadir"]:
        blocks += [PageBreak(), Heading(labels["lampiran"]), Paragraph(filled["hadir_kata"]), _people(filled, labels)]
    return Report(
        kop=(filled["kop"]["nama"], *filled["kop"]["baris"]),
        judul=labels["judul"],
        subjudul=f"{meeting['jenis']}\n{meeting['judul']}",
        isi=tuple(blocks),
        kaki=filled["kaki"],
        halaman=labels["halaman"],
        tanda=labels["tanda_draf"] if filled["draf"] else "",
        peringatan=tuple(filled["peringatan"]),
    )


def _about(meeting: Data, labels: Data) -> Facts:
    rows = [(labels["nama_rapat"], meeting["judul"]), (labels["jenis_rapat"], meeting["jenis"])]
    names = ("hari_tanggal", "waktu", "tempat", "pimpinan", "notulis")
    return Facts(tuple(rows + [(labels[name], figures.missing(meeting[name])) for name in names]))


def _discussed(item: Data, labels: Data) -> list[Block]:
    blocks: list[Block] = [Heading(f"{item['nomor']}. {item['judul']}", 2)]
    blocks += [Paragraph(item["uraian"], "redup")] if item["uraian"] else []
    for panel in item["panel"]:
        blocks += _shown(panel, labels)
    blocks += [Paragraph(item["catatan"])] if item["catatan"] else []
    return blocks + _outcome(item, labels, 3)


def _outcome(item: Data, labels: Data, level: int) -> list[Block]:
    blocks: list[Block] = []
    if item["keputusan"]:
        points = tuple((one["nomor"], one["isi"]) for one in item["keputusan"])
        blocks += [Heading(labels["keputusan"], level), Points(points)]
    if item["tindak_lanjut"]:
        blocks += [Heading(labels["tindak_lanjut"], level), _actions(item["tindak_lanjut"], labels, "tindak_lanjut")]
    return blocks


def _shown(panel: Data, labels: Data) -> list[Block]:
    place = f" ({panel['tempat']})" if panel["tempat"] and panel["tempat"] not in panel["judul"] else ""
    blocks: list[Block] = [Heading(panel["judul"] + place, 3)]
    blocks += [Paragraph(panel["kosong"], "kotak")] if panel["kosong"] else []
    blocks += [Paragraph(panel["kalimat"])] if panel["kalimat"] else []
    if panel["angka"]:
        blocks.append(Figures(tuple((one["label"], one["teks"]) for one in panel["angka"])))
    if panel["batang"]:
        bars = tuple((bar["label"], bar["bagian"], bar["teks"]) for bar in panel["batang"])
        blocks.append(Bars(panel["judul"], bars))
    if panel["baris"]:
        blocks.append(Table(panel["judul"], _columns(panel), tuple(tuple(row) for row in panel["baris"])))
    blocks += [Paragraph(panel["catatan"], "redup")] if panel["catatan"] else []
    return [*blocks, Paragraph(panel["asal"], "redup")]


def _columns(panel: Data) -> tuple[Column, ...]:
    """Columns as wide as their longest word needs; what is left of the line goes where the texts are long."""
    columns = [[title, *(row[at] for row in panel["baris"])] for at, title in enumerate(panel["kolom"])]
    needed = [
        min(max(_breadth(word) for text in cells for word in text.split() or [""]), _WORD) + 3 for cells in columns
    ]
    wanted = [min(max(_breadth(text) for text in cells) + 3, _WIDEST) for cells in columns]
    short = [max(0.0, want - need) for want, need in zip(wanted, needed, strict=True)]
    share = max(0.0, _ACROSS - sum(needed)) / (sum(short) or 1)
    return tuple(
        Column(title, need + lack * min(share, 1), RIGHT if number else LEFT)
        for title, need, lack, number in zip(panel["kolom"], needed, short, panel["angka_kolom"], strict=True)
    )


def _breadth(text: str) -> float:
    """How many characters of usual width a text takes: capitals are broader."""
    return len(text) + 0.3 * sum(character.isupper() for character in text)


def _actions(rows: Sequence[Data], labels: Data, name: str) -> Block:
    if not rows:
        return Paragraph(labels[f"{name}_kosong"])
    titles, widths = labels["kolom"], {"apa": 4.2, "pic": 2.5, "tenggat": 2.5, "tugas": 2.2, "status": 1.6}
    columns = [Column(titles["no"], 0.8, RIGHT)] + [Column(titles[key], wide) for key, wide in widths.items()]
    listed = []
    for row in rows:
        what = "\n".join(part for part in (row["apa"], row["rincian"]) if part)
        listed.append((row["nomor"], what, *(row[key] for key in ("pic", "tenggat", "tugas", "status"))))
    return Table(labels[name], tuple(columns), tuple(listed))


def _people(filled: Data, labels: Data) -> Table:
    widths = {"no": 0.8, "nama": 3.0, "jabatan": 2.3, "instansi": 2.8, "unsur": 1.5, "kehadiran": 1.8, "keterangan": 2}
    sides = {"no": RIGHT, "kehadiran": CENTER}
    columns = tuple(Column(labels["kolom"][key], wide, sides.get(key, LEFT)) for key, wide in widths.items())
    return Table(labels["lampiran"], columns, tuple(tuple(one[key] for key in widths) for one in filled["hadir"]))
