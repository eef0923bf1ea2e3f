"""The dialogs that make, change, start, close and delete a meeting."""

from typing import Any

import streamlit as st

from domain.permissions import Actor
from services import meeting_entries, meetings, minutes
from services.meeting_store import Meeting
from ui import fragments, readings
from ui.profile import entry
from ui.rapat import choosing
from ui.rapat.writing import attempt
from ui.text import rapat as t

_LEFT, _RIGHT = ("mulai", "tempat", "pimpinan"), ("selesai", "notulis")


def text(name: str, prefix: str, value: Any, required: bool = False) -> str | None:
    """The entry of one text under its word, limited as the service limits it."""
    label = t.ISIAN[name] + (t.WAJIB if required else "")
    long = name in ("catatan", "uraian", "isi", "apa", "bukti")
    return entry.text(label, f"{prefix}_{name}", value, most=meeting_entries.TEXTS.get(name, 10), long=long)


def _facts(prefix: str, row: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {"judul": text("judul", prefix, row.get("judul"), required=True)}
    given["tanggal"] = entry.day(t.ISIAN["tanggal"] + t.WAJIB, f"{prefix}_tanggal", row.get("tanggal"))
    for column, names in zip(st.columns(2), (_LEFT, _RIGHT), strict=True):
        with column:
            given |= {name: text(name, prefix, row.get(name)) for name in names}
    return given


@fragments.dialog(t.RAPAT_BARU, width="large", icon=":material/forum:")
def create(by: Actor) -> None:
    """Asks for kind, title, day and place, and prepares the meeting with the agenda of its kind."""
    prefix = "rapat_baru"
    with st.form(prefix, enter_to_submit=False, border=False):
        given: dict[str, Any] = {
            "jenis": entry.one_of(t.ISIAN["jenis"] + t.WAJIB, f"{prefix}_jenis", t.pilihan("jenis"))
        }
        given |= _facts(prefix, {})
        if by.role.id != "lkks":
            own = by.scope.root or ""
            places = {own: readings.path(by.scope.root)[-1]} | readings.regions(by)
            place = entry.one_of(t.ISIAN["wilayah"] + t.WAJIB, f"{prefix}_wilayah", places)
            given["wilayah"] = place
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            attempt(prefix, lambda token: meetings.create(by, given, token), t.DIBUAT, choosing.open_later)


@fragments.dialog(t.UBAH_RAPAT, width="large", icon=":material/edit:")
def edit(by: Actor, found: Meeting) -> None:
    """Asks for every fact of a meeting and stores those that changed."""
    row = found.record
    prefix = f"rapat_{row['id']}_{row['versi']}"
    with st.form(prefix, enter_to_submit=False, border=False):
        given = _facts(prefix, row) | {"catatan": text("catatan", prefix, row["catatan"])}
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            attempt(prefix, lambda token: meetings.edit(by, row["id"], row["versi"], given, token))


@fragments.dialog(t.TUTUP_RAPAT, icon=":material/lock:")
def close(by: Actor, found: Meeting) -> None:
    """Says what closing freezes, and closes."""
    row = found.record
    standing = [one for one in found.keputusan if one["dibatalkan_pada"] is None]
    agreed = [one for one in found.tindak_lanjut if one["dibatalkan_pada"] is None]
    came = minutes.attendance(found.hadir)["hadir"]
    counts = {"panel": sum(len(item["panel"]) for item in found.butir), "butir": len(found.butir), "hadir": came}
    st.markdown(t.TUTUP_URAIAN.format(**counts, keputusan=len(standing), tindak_lanjut=len(agreed)))
    st.markdown(t.TUTUP_SESUDAH)
    if not came:
        st.warning(t.TUTUP_KOSONG, icon=":material/group_off:")
    key = f"tutup_{row['id']}"
    if st.button(t.TUTUP_RAPAT, type="primary", key=key, width="stretch", icon=":material/lock:"):
        attempt(key, lambda token: meetings.close(by, row["id"], row["versi"], token), t.DITUTUP)


@fragments.dialog(t.HAPUS_RAPAT, icon=":material/delete:")
def remove(by: Actor, found: Meeting) -> None:
    """Says that a prepared meeting goes for good, and deletes it."""
    row = found.record
    st.markdown(t.HAPUS_URAIAN)
    key = f"hapus_rapat_{row['id']}"
    if st.button(t.HAPUS_RAPAT, type="primary", key=key, width="stretch"):
        choosing.open_later(None)
        attempt(key, lambda token: meetings.remove(by, row["id"], row["versi"], token), t.DIHAPUS)
