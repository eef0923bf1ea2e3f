"""The forms of an event: their links and states, opening, closing, schedules, QR codes, and the list of codes."""

import hashlib
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from domain.bimtek import PAIRS, ZONES
from domain.permissions import Actor, Permission
from services import cards, events, instruments, tabular
from services.events import ANONYMOUS, PHASES_OF, Event
from ui import draw, fragments
from ui.bimtek import events_detail
from ui.bimtek.events_saving import attempt, shown
from ui.bimtek.labels import apart
from ui.profile import entry
from ui.text import bimtek as t

Row = dict[str, Any]
TABLE, SERVER = "tabel_formulir", "alamat_server"


def tab(by: Actor, found: Event) -> None:
    """Everything of an event that participants open."""
    changes = events_detail.manages(by, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t.FORMULIR, anchor=False, width="stretch")
        if changes and st.button(t.TAMBAH_FORMULIR, icon=":material/note_add:", key="tambah_formulir"):
            add(by, found)
    if not found.forms:
        st.info(t.FORMULIR_KOSONG, title=t.FORMULIR_KOSONG_JUDUL, icon=":material/description:")
    else:
        actions = st.container(horizontal=True)
        picked = _table(found)
        with actions:
            if picked is not None:
                _actions(by, found, picked, changes)
        st.caption(t.PILIH_FORMULIR)
    st.divider()
    st.subheader(t.HALAMAN_KEGIATAN, anchor=False)
    st.caption(t.HALAMAN_URAIAN)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.code(events.address(found.record["tautan"]), language=None, width="content")
        if st.button(t.QR, icon=":material/qr_code_2:", key="qr_kegiatan"):
            qr(by, found, None)
    if by.may(Permission.MANAGE_EVENTS):
        st.subheader(t.KODE_PESERTA, anchor=False)
        st.caption(t.KODE_PESERTA_URAIAN)
        codes(by, found)


def _table(found: Event) -> Row | None:
    zona = found.record["zona"]
    rows = [
        {
            "fase": t.FASE[form["fase"]],
            "judul": form["judul"],
            "keadaan": t.STATUS_FORMULIR[form["keadaan"]],
            "alamat": events.address(form["tautan"]),
            "kiriman": form["kiriman"],
            "instrumen": f"{form['instrumen_judul']} (versi {form['instrumen_nomor']})",
            "anonim": form["anonim"],
            "jadwal": t.jadwal(form, zona) or "-",
        }
        for form in found.forms
    ]
    event = draw.table(
        pd.DataFrame(rows).rename(columns=t.KOLOM_FORMULIR),
        alt=t.FORMULIR_ALT,
        key=TABLE,
        on_select="rerun",
        selection_mode="single-row",
        column_config={t.KOLOM_FORMULIR["judul"]: st.column_config.TextColumn(width=260)},
    )
    picked = [number for number in event["selection"]["rows"] if number < len(found.forms)]
    return found.forms[picked[0]] if picked else None


def _actions(by: Actor, found: Event, form: Row, changes: bool) -> None:
    if changes:
        state_now = form["keadaan"]
        if state_now != "dibuka" and st.button(t.BUKA, icon=":material/lock_open:", type="primary", key="buka"):
            key = f"buka_{form['id']}_{form['versi']}"
            attempt(key, lambda token: events.open_form(by, form["id"], form["versi"], token))
        if state_now == "dibuka" and st.button(t.TUTUP, icon=":material/lock:", type="primary", key="tutup"):
            key = f"tutup_{form['id']}_{form['versi']}"
            attempt(key, lambda token: events.close_form(by, form["id"], form["versi"], token))
        if st.button(t.JADWALKAN, icon=":material/schedule:", key="jadwal"):
            schedule(by, found, form)
        if st.button(t.UBAH, icon=":material/edit:", key="ubah_formulir"):
            edit(by, form)
        if not form["kiriman"] and st.button(t.HAPUS_FORMULIR, icon=":material/delete:", key="hapus_formulir"):
            remove(by, form)
    if st.button(t.QR, icon=":material/qr_code_2:", key="qr_formulir"):
        qr(by, found, form)


@fragments.dialog(t.TAMBAH_FORMULIR, width="medium", icon=":material/note_add:")
def add(by: Actor, found: Event) -> None:
    """Asks which published instrument is used for what, and makes its form, or both of a pair."""
    usable = {row["id"]: row for row in instruments.usable(by)}
    names = apart({number: f"{row['judul']} (versi {row['nomor']})" for number, row in usable.items()})
    prefix = f"tambah_formulir_{found.record['id']}"
    version_id = st.selectbox(
        t.INSTRUMEN_PILIH,
        list(usable),
        None,
        names.__getitem__,
        key=f"{prefix}_instrumen",
        placeholder=t.PILIH,
    )
    if version_id is None:
        return
    jenis = usable[version_id]["jenis"]
    phases = PHASES_OF[jenis]
    phase: str | None = phases[0]
    if phase in PAIRS:
        st.caption(t.SEPASANG.format(daftar=" dan ".join(t.FASE[one] for one in phases)))
    elif len(phases) > 1:
        phase = entry.one_of(t.FASE_PILIH, f"{prefix}_fase_{jenis}", {one: t.FASE[one] for one in phases})
    if phase is None:
        return
    about: list[int] = []
    if phase == "narasumber" and found.speakers:
        rated = {form["narasumber_id"] for form in found.forms}
        names = {person["id"]: person["nama"] for person in found.speakers if person["id"] not in rated}
        about = st.multiselect(
            t.NARASUMBER_PILIH,
            list(names),
            default=list(names),
            format_func=lambda number: names[number],
            key=f"{prefix}_narasumber",
            help=t.NARASUMBER_PILIH_PETUNJUK,
            select_all=False,
        )
    anonim = st.checkbox(t.ANONIM, key=f"{prefix}_anonim_{version_id}") if phase in ANONYMOUS else None
    titles = dict(t.JUDUL_FORMULIR) if about else {**t.JUDUL_FORMULIR, "narasumber": "{judul}"}
    if st.button(t.TAMBAH_FORMULIR, key="simpan_formulir", type="primary", width="stretch"):
        attempt(
            prefix,
            lambda token: events.add_forms(
                by, found.record["id"], version_id, phase, token, titles=titles, anonim=anonim, narasumber=about
            ),
        )


@fragments.dialog(t.UBAH, width="small", icon=":material/edit:")
def edit(by: Actor, form: Row) -> None:
    """Asks for the title of a form and whether it is anonymous."""
    prefix = f"formulir_{form['id']}_{form['versi']}"
    with st.form(prefix, enter_to_submit=False, border=False):
        title = entry.text(t.JUDUL_TAMPIL, f"{prefix}_judul", form["judul"], most=300)
        anonim = form["anonim"]
        if form["fase"] in ANONYMOUS:
            anonim = st.checkbox(t.ANONIM, value=anonim, key=f"{prefix}_anonim", disabled=bool(form["kiriman"]))
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            attempt(prefix, lambda token: events.edit_form(by, form["id"], form["versi"], title or "", anonim, token))


@fragments.dialog(t.HAPUS_FORMULIR, width="small", icon=":material/delete:")
def remove(by: Actor, form: Row) -> None:
    """Asks once, then takes an unanswered form out of its event."""
    st.text(form["judul"])
    st.write(t.HAPUS_FORMULIR_URAIAN)
    key = f"hapus_formulir_{form['id']}_{form['versi']}"
    if st.button(t.HAPUS_FORMULIR, key="ya_hapus_formulir", type="primary", width="stretch"):
        attempt(key, lambda token: events.remove_form(by, form["id"], form["versi"], token))


def moment(day: date | None, clock: time | None, zona: str, default: time) -> datetime | None:
    """A day and clock time of an event's zone as a moment; None without a day."""
    return datetime.combine(day, clock or default, ZoneInfo(ZONES[zona])) if day is not None else None


@fragments.dialog(t.JADWALKAN, width="medium", icon=":material/schedule:")
def schedule(by: Actor, found: Event, form: Row) -> None:
    """Asks when a form opens and closes by itself, in the time of the event's place."""
    zona = found.record["zona"]
    prefix = f"jadwal_{form['id']}_{form['versi']}"
    st.text(form["judul"])
    st.caption(t.JADWAL_URAIAN.format(zona=zona))
    given: dict[str, datetime | None] = {}
    with st.form(prefix, enter_to_submit=False, border=False):
        for name, day_label, clock_label, default in (
            ("buka_pada", t.TANGGAL_BUKA, t.JAM_BUKA, time(8)),
            ("tutup_pada", t.TANGGAL_TUTUP, t.JAM_TUTUP, time(17)),
        ):
            kept = form[name] if form["keadaan"] != "ditutup" else None
            local = kept.astimezone(ZoneInfo(ZONES[zona])) if kept else None
            left, right = st.columns(2)
            with left:
                day = entry.day(day_label, f"{prefix}_{name}_hari", local.date() if local else None)
            with right:
                st.session_state.setdefault(f"{prefix}_{name}_jam", local.time() if local else default)
                clock = st.time_input(clock_label, None, key=f"{prefix}_{name}_jam", step=300)
            given[name] = moment(day, clock, zona, default)
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            times = (given["buka_pada"], given["tutup_pada"])
            attempt(prefix, lambda token: events.schedule_form(by, form["id"], form["versi"], *times, token))


def server_address(label: str = t.ALAMAT_SERVER) -> str:
    """The address that participants open, as typed or as this page was opened; InvalidInput when no phone could."""
    here = urlsplit(st.context.url or "")
    st.session_state.setdefault(SERVER, f"{here.scheme}://{here.netloc}" if here.netloc else "")
    typed = st.text_input(label, key=SERVER, max_chars=200, autocomplete="off", persist_state="session")
    address = cards.server_address(typed or "")
    if cards.is_loopback(address):
        st.warning(t.ALAMAT_LOKAL, icon=":material/wifi_off:")
    return address


@fragments.dialog(t.QR, width="medium", icon=":material/qr_code_2:")
def qr(by: Actor, found: Event, form: Row | None) -> None:
    """The QR code, the address and its letters of a form, or of the event's own page, with the poster to print."""
    link, title = (form or found.record)["tautan"], (form or found.record)["judul"]
    with shown():
        address = server_address()
        full = cards.link_address(address, link)
        st.text(title)
        svg = cards.qr_svg(full, error="Q")
        with st.container(horizontal_alignment="center"):
            st.image(svg, width=280, alt=t.QR_ALT.format(alamat=full))
        st.code(full, language=None)
        st.caption(t.HURUF_KODE.format(huruf=cards.spelled(link)))
        st.download_button(
            t.POSTER,
            data=fragments.later(
                by, lambda: cards.poster(by, found.record["id"], address, form["id"] if form else None)
            ),
            file_name=f"poster_{link}_{hashlib.sha256(full.encode()).hexdigest()[:6]}.html",
            mime="text/html",
            icon=":material/print:",
            on_click="ignore",
            width="stretch",
        )


def codes(by: Actor, found: Event) -> None:
    """The list of links and personal codes as a workbook, made (and written down) only when asked for."""
    if st.button(t.SIAPKAN_KODE, icon=":material/key:", key="siapkan_kode"):
        codes_dialog(by, found)


@fragments.dialog(t.KODE_PESERTA, width="medium", icon=":material/key:")
def codes_dialog(by: Actor, found: Event) -> None:
    """Asks for the server's address and hands the list of codes out; looking at them is written down."""
    st.caption(t.KODE_PESERTA_URAIAN)
    with shown():
        address = server_address()
        event_id = found.record["id"]
        st.download_button(
            t.UNDUH_KODE,
            data=fragments.later(by, lambda: code_list(by, event_id, address)),
            file_name=draw.file_name("kode_peserta", found.record["judul"], event_id, address),
            mime=draw.XLSX,
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )


def code_list(by: Actor, event_id: int, address: str) -> bytes:
    """The workbook of an event's participants with their codes and the address of its page."""
    listed = events.links(by, event_id)
    where = cards.link_address(address, listed["kegiatan"]["tautan"])
    rows = [{name: person.get(name) for name in t.KOLOM_KODE} | {"alamat": where} for person in listed["peserta"]]
    frame = pd.DataFrame(rows, columns=list(t.KOLOM_KODE), dtype=object).rename(columns=t.KOLOM_KODE)
    about = {t.KEGIATAN: listed["kegiatan"]["judul"]} | {
        f"{t.FASE[form['fase']]}: {form['judul']}": cards.link_address(address, form["tautan"])
        for form in listed["formulir"]
    }
    return tabular.workbook(by, t.KODE_PESERTA, frame, about)
