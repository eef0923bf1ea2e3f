"""Panels of indicators: one beside those above it, and its targets by region."""

from data_access.engine import reading
from data_access.queries import wilayah as wilayah_queries
from domain import figures
from domain.filters import Filters
from domain.indikator import Definition, rounded
from domain.panel import Bar, Cell, Fact, Panel
from domain.wilayah import level
from services import indicators, register
from services import wilayah as regions
from services.indicators import Figure
from services.panel_affairs import lkks_wilayah
from services.panel_parts import BELOW, Ask, bar, columns, empty, joined, panel, share, shortened, text, until

_STATES = ("belum", "mendekati", "tanpa_data", "terlindung", "tanpa_target", "tercapai")  # what needs work stands first


def _definition(ask: Ask, kode: str) -> Definition | None:
    found = indicators.dictionary(ask.reader, ask.on)
    return next((one for one in found if one.kode == kode), None)


def _value(figure: Figure) -> str:
    """A figure as it is read aloud: a share with what it is made of, an approximate one as such, its class in brackets."""
    definition = figure.definition
    if figure.terlindung:
        return text("umum", "terlindung")
    if figure.nilai is None:
        return text("umum", "tidak_ada")
    if definition.is_share and figure.penyebut:
        told = figures.share(figure.pembilang, figure.penyebut)
    elif definition.is_share:
        told = figures.decimal(figure.nilai, 1) + "%"
    else:
        told = figures.decimal(figure.nilai, definition.desimal)
        told += "" if definition.satuan == "indeks" else f" {definition.satuan}"
    if figure.sekitar:
        told = "sekitar " + told
    return f"{told} ({figure.kategori})" if figure.kategori else told


def _digits(definition: Definition) -> int:
    return 1 if definition.is_share else definition.desimal


def _raw(figure: Figure) -> float | None:
    return rounded(figure.nilai, _digits(figure.definition))


def _period(figure: Figure) -> str:
    if figure.periode is None:
        return ""
    seri = text("indikator", "seri", seri=figure.seri) if figure.seri else ""
    return joined(figure.periode, f"({seri})" if seri else "")


def _gap(value: float | None, figure: Figure) -> str | None:
    if value is None:
        return None
    digits = _digits(figure.definition)
    return ("+" if value > 0 else "") + figures.decimal(value, digits)


def _samples(ask: Ask, figure: Figure) -> int:
    """Invented LKS under a figure that the register makes; stated values are never invented."""
    return register.sample_count(ask.reader, Filters(), ask.on) if figure.definition.jenis == "register" else 0


def indikator(ask: Ask) -> Panel:
    """One indicator of the place beside the regions above it, at the same period and series only."""
    kode = ask.spec.kode
    if not kode:
        return empty(ask, text("indikator", "kosong_pilih"), judul=text("indikator", "judul", nama="Indikator"))
    definition = _definition(ask, kode)
    if definition is None:
        title = text("indikator", "judul", nama=kode)
        return empty(ask, text("indikator", "kosong_kode", kode=kode), judul=title)
    title = text("indikator", "judul", nama=definition.nama)
    if not indicators.stated_for(definition, ask.place):
        sentence = text("indikator", "kosong_tingkat", nama=definition.nama, tempat=ask.name)
        return empty(ask, sentence, judul=title, sumber=definition.sumber)
    found = indicators.compare(ask.reader, kode, indicators.references_of(ask.reader, definition, ask.place), ask.on)
    own = found[0].figure
    if own.nilai is None and not own.terlindung:
        sentence = text("indikator", "kosong", nama=definition.nama, tempat=ask.name)
        return empty(ask, sentence, judul=title, sumber=definition.sumber)
    known = [one for one in found if one.figure.nilai is not None or one.figure.terlindung]
    period = _period(own)
    sentence = text(
        "indikator",
        "kalimat",
        nama=definition.nama,
        tempat=ask.name,
        periode=text("indikator", "periode", periode=period) if period else "",
        nilai=_value(own),
    )
    beside = [
        text("indikator", "banding", tempat=one.nama, nilai=_value(one.figure), selisih=_gap(one.selisih, own) or "-")
        for one in known[1:]
    ]
    facts = [
        Fact(one.nama, _raw(one.figure), _value(one.figure), one.figure.pembilang, one.figure.penyebut) for one in known
    ]
    if own.target is not None:
        year = own.periode[:4] if own.periode else ask.on.year
        told = figures.decimal(own.target, _digits(definition))
        facts.append(Fact(text("indikator", "target", tahun=year), own.target, told))
    bars = [
        Bar(one.nama, float(_raw(one.figure) or 0), _value(one.figure)) for one in known if not one.figure.terlindung
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            one.nama,
            _raw(one.figure),
            _value(one.figure),
            _period(one.figure) or None,
            _gap(one.selisih, own),
            one.figure.sumber or definition.sumber,
        )
        for one in known
    ]
    notes = [
        text("indikator", "catatan_seri") if len(known) > 1 else "",
        text("indikator", "basi") if own.basi else "",
        text("indikator", "kurang_lengkap") if own.kurang_lengkap else "",
    ]
    return panel(
        ask,
        joined(sentence, *beside),
        judul=title,
        angka=tuple(facts),
        batang=tuple(bars),
        kolom=columns("indikator"),
        baris=tuple(rows),
        catatan=joined(*notes),
        sumber=own.sumber or definition.sumber,
        contoh=_samples(ask, own),
    )


def children(ask: Ask) -> list[str]:
    """The codes of the regions right below the place on the day."""
    if level(ask.place or None) == "kecamatan":
        return []
    with reading() as connection:
        return [str(kode) for kode in wilayah_queries.children(connection, ask.place or None, ask.on)["kode"]]


def _state(figure: Figure) -> str:
    if figure.terlindung:
        return "terlindung"
    if figure.nilai is None:
        return "tanpa_data"
    return figure.status or "tanpa_target"


def target_wilayah(ask: Ask) -> Panel:
    """An indicator of the regions below the place against their targets, n of m; without one LKKS by region."""
    kode = ask.spec.kode
    if not kode:
        return lkks_wilayah(ask)
    definition, codes = _definition(ask, kode), children(ask)
    if definition is None:
        return empty(ask, text("indikator", "kosong_kode", kode=kode), judul=text("indikator", "judul", nama=kode))
    kind = text("umum", BELOW[level(ask.place or None)])
    facts = {"nama": definition.nama, "jenis": kind, "tempat": ask.name}
    title = text("target_wilayah", "judul", nama=definition.nama, jenis=kind)
    if not codes:
        return empty(ask, text("target_wilayah", "kosong_anak", tempat=ask.name), judul=title)
    if not indicators.stated_for(definition, codes[0]):
        return empty(ask, text("target_wilayah", "kosong", **facts), judul=title, sumber=definition.sumber)
    named = regions.names(codes)
    found = [figure for one in codes for figure in indicators.figures(ask.reader, one, ask.on, [kode])]
    states = {figure.wilayah: _state(figure) for figure in found}
    numbers = {state: sum(one == state for one in states.values()) for state in _STATES}
    rows: list[tuple[Cell, ...]] = []
    for figure in sorted(found, key=lambda one: (_STATES.index(states[one.wilayah]), one.capaian or 0, one.wilayah)):
        word = text("target_wilayah", "status_" + states[figure.wilayah])
        reached = rounded(figure.capaian, 1)
        rows.append((named.get(figure.wilayah, figure.wilayah), _raw(figure), figure.target, reached, word))
    reached_by = numbers["tercapai"]
    sentence = text(
        "target_wilayah",
        "kalimat",
        n=figures.integer(reached_by),
        m=figures.integer(len(found)),
        sampai=until("target_wilayah", ask.spec.sampai, ask.on),
        **facts,
    )
    lacking = [
        text("target_wilayah", state, n=figures.integer(numbers[state])) if numbers[state] else ""
        for state in ("tanpa_data", "tanpa_target")
    ]
    return panel(
        ask,
        joined(sentence, *lacking),
        judul=title,
        angka=(
            share(text("target_wilayah", "fakta"), reached_by, len(found)),
            share(text("target_wilayah", "belum"), numbers["belum"] + numbers["mendekati"], len(found)),
            share(text("target_wilayah", "data"), numbers["tanpa_data"] + numbers["terlindung"], len(found)),
        ),
        batang=tuple(
            bar(text("target_wilayah", f"status_{state}"), numbers[state])
            for state in reversed(_STATES)
            if numbers[state]
        ),
        kolom=columns("target_wilayah"),
        baris=_with_counts(rows),
        sumber=definition.sumber,
        contoh=_samples(ask, found[0]) if found else 0,
    )


def _with_counts(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows that find room; the last one says how many of the rest stand in which state."""
    shown = shortened(rows)
    left = rows[len(shown) - 1 :] if len(rows) > len(shown) else []
    if not left:
        return shown
    words = dict.fromkeys(str(row[-1]) for row in left)
    told = ", ".join(f"{word} {figures.integer(sum(row[-1] == word for row in left))}" for word in words)
    return (*shown[:-1], (*shown[-1][:-1], told))


# --- areas that need attention first ----------------------------------------------------------------------------------
