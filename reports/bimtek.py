"""The report of a Bimtek, from its data to the blocks of a document: the chapters that Indonesian offices expect."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.model import (
    CENTER,
    LEFT,
    RIGHT,
    Bars,
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
    plain,
)

Data = Mapping[str, Any]
_FOOT = 60  # characters of a title at the foot of a page


def cleaned(value: Any) -> Any:
    """The data with every text as it may stand in a document."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: cleaned(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(part) for part in value]
    return value


def sheet(
    data: Data, labels: Data, kind: str, title: str, under: str, blocks: Sequence[Block], *, turned: bool = False
) -> Report:
    """A document about an event under its organiser's name; kind is what its foot calls it."""
    say, event = labels["umum"], data["kegiatan"]
    line = " ".join(event["judul"].split())
    short = line if len(line) <= _FOOT else line[: _FOOT - 1] + "…"
    return Report(
        kop=(event["penyelenggara"], *([event["wilayah"]] if event["wilayah"] not in event["penyelenggara"] else [])),
        judul=title,
        subjudul=under,
        isi=tuple(blocks),
        kaki=say["kaki"].format(judul=short, dokumen=kind, saat=event["dibuat_kata"]),
        halaman=say["halaman"],
        tanda=say["tanda_contoh"] if event["contoh"] else "",
        peringatan=(say["contoh"],) if event["contoh"] else (),
        mendatar=turned,
    )


def table(
    labels: Data, called: str, columns: Sequence[tuple[str, float, str]], rows: Any, height: float = 0.0
) -> Table:
    """A table whose columns are (code of the heading, share of the width, side)."""
    heads = tuple(Column(labels["kolom"][code], share, side) for code, share, side in columns)
    return Table(called, heads, tuple(tuple(row) for row in rows), height)


def signing(data: Data, labels: Data, quality: str, name: str = "") -> Signatures:
    """Place and today's date, and one who signs."""
    event = data["kegiatan"]
    place = labels["umum"]["tempat_tanggal"].format(tempat=event["wilayah"], tanggal=event["hari_ini"])
    return Signatures(place, (Signature(quality, name),))


def report(data: Data, labels: Data) -> Report:
    """The whole report; data is that of services.bimtek_documents, labels the words of dokumen_bimtek.toml."""
    told: dict[str, Any] = cleaned(data)
    say = labels["laporan"]
    blocks: list[Block] = [
        Heading(say["pengantar"]),
        *(
            Paragraph(part)
            for part in say["pengantar_isi"].strip().format(judul=told["kegiatan"]["judul"]).split("\n\n")
        ),
        signing(told, labels, say["penyusun"]),
        PageBreak(),
        *_opening(told, say),
        *_held(told, labels),
        *_found(told, labels),
        *_closing(told, labels),
        *_appendices(told, labels),
    ]
    event = told["kegiatan"]
    return sheet(told, labels, say["nama_berkas"], say["judul"], f"{event['judul']}\n{event['hari']}", blocks)


def _listed(texts: Sequence[str]) -> Points:
    return Points(tuple((str(place), text) for place, text in enumerate(texts, 1)))


def _texts(lines: Sequence[str], empty: str) -> list[Block]:
    return [Paragraph(line) for line in lines] or [Paragraph(empty)]


def _opening(data: Data, say: Data) -> list[Block]:
    event, about = data["kegiatan"], data["tentang"]
    facts = {"judul": event["judul"], "penyelenggara": event["penyelenggara"], "jangkauan": event["jangkauan"]}
    purpose = say["tujuan_isi" if about["tujuan"] else "tujuan_kosong"].format(maksud=about["maksud"])
    return [
        Heading(say["bab1"]),
        Heading(say["latar"], 2),
        Paragraph(say["latar_isi"].format(maksud=about["maksud"], **facts)),
        Heading(say["dasar"], 2),
        Paragraph(about["dasar"] or say["dasar_kosong"]),
        Heading(say["tujuan"], 2),
        Paragraph(purpose),
        *([_listed(about["tujuan"])] if about["tujuan"] else []),
        Heading(say["sasaran"], 2),
        Paragraph(say["sasaran_isi"].format(**facts)),
    ]


def _held(data: Data, labels: Data) -> list[Block]:
    columns: tuple[tuple[str, float, str], ...]
    say, event, about, people = labels["laporan"], data["kegiatan"], data["tentang"], data["peserta"]
    pairs = [
        (say["nomor"], event["nomor"]),
        (say["tanggal"], event["hari"]),
        (say["tempat"], event["tempat"] or labels["umum"]["tidak_dicatat"]),
        (say["penyelenggara"], event["penyelenggara"]),
        (say["pemandu"], about["pemandu"]),
        (say["dibuka"], about["dibuka_oleh"]),
        (say["dilaporkan"], about["laporan_oleh"]),
    ]
    blocks: list[Block] = [
        Heading(say["bab2"]),
        Heading(say["waktu_tempat"], 2),
        Facts(tuple((label, value) for label, value in pairs if value)),
        Heading(say["peserta"], 2),
        Paragraph(people["kalimat"] or say["peserta_kosong"]),
    ]
    if people["jenis"]:
        blocks.append(table(labels, say["peserta"], (("asal", 3, LEFT), ("orang", 1, RIGHT)), people["jenis"]))
    if people["instansi"] is None:
        blocks.append(Paragraph(say["instansi_tutup"], "redup"))
    elif people["instansi"]:
        columns = (("instansi", 4, LEFT), ("asal", 1.2, LEFT), ("orang", 1, RIGHT))
        blocks.append(table(labels, labels["kolom"]["instansi"], columns, people["instansi"]))
    blocks.append(Heading(say["narasumber"], 2))
    if about["narasumber"]:
        columns = (("nama", 3, LEFT), ("jabatan", 3, LEFT), ("instansi", 3, LEFT))
        blocks.append(table(labels, say["narasumber"], columns, about["narasumber"]))
    else:
        blocks.append(Paragraph(say["narasumber_kosong"]))
    blocks.append(Heading(say["jadwal"], 2))
    if data["jadwal"]:
        blocks.append(Paragraph(say["jadwal_isi"].format(sesi=len(data["jadwal"]), jp=data["jp"])))
        columns = (
            *(("no", 0.7, RIGHT), ("tanggal", 2, LEFT), ("waktu", 2, LEFT), ("materi", 4.5, LEFT)),
            *(("narasumber", 3, LEFT), ("jp", 0.8, RIGHT), ("hadir", 1.1, RIGHT)),
        )
        names = ("nomor", "tanggal", "waktu", "materi", "narasumber", "jp", "hadir")
        blocks.append(table(labels, say["jadwal"], columns, [[row[n] for n in names] for row in data["jadwal"]]))
    else:
        blocks.append(Paragraph(say["jadwal_kosong"]))
    if about["anggaran"]:
        blocks += [Heading(say["anggaran"], 2), Paragraph(say["anggaran_isi"].format(sumber=about["anggaran"]))]
    return blocks


GROUPED = (
    *(("pasangan", 1.1, RIGHT), ("pre", 0.8, RIGHT), ("post", 0.8, RIGHT)),
    *(("perubahan", 2, RIGHT), ("keterangan", 2.6, LEFT)),
)
SCALED = (
    *(("pertanyaan", 4.5, LEFT), ("jawaban", 1.2, RIGHT), ("rata", 1.2, RIGHT), ("median", 1.1, RIGHT)),
    *(("skor", 1.1, RIGHT), ("teratas", 1.5, RIGHT)),
)


def _found(data: Data, labels: Data) -> list[Block]:
    say, test = labels["laporan"], data["tes"]
    blocks: list[Block] = [Heading(say["bab3"]), Heading(say["kehadiran"], 2)]
    blocks += _texts(data["kehadiran"], say["kehadiran_kosong"])
    blocks.append(Heading(say["tes"], 2))
    blocks += _tested(test, labels) if test else [Paragraph(say["tes_kosong"])]
    if data["kompetensi"]:
        blocks += [Heading(say["diri"], 2), *(Paragraph(line) for line in data["kompetensi"]["kalimat"])]
        columns = (("pernyataan", 5, LEFT), ("sebelum", 1.2, RIGHT), ("sesudah", 1.2, RIGHT))
        blocks.append(table(labels, say["diri"], columns, data["kompetensi"]["baris"]))
    parts: dict[str, list[Data]] = {"narasumber": [], "penyelenggaraan": [], "lain": []}
    for form in data["skala"]:
        kind = {"narasumber": "narasumber", "penyelenggaraan": "penyelenggaraan", "kepuasan": "penyelenggaraan"}
        parts[kind.get(form["fase"], "lain")].append(form)
    for part, forms in parts.items():
        if forms or part != "lain":
            blocks.append(Heading(say[f"nilai_{part}"], 2))
            blocks += [block for form in forms for block in scaled(form, labels)] or [Paragraph(say["nilai_kosong"])]
    if data["skala"]:
        blocks.append(Paragraph(say["skala_beda"], "redup"))
    blocks.append(Heading(say["saran"], 2))
    if data["saran"]:
        blocks.append(Paragraph(say["saran_isi"].format(jumlah=len(data["saran"]))))
        blocks.append(table(labels, say["saran"], (("formulir", 2, LEFT), ("komentar", 5, LEFT)), data["saran"]))
    else:
        blocks.append(Paragraph(say["saran_kosong"]))
    return blocks


def _tested(test: Data, labels: Data) -> list[Block]:
    say = labels["laporan"]
    blocks: list[Block] = [
        Paragraph(line, "kotak" if place == 0 else "biasa") for place, line in enumerate(test["kalimat"])
    ]
    if test["rinci"]:
        blocks.append(Paragraph(say["rincian"].format(isi=test["rinci"]), "redup"))
    if test["batang"]:
        bars = tuple((label, share, text) for label, share, text in test["batang"])
        blocks += [Heading(say["grafik_tujuan"], 3), Bars(say["grafik_tujuan"], bars)]
    if test["tujuan"]:
        blocks += [
            Heading(say["per_tujuan"], 3),
            table(labels, say["per_tujuan"], (("tujuan", 3, LEFT), *GROUPED), test["tujuan"]),
        ]
    if test["asal"] or test["asal_tutup"]:
        blocks.append(Heading(say["per_asal"], 3))
    if test["asal"]:
        blocks.append(table(labels, say["per_asal"], (("kelompok", 3, LEFT), *GROUPED), test["asal"]))
    if test["asal_tutup"]:
        facts = {"jumlah": test["asal_tutup"], "minimum": test["minimum"]}
        blocks.append(Paragraph(say["kelompok_tutup"].format(**facts), "redup"))
    if test["soal"]:
        columns = (
            *(("soal", 1.1, LEFT), ("isi", 4, LEFT), ("benar_pre", 1.4, RIGHT), ("benar_post", 1.4, RIGHT)),
            ("bacaan", 3, LEFT),
        )
        blocks += [Heading(say["per_soal"], 3), table(labels, say["per_soal"], columns, test["soal"])]
    return blocks


def scaled(form: Data, labels: Data) -> list[Block]:
    """The heading, sentences and table of one form of scale questions."""
    title = form["judul"]
    if form["tentang"] and form["tentang"] not in title:
        title = f"{title} · {form['tentang']}"
    blocks: list[Block] = [Heading(title, 3), *(Paragraph(line) for line in form["kalimat"])]
    return [*blocks, table(labels, title, SCALED, form["baris"])] if form["baris"] else blocks


def _closing(data: Data, labels: Data) -> list[Block]:
    say, plans = labels["laporan"], data["rtl"]
    blocks: list[Block] = [Heading(say["bab4"]), Heading(say["kesimpulan"], 2)]
    blocks.append(_listed(data["kesimpulan"]) if data["kesimpulan"] else Paragraph(say["kesimpulan_kosong"]))
    blocks.append(Heading(say["rekomendasi"], 2))
    blocks.append(_listed(data["rekomendasi"]) if data["rekomendasi"] else Paragraph(say["rekomendasi_kosong"]))
    blocks += [Heading(say["tindak_lanjut"], 2), Paragraph(plans["kalimat"] or say["tindak_kosong"])]
    if plans["baris"]:
        columns = (("peserta", 2.5, LEFT), ("rencana", 5, LEFT), ("tenggat", 2, LEFT), ("status", 1.6, LEFT))
        blocks.append(table(labels, say["tindak_lanjut"], columns, plans["baris"]))
    return blocks


def _appendices(data: Data, labels: Data) -> list[Block]:
    say = labels["laporan"]
    if data["hadir"] is None:
        return [
            PageBreak(),
            Heading(say["lampiran_nilai"]),
            *scores(data, labels),
            Paragraph(say["lampiran_tutup"], "redup"),
        ]
    columns = (
        *(("no", 0.6, RIGHT), ("nama", 3, LEFT), ("kelamin", 0.6, CENTER), ("jabatan", 1.8, LEFT)),
        *(("instansi", 3, LEFT), ("sesi_diikuti", 2, LEFT), ("hadir", 1.3, RIGHT)),
    )
    names = ("no", "nama", "kelamin", "jabatan", "instansi", "sesi", "hadir")
    rows = [[row[name] for name in names] for row in data["hadir"]]
    blocks: list[Block] = [PageBreak(), Heading(say["lampiran_hadir"])]
    if rows:
        blocks += [Paragraph(say["lampiran_sesi"], "redup"), table(labels, say["lampiran_hadir"], columns, rows)]
    else:
        blocks.append(Paragraph(say["peserta_kosong"]))
    return [*blocks, PageBreak(), Heading(say["lampiran_nilai"]), *scores(data, labels)]


def scores(data: Data, labels: Data) -> list[Block]:
    """The list of scores, or why there is none."""
    say, found = labels["nilai"], data["nilai"]
    if found["baris"] is None:
        return [Paragraph(say["sembunyi"].format(minimum=found["minimum"]))]
    if not found["baris"]:
        return [Paragraph(say["kosong"])]
    columns = (
        *(("no", 0.6, RIGHT), ("peserta", 3, LEFT), ("asal", 0.9, LEFT), ("instansi", 3, LEFT), ("pre", 0.9, RIGHT)),
        *(("post", 0.9, RIGHT), ("perubahan", 1.2, RIGHT), ("ngain", 0.9, RIGHT), ("batas", 1.3, CENTER)),
    )
    return [Paragraph(say["batas"].format(batas=found["batas"])), table(labels, say["judul"], columns, found["baris"])]
