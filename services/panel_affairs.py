"""Panels of the LKKS's own affairs: open actions, which regions have an LKKS, and what trainings have brought."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from data_access.engine import reading
from data_access.queries import find
from data_access.queries import panels as queries
from data_access.queries import results as result_queries
from domain import figures
from domain.panel import Bar, Cell, Fact, Panel
from domain.permissions import Scope
from domain.rapat import LATE, action_state, urgency
from domain.statistics.withheld import given
from domain.wilayah import level, parent
from services import indicators, results, sentences
from services import wilayah as regions
from services.panel_parts import (
    MOST_ROWS,
    Ask,
    bar,
    columns,
    count,
    empty,
    joined,
    panel,
    persons,
    share,
    shortened,
    text,
    until,
)


def in_charge(row: Mapping[str, Any]) -> str:
    """The institution in charge of an action: its name, else its kind; never a person."""
    if row["pic_instansi"]:
        return str(row["pic_instansi"])
    kind = row["pic_jenis"]
    return text("tindak_lanjut", f"badan_{kind}") if kind else text("tindak_lanjut", "tanpa_instansi")


def status_word(status: str, due: date | None, on: date) -> str:
    """What the state of an action is called on a day."""
    return text("tindak_lanjut", "status_" + action_state(status, due, on))


def tindak_lanjut(ask: Ask) -> Panel:
    """What the LKKS has agreed and not finished, overdue first: what, by which institution, by when, how it stands."""
    with reading() as connection:
        every = queries.actions(connection, ask.meeting, ask.spec.wilayah)
    waiting = sorted((row for row in every if row["status"] != "selesai"), key=lambda row: urgency(row, ask.on))
    done = len(every) - len(waiting)
    samples = sum(row["contoh"] for row in every)
    finished = share(text("tindak_lanjut", "selesai"), done, len(every))
    sources = {"sumber": text("umum", "sumber_rapat"), "contoh": samples}
    if not waiting:
        told = text("tindak_lanjut", "semua_selesai", n=figures.integer(done)) if done else ""
        return empty(ask, told or text("tindak_lanjut", "kosong"), **sources)
    states = Counter(action_state(row["status"], row["tenggat"], ask.on) for row in waiting)
    rows: list[tuple[Cell, ...]] = [
        (
            row["apa"],
            in_charge(row),
            row["tenggat"].isoformat() if row["tenggat"] else None,
            status_word(row["status"], row["tenggat"], ask.on),
        )
        for row in waiting
    ]
    longest = figures.until(waiting[0]["tenggat"], ask.on) if states[LATE] else ""
    facts = {"terbuka": figures.integer(len(waiting)), "terlambat": figures.integer(states[LATE])}
    return panel(
        ask,
        joined(
            text("tindak_lanjut", "kalimat", **facts),
            text("tindak_lanjut", "terlama", lewat=longest) if longest else "",
        ),
        angka=(
            count(text("tindak_lanjut", "terbuka"), len(waiting)),
            share(text("tindak_lanjut", "terlambat"), states[LATE], len(waiting)),
            finished,
        ),
        batang=tuple(bar(text("tindak_lanjut", f"status_{name}"), states[name]) for name in (LATE, "belum", "proses")),
        kolom=columns("tindak_lanjut"),
        baris=shortened(rows),
        catatan=text("tindak_lanjut", "catatan"),
        **sources,
    )


def lkks_wilayah(ask: Ask) -> Panel:
    """Which of the regions right below the place have an LKKS, n of m; for a kabupaten or kota whether it has its own."""
    own = level(ask.place or None)
    if own == "kecamatan":
        return empty(ask, text("lkks_wilayah", "kosong"), sumber=text("umum", "sumber_lkks"))
    root = ask.place or None
    with reading() as connection:
        kept = {row["wilayah"]: row for row in queries.with_lkks(connection, Scope(root))}
        codes = [kode for kode, *_ in find.regions_in_force(connection, root, ask.on)]
    places = [kode for kode in codes if level(kode) == "kabkota"]
    return _national(ask, kept, codes) if own == "nasional" else _of_places(ask, kept, places)


def _coverage(ask: Ask, kept: Mapping[str, Any], places: list[str], **more: Any) -> Panel:
    having = [kode for kode in places if kode in kept]
    gone = sum(_ended(row, ask.on) for row in kept.values())
    facts = {"n": figures.integer(len(having)), "m": figures.integer(len(places))}
    day = until("target_wilayah", ask.spec.sampai, ask.on)
    told = text("lkks_wilayah", "kalimat", jenis=text("umum", "kabkota"), tempat=ask.name, sampai=day, **facts)
    if places == [ask.place]:
        told = text("lkks_wilayah", "sendiri_ada" if having else "sendiri_belum", tempat=ask.name, sampai=day)
    first = more.pop("angka", ())
    return panel(
        ask,
        joined(told, text("lkks_wilayah", "lewat", n=figures.integer(gone)) if gone else ""),
        judul=text("lkks_wilayah", "judul"),
        angka=(
            *first,
            share(text("lkks_wilayah", "fakta"), len(having), len(places)),
            share(text("lkks_wilayah", "masa_lewat"), gone, len(kept)),
        ),
        batang=(
            bar(text("lkks_wilayah", "fakta"), len(having)),
            bar(text("lkks_wilayah", "belum"), len(places) - len(having)),
        ),
        catatan=text("lkks_wilayah", "catatan"),
        sumber=text("umum", "sumber_lkks"),
        contoh=sum(row["contoh"] for row in kept.values()),
        **more,
    )


def _ended(row: Mapping[str, Any], on: date) -> bool:
    return row["masa_sampai"] is not None and row["masa_sampai"] < on


def _of_places(ask: Ask, kept: Mapping[str, Any], places: list[str]) -> Panel:
    named = regions.names(places)
    rows: list[tuple[Cell, ...]] = []
    for kode in sorted(places, key=lambda kode: (kode in kept, kode)):  # those that lack one stand first
        until_day = kept[kode]["masa_sampai"] if kode in kept else None
        word = text("lkks_wilayah", "ada" if kode in kept else "tidak")
        rows.append((named.get(kode, kode), word, until_day.isoformat() if until_day else None))
    shown = shortened(rows)
    if len(rows) > MOST_ROWS:  # how many of the rest have one, because words do not add up
        left = [row[1] == text("lkks_wilayah", "ada") for row in rows[MOST_ROWS - 1 :]]
        told = f"{text('lkks_wilayah', 'ada')}: {figures.out_of(sum(left), len(left))}"
        shown = (*shown[:-1], (shown[-1][0], told, None))
    return _coverage(ask, kept, places, kolom=columns("lkks_wilayah"), baris=shown)


def _national(ask: Ask, kept: Mapping[str, Any], codes: list[str]) -> Panel:
    provinces = [kode for kode in codes if level(kode) == "provinsi"]
    below: dict[str, list[str]] = defaultdict(list)
    for kode in codes:
        if level(kode) == "kabkota":
            below[str(parent(kode))].append(kode)
    named = regions.names(provinces)
    rows: list[tuple[Cell, ...]] = [
        (
            named.get(kode, kode),
            text("lkks_wilayah", "ada" if kode in kept else "tidak"),
            sum(one in kept for one in below[kode]),
            len(below[kode]),
        )
        for kode in provinces
    ]
    rows.sort(key=lambda row: (int(row[2] or 0) - int(row[3] or 0), str(row[0])))
    having = sum(kode in kept for kode in provinces)
    first = (share(text("lkks_wilayah", "provinsi"), having, len(provinces)),)
    places = [kode for kode in codes if level(kode) == "kabkota"]
    shown = shortened(rows, summed=(2, 3))
    return _coverage(ask, kept, places, angka=first, kolom=columns("lkks_wilayah", "kolom_nasional"), baris=shown)


def hasil_bimtek(ask: Ask) -> Panel:
    """The trainings of the place with who took both tests and what rose; results of fewer than five stay hidden."""
    lines = [
        line for line in results.across(ask.reader) if ask.spec.kegiatan in (None, line.id) and line.begins <= ask.on
    ]
    took: dict[int, dict[str, set[int]]] = defaultdict(lambda: {"pre": set(), "post": set()})
    with reading() as connection:
        for row in result_queries.scores_by_event(connection, ask.reader.scope):
            took[row["kegiatan_id"]][row["fase"]].add(row["peserta_id"])
    lines = [line for line in lines if line.id in took][::-1]
    samples = sum(line.sample for line in lines)
    sources = {"sumber": text("umum", "sumber_bimtek"), "contoh": samples}
    if not lines:
        return empty(ask, text("hasil_bimtek", "kosong", tempat=ask.name), **sources)
    limits = indicators.limits()
    rows: list[tuple[Cell, ...]] = []
    bars: list[Bar] = []
    for line in lines:
        pre, post = took[line.id]["pre"], took[line.id]["post"]
        mean = _mean(line)
        mark = sentences.level_mark(line.pairs.level) if line.pairs is not None and mean is not None else ""
        numbers = [persons(number, limits) for number in (line.people, len(pre), len(post), len(pre & post))]
        rows.append((line.title, line.begins.isoformat(), *numbers, mean, mark))
        if mean is not None:
            bars.append(Bar(line.title, mean, sentences.points(mean)))
    compared = sum(len(took[line.id]["pre"] & took[line.id]["post"]) for line in lines)
    people = sum(line.people for line in lines)
    return panel(
        ask,
        text(
            "hasil_bimtek",
            "kalimat",
            judul=lines[0].title,
            tanggal=figures.date_long(lines[0].begins),
            hasil=_told(lines[0]),
        ),
        angka=(
            count(text("hasil_bimtek", "kegiatan"), len(lines)),
            _people(text("hasil_bimtek", "peserta"), people),
            _people(text("hasil_bimtek", "berpasangan"), compared, people),
        ),
        batang=tuple(bars[: MOST_ROWS - 1]),
        kolom=columns("hasil_bimtek"),
        baris=shortened(rows, rest=text("hasil_bimtek", "lainnya_kegiatan", n="{n}")),
        catatan=text("hasil_bimtek", "catatan"),
        **sources,
    )


def _people(label: str, value: int, of: int | None = None) -> Fact:
    if isinstance(word := persons(value, indicators.limits()), str):
        return Fact(label, None, word)
    return count(label, value) if of is None else share(label, value, of)


def _mean(line: results.EventLine) -> float | None:
    """The mean change in points with one decimal; None for fewer than five pairs."""
    if line.pairs is None or line.pairs.n < results.LEAST_SHOWN or not given(line.pairs.difference.mean):
        return None
    return round(float(line.pairs.difference.mean), 1)


def _told(line: results.EventLine) -> str:
    if line.pairs is None:
        return text("hasil_bimtek", "disembunyikan")
    return joined(*[one.text for one in sentences.headline(line.pairs)])
