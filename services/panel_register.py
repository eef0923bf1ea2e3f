"""Panels of the register: LKS by kluster and region, papers that end, LKS that nobody has visited."""

import calendar
from datetime import date

from data_access.engine import reading
from data_access.queries import panels as queries
from domain import figures
from domain.filters import EMPTY, EXPIRED, Filters
from domain.lks import EXPIRY_DAYS
from domain.panel import Cell, Panel
from domain.wilayah import level, lineage
from services import register
from services.panel_parts import BELOW, Ask, bar, columns, count, empty, joined, panel, share, shortened, text
from services.selection import selection

_PAPERS = ("daftar", "akreditasi")
_ALOUD = 5  # kluster that one sentence names
_MONTHS_KEY, _MONTHS = "belum_diverifikasi_setelah", 12


def kluster(ask: Ask) -> Panel:
    """LKS by kluster; one in two kluster counts in both, and the note says how many there are."""
    seen = register.summary(ask.reader, Filters(), ask.on)
    if not seen.total:
        return empty(ask, text("kluster", "kosong", tempat=ask.name), sumber=text("umum", "sumber_register"))
    named = register.kluster_names(ask.on)
    cells = [(kode, named.get(kode, kode), number) for kode, number in seen.kluster.items()]
    told = _kluster_told([(label, number) for _, label, number in cells if number])
    facts = {"tempat": ask.name, "total": figures.integer(seen.total)}
    sentence = text("kluster", "kalimat", rincian=told, **facts) if told else text("kluster", "tanpa_kluster", **facts)
    rows: list[tuple[Cell, ...]] = [(label, number) for _, label, number in cells]
    bars = [bar(label, number, kode) for kode, label, number in cells if number]
    if seen.in_none:
        rows.append((text("umum", "belum_diisi"), seen.in_none))
        bars.append(bar(text("umum", "belum_diisi"), seen.in_none, EMPTY))
    return panel(
        ask,
        sentence,
        angka=(
            count(text("kluster", "total"), seen.total),
            share(text("kluster", "terdaftar"), *seen.measures["terdaftar"]),
        ),
        batang=tuple(bars),
        kolom=columns("kluster"),
        baris=shortened(rows, summed=(1,)),
        catatan=joined(
            text("kluster", "catatan_banyak", n=figures.integer(seen.in_many)) if seen.in_many else "",
            text("kluster", "catatan_tanpa", n=figures.integer(seen.in_none)) if seen.in_none else "",
        ),
        sumber=text("umum", "sumber_register"),
        contoh=seen.sample_count,
    )


def _kluster_told(cells: list[tuple[str, int]]) -> str:
    """Every kluster with its number; of many the largest, so that the sentence can be read aloud."""
    most = _ALOUD if len(cells) <= _ALOUD else 3
    largest = cells if most == _ALOUD else sorted(cells, key=lambda cell: -cell[1])[:most]
    told = ", ".join(f"{figures.integer(number)} {label}" for label, number in largest)
    if len(cells) <= most:
        return told
    return text("kluster", "terbanyak", daftar=told, n=figures.integer(len(cells) - most))


def _label(kode: str, label: str) -> str:
    return text("umum", "tanpa_kecamatan") if kode == EMPTY else label or kode


def wilayah(ask: Ask) -> Panel:
    """LKS by the regions right below the place, those without any counted."""
    frame = register.by_region(ask.reader, Filters(), ask.on)
    kind = text("umum", _below(ask))
    title = text("wilayah", "judul", jenis=kind)
    cells = [
        (str(kode), _label(kode, label), int(total))
        for kode, label, total in zip(frame["kode"], frame["label"], frame["total"], strict=True)
    ]
    total = sum(number for *_, number in cells)
    if not total:
        sentence = text("wilayah", "kosong", tempat=ask.name)
        return empty(ask, sentence, judul=title, sumber=text("umum", "sumber_register"))
    cells.sort(key=lambda cell: (cell[0] == EMPTY, -cell[2], cell[1]))
    known = [number for kode, _, number in cells if kode != EMPTY]
    unknown = sum(number for kode, _, number in cells if kode == EMPTY)
    without = known.count(0)
    rows = shortened([(label, number) for _, label, number in cells], summed=(1,))
    sentence = text(
        "wilayah",
        "kalimat",
        tempat=ask.name,
        total=figures.integer(total),
        ada=figures.integer(len(known) - without),
        semua=figures.integer(len(known)),
        jenis=kind,
        terbanyak=cells[0][1],
        n=figures.integer(cells[0][2]),
    )
    return panel(
        ask,
        sentence,
        judul=title,
        angka=(count(text("wilayah", "total"), total), share(text("wilayah", "kosong_lks"), without, len(known))),
        batang=tuple(bar(str(label), int(number or 0)) for label, number in rows if number),
        kolom=columns("wilayah"),
        baris=rows,
        catatan=text("wilayah", "catatan", n=figures.integer(unknown)) if unknown else "",
        sumber=text("umum", "sumber_register"),
        contoh=register.sample_count(ask.reader, Filters(), ask.on),
    )


def _below(ask: Ask) -> str:
    """The level that by_region() counts at: a kecamatan stands alone, nothing below it is kept apart."""
    own = level(ask.place or None)
    return own if own == "kecamatan" else BELOW[own]


def berakhir(ask: Ask) -> Panel:
    """What runs out in 30, 90 and 180 days and what has, by paper; `hari` of the spec is what the sentence speaks of."""
    seen = register.summary(ask.reader, Filters(), ask.on)
    days = ask.spec.hari if ask.spec.hari in EXPIRY_DAYS else 90
    ends, gone = seen.expiring[days], seen.expiring[EXPIRED]
    rows: list[tuple[Cell, ...]] = [
        (
            text("berakhir", "lewat") if window == EXPIRED else text("berakhir", "dalam", hari=window),
            *[seen.expiring[window][paper] for paper in _PAPERS],
        )
        for window in (*EXPIRY_DAYS, EXPIRED)
    ]
    sources = {"sumber": text("umum", "sumber_register"), "contoh": seen.sample_count}
    if not any(number for _, *numbers in rows for number in numbers):
        return empty(ask, text("berakhir", "kosong", tempat=ask.name), **sources)
    sentence = text(
        "berakhir",
        "kalimat",
        hari=days,
        tempat=ask.name,
        total=figures.integer(seen.total),
        **{paper: figures.integer(ends[paper]) for paper in _PAPERS},
        **{f"lewat_{paper}": figures.integer(gone[paper]) for paper in _PAPERS},
    )
    facts = [share(text("berakhir", paper, hari=days), ends[paper], seen.total) for paper in _PAPERS]
    facts += [share(text("berakhir", f"lewat_{paper}"), gone[paper], seen.total) for paper in _PAPERS]
    endless = sum(seen.without_end.values())
    return panel(
        ask,
        sentence,
        angka=tuple(facts),
        batang=tuple(bar(fact.label, int(fact.nilai or 0)) for fact in facts),
        kolom=columns("berakhir"),
        baris=tuple(rows),
        catatan=joined(
            text("berakhir", "catatan"),
            text("berakhir", "catatan_tanpa", tanpa=figures.integer(endless)) if endless else "",
        ),
        **sources,
    )


def months_before(on: date, months: int) -> date:
    """The same day so many months earlier, or the last one of that month."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def belum_dikunjungi(ask: Ask) -> Panel:
    """LKS that nobody checked in the field within the months that the region has set, by the regions below."""
    frame = register.by_region(ask.reader, Filters(), ask.on)
    steps = lineage(ask.place or None)
    with reading() as connection:
        months = int(queries.setting(connection, _MONTHS_KEY, steps, ask.on) or _MONTHS)
        chosen = selection(connection, ask.reader, Filters(), ask.on)
        since = months_before(ask.on, months)
        found = queries.unvisited(connection, chosen, _below(ask), since)
    total, missing = int(frame["total"].sum()), sum(found.values())
    title = text("belum_dikunjungi", "judul", bulan=months)
    facts = {"tempat": ask.name, "bulan": months}
    sources = {
        "judul": title,
        "sumber": text("umum", "sumber_register"),
        "contoh": register.sample_count(ask.reader, Filters(), ask.on),
    }
    if not total:
        return empty(ask, text("belum_dikunjungi", "kosong_tanpa", tempat=ask.name), **sources)
    if not missing:
        return empty(ask, text("belum_dikunjungi", "kosong", total=figures.integer(total), **facts), **sources)
    by_code = {kode or EMPTY: number for kode, number in found.items()}
    rows: list[tuple[Cell, ...]] = [
        (_label(kode, label), by_code.get(kode, 0), int(of))
        for kode, label, of in zip(frame["kode"], frame["label"], frame["total"], strict=True)
        if of
    ]
    rows.sort(key=lambda row: (-int(row[1] or 0), str(row[0])))
    worst = rows[0]
    shown = shortened(rows, summed=(1, 2))
    return panel(
        ask,
        joined(
            text("belum_dikunjungi", "kalimat", n=figures.integer(missing), total=figures.integer(total), **facts),
            text(
                "belum_dikunjungi",
                "terbanyak",
                wilayah=worst[0],
                n=figures.integer(int(worst[1] or 0)),
                dari=figures.integer(int(worst[2] or 0)),
            )
            if len(rows) > 1
            else "",
        ),
        angka=(share(text("belum_dikunjungi", "fakta"), missing, total),),
        batang=tuple(bar(str(row[0]), int(row[1] or 0)) for row in shown if row[1]),
        kolom=columns("belum_dikunjungi"),
        baris=shown,
        catatan=text("belum_dikunjungi", "catatan"),
        **sources,
    )
