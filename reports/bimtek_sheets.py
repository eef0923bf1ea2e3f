"""The other papers of a Bimtek: attendance lists, scores, a speaker's own result, question and answer sheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.bimtek import cleaned, scaled, scores, sheet, signing, table
from reports.model import (
    CENTER,
    LEFT,
    RIGHT,
    Block,
    Column,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Points,
    Report,
    Signature,
    Signatures,
    Table,
)

Data = Mapping[str, Any]
_SPARE = 5  # empty lines of a list to sign, for those who come unannounced
_SIGN = 0.95  # cm to sign in
_WRITE = 1.6  # cm to write an answer in
_MARK = 0.75  # cm of a line with letters to cross out


def attendance(data: Data, labels: Data) -> Report:
    """The attendance lists of sessions, each on its own pages: to sign, or (data["terisi"]) as marked."""
    told: dict[str, Any] = cleaned(data)
    say = labels["hadir"]
    blocks: list[Block] = []
    for place, session in enumerate(told["sesi"]):
        blocks += [PageBreak()] if place else []
        blocks += _session(session, told, labels)
    kind = say["nama_berkas_terisi" if told["terisi"] else "nama_berkas_kosong"]
    return sheet(told, labels, kind, say["judul"], told["kegiatan"]["judul"], blocks, turned=True)


def _session(session: Data, data: Data, labels: Data) -> list[Block]:
    say, filled = labels["hadir"], data["terisi"]
    facts = (
        (say["tanggal"], session["tanggal"]),
        (say["waktu"], session["waktu"]),
        (say["tempat"], data["kegiatan"]["tempat"]),
        (say["narasumber"], session["narasumber"]),
    )
    rows = [[str(n), *row] for n, row in enumerate(session["orang"], 1)]
    if not filled:
        rows += [[str(n), *[""] * 6] for n in range(len(rows) + 1, len(rows) + 1 + _SPARE)]
    columns = (
        *(("no", 0.5, RIGHT), ("nama", 3.2, LEFT), ("kelamin", 0.5, CENTER), ("jabatan", 2, LEFT)),
        *(("instansi", 3, LEFT), ("telepon", 1.7, LEFT)),
        ("pukul", 1.3, CENTER) if filled else ("tanda_tangan", 2.6, LEFT),
    )
    title = say["sesi"].format(nomor=session["nomor"], materi=session["materi"])
    blocks: list[Block] = [Heading(title, 2), Facts(tuple((label, value) for label, value in facts if value))]
    if filled:
        blocks.append(Paragraph(say["jumlah"].format(hadir=session["hadir"], orang=len(session["orang"]))))
    if rows:
        blocks.append(table(labels, title, columns, rows, 0.0 if filled else _SIGN))
    else:
        blocks.append(Paragraph(say["kosong"]))
    people = (Signature(say["narasumber_ttd"], session["narasumber"].partition(", ")[0]), Signature(say["panitia"]))
    place = signing(data, labels, "").tempat if filled else ""
    return [*blocks, Signatures(place, people)]


def score_list(data: Data, labels: Data) -> Report:
    """Everybody's scores before and after."""
    told: dict[str, Any] = cleaned(data)
    say = labels["nilai"]
    blocks = [*scores(told, labels), signing(told, labels, labels["laporan"]["penyusun"])]
    under = f"{told['kegiatan']['judul']}\n{told['kegiatan']['hari']}"
    return sheet(told, labels, say["nama_berkas"], say["judul"], under, blocks)


def speaker(data: Data, labels: Data) -> Report:
    """What one speaker is handed: totals of the forms about that person, and nothing of fewer than five answers."""
    told: dict[str, Any] = cleaned(data)
    say, who = labels["narasumber"], told["narasumber"]
    quality = ", ".join(part for part in (who["jabatan"], who["instansi"]) if part)
    facts = [
        (say["untuk"], who["nama"] + (f"\n{quality}" if quality else "")),
        (say["kegiatan"], told["kegiatan"]["judul"]),
        (say["tanggal"], told["kegiatan"]["hari"]),
        (say["materi"], "\n".join(who["materi"])),
    ]
    blocks: list[Block] = [Facts(tuple((label, value) for label, value in facts if value))]
    for form in told["formulir"]:
        if form["tertutup"]:
            blocks += [
                Heading(form["judul"], 3),
                Paragraph(say["tertutup"].format(n=form["n"], minimum=form["minimum"])),
            ]
            continue
        blocks += scaled(form, labels)
        heads = (Column(labels["kolom"]["pertanyaan"], 3), Column(say["sebaran"], 4))
        blocks.append(Table(say["sebaran"], heads, tuple((asked, told_) for asked, told_ in form["sebaran"])))
    blocks += [] if told["formulir"] else [Paragraph(say["kosong"])]
    blocks += [Paragraph(say["anonim"], "redup"), signing(told, labels, labels["laporan"]["penyusun"])]
    return sheet(told, labels, say["nama_berkas"], say["judul"], "", blocks)


# --- questions and answers on paper ----------------------------------------------------------------------------------


def questions(data: Data, labels: Data) -> Report:
    """The questions of a form to print; data holds what a participant may see and nothing of a key."""
    told: dict[str, Any] = cleaned(data)
    say, form = labels["soal"], told["formulir"]
    blocks: list[Block] = [Paragraph(say["petunjuk"], "kotak")]
    blocks += [Paragraph(form["pengantar"])] if form["pengantar"] else []
    number = 0
    for section in form["bagian"]:
        blocks += [Heading(section["judul"], 2)] if section["judul"] else []
        blocks += [Paragraph(section["petunjuk"], "redup")] if section["petunjuk"] else []
        points = []
        for item in section["butir"]:
            number += 1
            points.append((str(number), _asked(item, say)))
        blocks += [Points(tuple(points))] if points else []
    blocks += [] if number else [Paragraph(say["kosong"])]
    under = f"{told['judul']}\n{told['kegiatan']['judul']}"
    return sheet(told, labels, say["nama_berkas"], say["judul"], under, blocks)


def _asked(item: Data, say: Data) -> str:
    """A question with what may be answered, a line each."""
    lines = [item["teks"], item["petunjuk"], "" if item["wajib"] else say["boleh_kosong"]]
    if item["jenis"] == "benar_salah":
        lines.append(say["benar_salah"])
    elif item.get("pilihan"):
        lines.append(say["boleh_banyak"] if item["jenis"] == "pilihan_ganda" else "")
        lines += [f"{letter}.  {text}" for letter, text in zip(_letters(item), _options(item), strict=True)]
    elif item.get("skala"):
        steps = ", ".join(f"{step['nilai']} {step['teks']}".strip() for step in item["skala"])
        lines.append(say["skala"].format(langkah=steps))
        lines += [f"{row['kode']}.  {row['teks']}" for row in item.get("baris", ())]
    else:
        lines.append(say["tulis"])
    return "\n".join(line for line in lines if line)


def _options(item: Data) -> list[str]:
    return [option["teks"] for option in item["pilihan"]]


def _letters(item: Data) -> list[str]:
    """What is crossed out for each option: its own code where that is short, so that typing in needs no translation."""
    codes = [str(option["kode"]) for option in item["pilihan"]]
    if all(len(code) <= 2 for code in codes):
        return codes
    return [chr(ord("a") + place) for place in range(len(codes))]


def answers(data: Data, labels: Data) -> Report:
    """A sheet to answer on: letters to cross out, question by question, and room for written answers."""
    told: dict[str, Any] = cleaned(data)
    say, form, empty = labels["jawaban"], told["formulir"], "." * 60
    facts = [(say["kode"], "." * 30)]
    if not told["anonim"]:
        facts = [(say["nama"], empty), (say["instansi"], empty), *facts]
    blocks: list[Block] = [Facts(tuple(facts))]
    blocks += [Paragraph(say["anonim"])] if told["anonim"] else []
    blocks.append(Paragraph(say["petunjuk"], "redup"))
    chosen: list[tuple[str, list[str]]] = []
    written: list[tuple[str, str]] = []
    number = 0
    for item in (item for section in form["bagian"] for item in section["butir"]):
        number += 1
        marks = _marks(item, say)
        if item.get("baris"):
            chosen += [(f"{number} {row['kode']}", marks) for row in item["baris"]]
        elif marks:
            chosen.append((str(number), marks))
        else:
            written.append((str(number), ""))
    blocks += _crossed(chosen, labels)
    if written:
        heads = (Column(labels["kolom"]["no"], 0.8, CENTER), Column(say["uraian"], 14))
        blocks.append(Table(say["uraian"], heads, tuple(written), _WRITE))
    under = f"{told['judul']}\n{told['kegiatan']['judul']}"
    return sheet(told, labels, say["nama_berkas"], say["judul"], under, blocks)


def _marks(item: Data, say: Data) -> list[str]:
    if item["jenis"] == "benar_salah":
        return [say["benar"], say["salah"]]
    if item.get("pilihan"):
        return [letter.upper() for letter in _letters(item)]
    return [str(step["nilai"]) for step in item.get("skala", ())]


def _crossed(rows: Sequence[tuple[str, Sequence[str]]], labels: Data) -> list[Block]:
    """The lines with letters, in two columns where there are many."""
    if not rows:
        return []
    say, most = labels["jawaban"], max(len(marks) for _, marks in rows)
    halves = 2 if len(rows) > 12 and most <= 6 else 1
    long = -(-len(rows) // halves)
    heads = [Column(labels["kolom"]["no"], 1.2, CENTER), *(Column("", 1, CENTER) for _ in range(most))]
    heads[1] = Column(say["pilihan"] if most == 1 else "", 1, CENTER)
    lines = []
    for place in range(long):
        line: list[str] = []
        for half in range(halves):
            at = place + half * long
            number, marks = rows[at] if at < len(rows) else ("", ())
            line += [number, *marks, *[""] * (most - len(marks))]
        lines.append(tuple(line))
    return [Table(say["pilihan"], tuple(heads * halves), tuple(lines), _MARK)]
