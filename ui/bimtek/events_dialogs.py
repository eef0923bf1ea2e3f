"""The dialogs that make, change, copy, move and delete an event."""

from datetime import date
from typing import Any

import streamlit as st

from domain.bimtek import PURPOSES, ZONES, next_states
from domain.permissions import Actor
from domain.wilayah import level, lineage
from services import event_entries, events, followup, instruments, wilayah
from services.events import Event
from ui import feedback, fragments, readings
from ui.bimtek import choosing
from ui.bimtek.events_saving import attempt
from ui.profile import entry
from ui.text import bimtek as t

# What the quick start ticks beforehand: one pair of tests and the evaluation of the days.
_USUAL = ("prepost", "penyelenggaraan")
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


def _text(name: str, prefix: str, row: dict[str, Any], *, required: bool = False) -> str | None:
    label = t.ISIAN[name] + (t.WAJIB if required else "")
    most = event_entries.TEXTS[name]
    return entry.text(label, f"{prefix}_{name}", row.get(name), most=most, long=name == "catatan")


def _choice(
    name: str,
    prefix: str,
    row: dict[str, Any],
    words: dict[str, str],
    *,
    nothing: str = t.PILIH,
    required: bool = False,
) -> str | None:
    key, value = f"{prefix}_{name}", row.get(name)
    offered = words if value is None or value in words else words | {value: value}
    st.session_state.setdefault(key, value)
    label = t.ISIAN[name] + (t.WAJIB if required else "")
    chosen: str | None = st.selectbox(
        label, list(offered), None, lambda code: offered[code], key=key, placeholder=nothing
    )
    return chosen


def _day(name: str, prefix: str, row: dict[str, Any]) -> date | None:
    key = f"{prefix}_{name}"
    st.session_state.setdefault(key, row.get(name))
    picked = st.date_input(t.ISIAN[name] + t.WAJIB, None, _EARLIEST, _LATEST, key=key, format="DD/MM/YYYY")
    return picked if isinstance(picked, date) else None


def regions(by: Actor) -> dict[str, str]:
    """The regions that an event of the actor's may belong to: their own and those below, by code."""
    found = readings.regions(by)
    root = by.scope.root
    return found if root is None or root in found else {root: wilayah.name(root)} | found


def origins(by: Actor, row: dict[str, Any]) -> dict[str, str]:
    """Where participants may come from: the regions above and below the actor's own, and every province."""
    above = [kode for kode in lineage(by.scope.root or row.get("wilayah")) if level(kode) != "kecamatan"]
    kept = [row["jangkauan"]] if row.get("jangkauan") else []
    return wilayah.names([*above, *kept]) | regions(by) | readings.children(None)


def _basics(by: Actor, prefix: str, row: dict[str, Any]) -> dict[str, Any]:
    """Title, dates, place and organiser: what an event cannot do without."""
    given: dict[str, Any] = {"judul": _text("judul", prefix, row, required=True)}
    left, right = st.columns(2)
    with left:
        given["mulai"] = _day("mulai", prefix, row)
    with right:
        given["selesai"] = _day("selesai", prefix, row)
    given["tempat"] = _text("tempat", prefix, row)
    purposes = {code: t.MAKSUD[code] for code in PURPOSES}
    left, right = st.columns(2)
    with left:
        given["maksud"] = _choice("maksud", prefix, row, purposes, required=True)
        given["penyelenggara_jenis"] = _choice("penyelenggara_jenis", prefix, row, t.PENYELENGGARA_JENIS, required=True)
    with right:
        given["wilayah"] = _choice("wilayah", prefix, row, regions(by), required=True)
        given["penyelenggara"] = _text("penyelenggara", prefix, row, required=True)
    return given


@fragments.dialog(t.KEGIATAN_BARU, width="large", icon=":material/event:")
def create(by: Actor) -> None:
    """Asks for title, dates, place, organiser and instruments, and sets the whole event up."""
    prefix = "kegiatan_baru"
    usable = [row for row in instruments.usable(by) if row["jenis"] != "pascapelatihan"]
    with st.form(prefix, enter_to_submit=False, border=False):
        given = _basics(by, prefix, {"maksud": "bimtek", "penyelenggara_jenis": "dinas", "wilayah": by.scope.root})
        st.markdown(f"**{t.INSTRUMEN_DIPAKAI}**")
        st.caption(t.INSTRUMEN_PETUNJUK)
        ticked = [
            row["id"]
            for row in usable
            if st.checkbox(
                f"{feedback.escape(row['judul'])} · {t.JENIS_INSTRUMEN[row['jenis']]}",
                value=row["bawaan"] and row["jenis"] in _USUAL,
                key=f"{prefix}_pakai_{row['id']}",
            )
        ]
        if st.form_submit_button(t.BUAT, type="primary", width="stretch"):
            attempt(
                prefix,
                lambda token: events.start(
                    by, given, ticked, token, session=t.SESI_HARI, titles={**t.JUDUL_FORMULIR, "narasumber": "{judul}"}
                ),
                t.DIBUAT,
                _open,
            )


def _open(event_id: int) -> None:
    # The picker stands already in this run: its value is set when the next run begins.
    st.session_state["_buka_kegiatan"] = event_id


def open_soon() -> None:
    """Opens the event that a write of the run before has made; called before the picker stands."""
    if "_buka_kegiatan" in st.session_state:
        st.session_state[choosing.EVENT] = st.session_state.pop("_buka_kegiatan")


@fragments.dialog(t.UBAH_KEGIATAN, width="large", icon=":material/edit:")
def edit(by: Actor, found: Event) -> None:
    """Asks for every fact of an event and stores those that changed."""
    row = found.record
    prefix = f"kegiatan_{row['id']}_{row['versi']}"
    bases = {base["kode"]: base["judul"] for base in events.legal_bases(by)}
    with st.form(prefix, enter_to_submit=False, border=False):
        given = _basics(by, prefix, row)
        left, right = st.columns(2)
        with left:
            given["nomor"] = _text("nomor", prefix, row)
            given["jangkauan"] = _choice("jangkauan", prefix, row, origins(by, row), nothing=t.SAMA_WILAYAH)
            given["pemandu"] = _text("pemandu", prefix, row)
            given["laporan_oleh"] = _text("laporan_oleh", prefix, row)
            given["batas_hadir"] = _percent("batas_hadir", prefix, row)
            given["aturan_pre"] = _choice("aturan_pre", prefix, row, t.ATURAN)
        with right:
            given["sumber_anggaran"] = _text("sumber_anggaran", prefix, row)
            given["zona"] = _choice("zona", prefix, row, {zone: zone for zone in ZONES}, nothing=t.OTOMATIS_ZONA)
            given["dibuka_oleh"] = _text("dibuka_oleh", prefix, row)
            given["seri"] = _text("seri", prefix, row)
            given["batas_lulus"] = _percent("batas_lulus", prefix, row)
            given["aturan_post"] = _choice("aturan_post", prefix, row, t.ATURAN)
        given["dasar_hukum"] = _choice("dasar_hukum", prefix, row, bases)
        given["catatan"] = _text("catatan", prefix, row)
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            attempt(prefix, lambda token: events.edit(by, row["id"], row["versi"], given, token))


def _percent(name: str, prefix: str, row: dict[str, Any]) -> int | None:
    key = f"{prefix}_{name}"
    st.session_state.setdefault(key, row.get(name))
    typed = st.number_input(t.ISIAN[name], min_value=0, max_value=100, step=5, value=None, key=key)
    return None if typed is None else int(typed)


@fragments.dialog(t.SALIN, width="medium", icon=":material/content_copy:")
def copy(by: Actor, found: Event) -> None:
    """Asks for the new title and first day, and copies the plan of an event."""
    row = found.record
    prefix = f"salin_{row['id']}"
    st.write(t.SALIN_URAIAN)
    with st.form(prefix, enter_to_submit=False, border=False):
        title = entry.text(t.ISIAN["judul"] + t.WAJIB, f"{prefix}_judul", row["judul"], most=300)
        begins = entry.day(t.SALIN_MULAI + t.WAJIB, f"{prefix}_mulai")
        if st.form_submit_button(t.SALIN, type="primary", width="stretch"):
            attempt(
                prefix,
                lambda token: events.copy(by, row["id"], begins, token, title=title),  # type: ignore[arg-type]  # the service refuses None
                t.DISALIN,
                _open,
            )


@fragments.dialog(t.HAPUS_KEGIATAN, width="small", icon=":material/delete:")
def remove(by: Actor, found: Event) -> None:
    """Asks for the reason, then deletes an event that nobody has answered."""
    row = found.record
    prefix = f"hapus_kegiatan_{row['id']}_{row['versi']}"
    st.write(t.HAPUS_URAIAN)
    with st.form(prefix, enter_to_submit=False, border=False):
        reason = entry.text(t.ALASAN_WAJIB, f"{prefix}_alasan", most=500)
        if st.form_submit_button(t.HAPUS_KEGIATAN, type="primary", width="stretch"):
            attempt(
                prefix,
                lambda token: events.remove(by, row["id"], row["versi"], reason, token),
                t.DIHAPUS,
                lambda _: _open_list(),
            )


def _open_list() -> None:
    st.session_state["_buka_kegiatan"] = None


@fragments.dialog(t.PINDAH, width="small", icon=":material/flag:")
def move(by: Actor, found: Event, to: str) -> None:
    """Says what a step brings about, asks for a reason, and takes it."""
    row = found.record
    back = to != next_states(row["status"])[0] or row["status"] == "dikunci"
    title = (t.KEMBALI if back else t.LANGKAH)[to]
    prefix = f"pindah_{row['id']}_{row['versi']}_{to}"
    st.write(t.ARTI[to] if back and to != "disiapkan" else t.AKIBAT[to])
    with st.form(prefix, enter_to_submit=False, border=False):
        reason = entry.text(t.ALASAN_WAJIB if back else t.ALASAN, f"{prefix}_alasan", most=500)
        if st.form_submit_button(title, type="primary", width="stretch"):
            attempt(prefix, lambda token: followup.move(by, row["id"], row["versi"], to, reason, token), t.DIPINDAH)
