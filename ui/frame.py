"""What every monitoring screen has around its figures: the path, the title with its date, the source line, empty states."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Actor
from domain.wilayah import lineage
from services import clock
from services.changes import Changes
from services.indicators import Figure
from services.register import Summary
from ui import draw, filters, readings, views
from ui.indikator import origins, words
from ui.text import nilai, umum
from ui.text import pantau as t


def opening(by: Actor, title: str, on: date, ask: Callable[[Actor], Filters]) -> Filters:
    """The top of a monitoring screen: path, title and date, then the filters that `ask` draws; gives what was chosen.

    The filters decide what the path says, so they are asked first and stand second. They are not in the sidebar: below
    the whole menu nobody would find them, and a phone keeps the sidebar shut.
    """
    top = st.container()
    chosen = ask(by)
    with top:
        _header(by, title, chosen, on)
    return chosen


def _header(by: Actor, title: str, chosen: Filters, on: date) -> None:
    """The path line (each step goes up to itself), then the title with the date of the data."""
    place = chosen.wilayah or by.scope.root
    steps: list[str | None] = [None, *lineage(place)]
    names = readings.path(place)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for kode, name in zip(steps, names, strict=True):
            st.button(
                name if kode == place else f"{name} ›",
                key=f"jalur_{kode or 'nasional'}",
                type="tertiary",
                disabled=kode == place or not by.scope.covers(kode),
                on_click=filters.go_to,
                args=(by, kode),
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(title, width="stretch")
        st.badge(t.DATA_PER.format(tanggal=figures.date_long(on)), icon=":material/calendar_month:", color="gray")


def source(on: date, sample_count: int = 0) -> None:
    """The line under the figures: where they come from, and whether invented rows are among them."""
    words = t.SUMBER.format(tanggal=figures.date_long(on))
    if sample_count:
        words += " " + t.MEMUAT_CONTOH.format(jumlah=figures.integer(sample_count))
    st.caption(words)


def figure(label: str, value: str, rule: str, line: str) -> None:
    """One large figure in a box, with the rule it is made by and, as one element, the line that says of how many."""
    st.metric(label, value, delta=line, delta_color="off", delta_arrow="off", border=True, height="stretch", help=rule)


def small(label: str, told: Figure, rule: str) -> None:
    """One smaller figure without a box; the line under it says only what it must be read with."""
    value = words.value(told) if told.terlindung else words.number(told, told.nilai)
    flags = origins.flags(told) or None
    st.metric(label, value, delta=flags, delta_color="off", delta_arrow="off", help=rule)


def nothing(by: Actor, chosen: Filters) -> None:
    """The designed empty state: why there is nothing, and what to do."""
    if chosen.open and readings.summary(by, Filters(), clock.today()).total == 0:
        st.info(t.KOSONG_URAIAN, title=t.KOSONG_JUDUL, icon=":material/inbox:")
    else:
        st.info(t.TIDAK_COCOK_URAIAN, title=t.TIDAK_COCOK_JUDUL, icon=":material/search_off:")
        st.button(umum.HAPUS_SARINGAN, key="hapus_kosong", on_click=filters.clear)


def gains(moved: Changes) -> str:
    """The sentences about who came, who went, and which papers became or ceased to be valid."""
    gained, lost = moved.gained or {}, moved.lost or {}
    parts = {
        f"{paper}_{way}": counts.get(paper, 0)
        for way, counts in (("dapat", gained), ("hilang", lost))
        for paper in nilai.PAPERS
    }
    return f"{t.PERUBAHAN_URAIAN.format(baru=moved.new, arsip=moved.archived)} {t.DAPAT_HILANG.format(**parts)}"


def published(found: Summary) -> None:
    """The figures that articles printed about this region, apart from the register's own."""
    if found.published:
        with st.container(border=True):
            st.header(t.PUBLIKASI)
            draw.table(views.published(found), alt=t.ALT_TABEL.format(judul=t.PUBLIKASI))
            st.caption(t.PUBLIKASI_URAIAN)
