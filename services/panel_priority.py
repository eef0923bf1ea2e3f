"""The panel of priority areas: what the page Prioritas wilayah orders, by the same criteria, references and rules."""

from collections.abc import Sequence

from domain import figures
from domain.panel import Bar, Cell, Panel
from domain.priority import Area
from domain.wilayah import level
from services import priorities
from services.panel_parts import BELOW, Ask, columns, empty, joined, panel, share, shortened, text

_NAMED = 5  # areas that a sentence names


def prioritas(ask: Ask) -> Panel:
    """The regions below the place that fall short of a reference, most criteria first; of the one indicator that is named."""
    found = priorities.areas(ask.reader, ask.place, [ask.spec.kode] if ask.spec.kode else None, ask.on)
    more = {"sumber": text("umum", "sumber_register"), "contoh": found.contoh}
    if not found.daerah:
        return empty(ask, text("prioritas", "kosong", tempat=ask.name), **more)
    if not found.kodes:
        return empty(ask, text("prioritas", "kosong_kriteria", tempat=ask.name), **more)
    short = [one for one in found.daerah if one.terpenuhi]
    unknown = sum(one.diketahui == 0 for one in found.daerah)
    facts = {
        "n": figures.integer(len(short)),
        "m": figures.integer(len(found.daerah)),
        "k": figures.integer(len(found.kodes)),
        "jenis": text("umum", BELOW[level(ask.place or None)]),
        "tempat": ask.name,
    }
    sentence = text("prioritas", "kalimat", daftar=_listed(short), **facts) if short else ""
    return panel(
        ask,
        sentence or text("prioritas", "kalimat_tidak_ada", **facts),
        angka=(share(text("prioritas", "fakta"), len(short), len(found.daerah)),),
        batang=tuple(Bar(one.nama, one.terpenuhi, _of(one)) for one in short),
        kolom=columns("prioritas"),
        baris=shortened([_row(one) for one in found.daerah], summed=(2,)),
        catatan=joined(
            text("prioritas", "catatan", kriteria="; ".join(one.nama for one in found.daerah[0].kriteria)),
            text("prioritas", "belum_diketahui", n=figures.integer(unknown), **{"jenis": facts["jenis"]})
            if unknown
            else "",
        ),
        **more,
    )


def _row(area: Area) -> tuple[Cell, ...]:
    behind = "; ".join(one.nama for one in area.kriteria if one.terpenuhi)
    return area.nama, _of(area), area.lks, behind or None


def _of(area: Area) -> str:
    """In how many of the criteria that can be told at all the area falls short."""
    return text("prioritas", "dari", n=figures.integer(area.terpenuhi), m=figures.integer(area.diketahui))


def _listed(found: Sequence[Area]) -> str:
    """The first names after a colon, and how many more there are."""
    first, more = ", ".join(one.nama for one in found[:_NAMED]), len(found) - _NAMED
    return text("prioritas", "daftar_lebih" if more > 0 else "daftar", nama=first, n=figures.integer(max(more, 0)))
