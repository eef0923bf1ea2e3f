"""One event on the screen: its heading, what it is, its timetable and speakers, and the state it is in."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.bimtek import STATES, next_states
from domain.permissions import Actor, Permission
from services import events, roster, wilayah
from services.events import Event
from ui import draw, feedback, navigation, state
from ui.bimtek import choosing, events_dialogs, events_grids
from ui.text import bimtek as t
from ui.text import peserta as people_words

_ICONS = {"disiapkan": "edit_calendar", "berjalan": "play_circle", "selesai": "task_alt", "dikunci": "lock"}
_PLACES = ("wilayah", "jangkauan", "tempat_wilayah")


def manages(by: Actor, found: Event) -> bool:
    """True when the actor may change this event now."""
    return by.may(Permission.MANAGE_EVENTS) and not found.locked


def header(by: Actor, found: Event) -> None:
    """Title, state and days of an event, its figures, and the ways to its people and answers."""
    row = found.record
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(feedback.escape(row["judul"]), anchor=False, width="stretch")
        status = row["status"]
        colour: Any = t.WARNA_STATUS[status]
        st.badge(t.STATUS_KEGIATAN[status], icon=f":material/{_ICONS[status]}:", color=colour)
        if row["contoh"]:
            st.badge(t.CONTOH, color="orange")
    first, last = figures.date_long(row["mulai"]), figures.date_long(row["selesai"])
    days = t.rentang(row["mulai"], row["selesai"], first, last)
    where = [days, row["zona"], row["tempat"] or t.BELUM_DIISI, row["penyelenggara"]]
    st.caption(feedback.escape(" · ".join(where)))
    counts = roster.counts(by, row["id"])
    grid = st.grid(4, min_column_width=150)
    for label, value, line in (
        (t.JUMLAH_PESERTA, figures.integer(counts.people), people_words.jumlah(counts)),
        (t.JUMLAH_SESI, figures.integer(len(found.sessions)), t.hari((row["selesai"] - row["mulai"]).days + 1)),
        (t.JUMLAH_FORMULIR, figures.integer(len(found.forms)), _open_forms(found)),
        (t.JUMLAH_KIRIMAN, figures.integer(found.answers), None),
    ):
        grid.metric(label, value, delta=line, delta_color="off", delta_arrow="off", border=True, height="stretch")
    links(by, row)


def _open_forms(found: Event) -> str:
    count = sum(form["keadaan"] == "dibuka" for form in found.forms)
    return f"{figures.integer(count)} {t.STATUS_FORMULIR['dibuka'].lower()}"


def links(by: Actor, row: dict[str, Any]) -> None:
    """The ways from an event to the screens about its people, its days and its results, as far as they are there."""
    with st.container(horizontal=True):
        for url, label, icon in (
            ("peserta", t.BUKA_PESERTA, ":material/group:"),
            ("pelaksanaan", t.BUKA_PELAKSANAAN, ":material/co_present:"),
            ("hasil", t.BUKA_HASIL, ":material/monitoring:"),
        ):
            if any(screen.url == url and screen.allowed(by) for screen in navigation.SCREENS):
                query = {choosing.EVENT: choosing.label(row)}
                st.page_link(state.page(url), label=label, icon=icon, query_params=query)


def summary(by: Actor, found: Event) -> None:
    """The facts of an event, its aims and its yearly line, with what may be done to it."""
    row = found.record
    if by.may(Permission.MANAGE_EVENTS):
        with st.container(horizontal=True):
            if manages(by, found) and st.button(t.UBAH, icon=":material/edit:", key="ubah_kegiatan"):
                events_dialogs.edit(by, found)
            if st.button(t.SALIN, icon=":material/content_copy:", key="salin_kegiatan"):
                events_dialogs.copy(by, found)
            unanswered = row["status"] == "disiapkan" and not found.answers
            if unanswered and st.button(t.HAPUS, icon=":material/delete:", key="hapus_kegiatan"):
                events_dialogs.remove(by, found)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t.FAKTA_JUDUL, anchor=False)
        draw.table(pd.DataFrame(facts(by, found), columns=list(t.KOLOM_FAKTA)), alt=t.FAKTA_ALT)
    with right:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(t.TUJUAN, anchor=False, width="stretch")
            if manages(by, found) and st.button(t.UBAH, icon=":material/edit:", key="ubah_tujuan"):
                events_grids.aims(by, found)
        if found.aims:
            columns = {"kode": t.ISIAN["kode"], "nama": t.ISIAN["nama"]}
            draw.table(pd.DataFrame(found.aims).rename(columns=columns), alt=t.TUJUAN_ALT)
        else:
            st.caption(t.TUJUAN_KOSONG)
        _series(by, row)


def facts(by: Actor, found: Event) -> list[tuple[str, str]]:
    """The facts of an event as (label, value), what is missing said so."""
    row = dict(found.record)
    places = wilayah.names([row[name] for name in _PLACES if row[name]])
    bases = {base["kode"]: base["judul"] for base in events.legal_bases(by)}
    words: dict[str, Any] = {name: places.get(row[name], row[name]) for name in _PLACES}
    words |= {"maksud": t.MAKSUD[row["maksud"]], "dasar_hukum": bases.get(row["dasar_hukum"])}
    words |= {name: t.ATURAN[row[name]] for name in ("aturan_pre", "aturan_post")}
    words |= {name: str(row[name]) for name in ("batas_hadir", "batas_lulus")}
    return [(t.ISIAN[name], words.get(name, row[name]) or t.BELUM_DIISI) for name in t.FAKTA]


def _series(by: Actor, row: dict[str, Any]) -> None:
    st.subheader(t.SERI, anchor=False)
    line = events.series(by, row["id"])
    if len(line) < 2:
        st.caption(t.SERI_KOSONG)
        return
    table = [
        {"tahun": str(one["mulai"].year), "judul": one["judul"], "status": t.STATUS_KEGIATAN[one["status"]]}
        | {"peserta": one["peserta"]}
        for one in line
    ]
    shown = ("tahun", "judul", "status", "peserta")
    columns = {name: t.KOLOM_SERI[name] for name in shown}
    draw.table(pd.DataFrame(table)[list(shown)].rename(columns=columns), alt=t.SERI_ALT)


def timetable(by: Actor, found: Event) -> None:
    """The sessions and the speakers of an event."""
    names = {person["id"]: person["nama"] for person in found.speakers}
    changes = manages(by, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t.SESI, anchor=False, width="stretch")
        if changes and st.button(t.SESI_UBAH, icon=":material/edit_calendar:", key="ubah_sesi"):
            events_grids.sessions(by, found)
    if found.sessions:
        rows = [
            {name: session[name] for name in t.KOLOM_SESI}
            | {"narasumber": ", ".join(names[number] for number in session["narasumber"])}
            for session in found.sessions
        ]
        columns = {
            t.KOLOM_SESI["tanggal"]: st.column_config.DateColumn(format="DD/MM/YYYY"),
            t.KOLOM_SESI["materi"]: st.column_config.TextColumn(width=280),
        }
        draw.table(pd.DataFrame(rows).rename(columns=t.KOLOM_SESI), alt=t.SESI_ALT, column_config=columns)
    else:
        st.info(t.SESI_KOSONG, icon=":material/calendar_month:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t.NARASUMBER, anchor=False, width="stretch")
        if changes and st.button(t.NARASUMBER_UBAH, icon=":material/record_voice_over:", key="ubah_narasumber"):
            events_grids.speakers(by, found)
    if found.speakers:
        people = pd.DataFrame(found.speakers)[list(t.KOLOM_NARASUMBER)].rename(columns=t.KOLOM_NARASUMBER)
        draw.table(people, alt=t.NARASUMBER_ALT)
    else:
        st.caption(t.NARASUMBER_KOSONG)


def condition(by: Actor, found: Event) -> None:
    """The four states of an event, the present one marked, with the steps that may be taken."""
    now_in = found.record["status"]
    for code in STATES:
        here = code == now_in
        with st.container(border=here, gap="xxsmall"):
            icon = f":material/{_ICONS[code]}:"
            st.markdown(f"{icon} **{t.STATUS_KEGIATAN[code]}**" if here else f"{icon} {t.STATUS_KEGIATAN[code]}")
            st.caption(t.ARTI[code])
    if not by.may(Permission.MANAGE_EVENTS):
        return
    with st.container(horizontal=True):
        for place, to in enumerate(next_states(now_in)):
            back = place > 0 or now_in == "dikunci"
            label = (t.KEMBALI if back else t.LANGKAH)[to]
            if st.button(label, key=f"ke_{to}", type="secondary" if back else "primary"):
                events_dialogs.move(by, found, to)
