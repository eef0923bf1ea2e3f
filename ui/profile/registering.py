"""The registration panel: each request with its clock and steps, and the dialogs that take the next step."""

from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from domain.registration import OPEN
from services import clock, registration
from services import profile as profiles
from ui import feedback, fragments
from ui.profile import entry
from ui.profile.saving import save
from ui.text import profil as t

_COLOURS = {"terbit": "green", "ditolak": "red", "dikembalikan": "orange"}

_FORWARD = ("periksa", "lengkap", "verifikasi", "terbitkan")  # towards the tanda daftar; the others turn back


def panel(by: Actor, found: profiles.Profile) -> None:
    """Every request, the newest first; the steps are offered to those who review registrations."""
    may = by.may(Permission.REVIEW_REGISTRATION) and found.state == "aktif"
    _service_time(found)
    if not found.requests:
        st.caption(t.PERMOHONAN_KOSONG)
    for request in found.requests:
        with st.container(border=True):
            _one(by, found, request, may)
    if may and not any(request.row["status"] in OPEN for request in found.requests):
        if st.button(t.PERMOHONAN_AJUKAN, icon=":material/note_add:"):
            apply(by, found)


def _service_time(found: profiles.Profile) -> None:
    time = found.service_time
    if time is None:
        st.caption(t.JAM_TIDAK_ADA)
        return
    place = dict(found.path).get(time.wilayah, t.UMUM)
    words = {"lama": time.length, "satuan": t.satuan(time.working_days), "wilayah": place, "sumber": time.source or "-"}
    st.caption(t.JAM_SUMBER.format(**words))


def _one(by: Actor, found: profiles.Profile, request: profiles.Request, may: bool) -> None:
    row = request.row
    with st.container(horizontal=True, vertical_alignment="center"):
        kind, on = t.JENIS_PERMOHONAN[row["jenis"]], figures.date_long(row["diajukan_pada"])
        st.markdown("**" + feedback.escape(t.PERMOHONAN_JUDUL.format(jenis=kind, tanggal=on)) + "**", width="content")
        colour: Any = _COLOURS.get(row["status"], "blue")
        st.badge(t.STATUS_PERMOHONAN[row["status"]], color=colour)
    st.text(clock_words(request))
    for step in row["langkah"]:
        line = f"{figures.moment(step['pada'], found.record['kabkota_kode'])} · {t.STATUS_PERMOHONAN[step['status']]}"
        st.caption(feedback.escape(f"{line} · {step['oleh']}" + (f" · {step['catatan']}" if step["catatan"] else "")))
    if may and request.next_steps:
        with st.container(horizontal=True):
            for step in sorted(request.next_steps, key=lambda step: step not in _FORWARD):
                key = f"langkah_{row['id']}_{step}"
                if st.button(t.LANGKAH[step], key=key, type="primary" if step in _FORWARD else "secondary"):
                    advance(by, found, request, step)


def clock_words(request: profiles.Request) -> str:
    """The clock as words: "hari kerja ke-3 dari 14, tenggat 12 Juni 2025"."""
    time = request.clock
    if time is None:
        return t.JAM_BELUM
    words = {"satuan": t.satuan(time.working_days), "n": time.day, "m": time.length}
    if not time.running:
        return t.JAM_SELESAI.format(**words)
    said = t.JAM_LEWAT if time.late else t.JAM
    line = said.format(**words, tenggat=figures.date_long(time.due))
    return line[0].upper() + line[1:]


@fragments.dialog(t.PERMOHONAN_AJUKAN, icon=":material/note_add:")
def apply(by: Actor, found: profiles.Profile) -> None:
    """Asks for the kind and date of a new request."""
    prefix = f"ajukan_{found.record['id']}"
    with st.form(prefix, enter_to_submit=False, border=False):
        jenis = entry.one_of(t.PERMOHONAN_JENIS, f"{prefix}_jenis", t.JENIS_PERMOHONAN) or ""
        on: Any = entry.day(t.PERMOHONAN_TANGGAL, f"{prefix}_tanggal", clock.today())
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            save(prefix, lambda token: registration.request(by, found.record["id"], jenis, on, token))


@fragments.dialog(t.PERMOHONAN, width="medium", icon=":material/rule:")
def advance(by: Actor, found: profiles.Profile, request: profiles.Request, step: str) -> None:
    """Asks for what a step needs and takes it."""
    case = (request.row["id"], request.row["versi"])
    prefix = f"langkah_{case[0]}_{case[1]}_{step}"
    st.header(t.LANGKAH[step], anchor=False)
    missing = [paper.nama for paper in found.documents if paper.asked and paper.wajib and not paper.valid]
    if missing and step in ("periksa", "lengkap"):
        st.warning(feedback.escape(t.MASIH_KURANG.format(daftar=", ".join(missing))), icon=":material/rule:")
    if step == "terbitkan":
        _proposal(by, found)
    with st.form(prefix, enter_to_submit=False, border=False):
        given = _asked(step, prefix)
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            calls = {
                "periksa": registration.check,
                "kembalikan": registration.send_back,
                "lengkap": registration.complete,
                "verifikasi": registration.verify,
                "terbitkan": registration.issue,
                "tolak": registration.refuse,
            }
            call: Any = calls[step]
            save(prefix, lambda token: call(by, *case, *given, token))


def _asked(step: str, prefix: str) -> list[Any]:
    """The entries of a step in the order in which its service takes them."""
    if step in ("kembalikan", "tolak"):
        return [entry.text(t.ALASAN_WAJIB, f"{prefix}_alasan", most=500)]
    if step == "lengkap":
        return [entry.day(t.TANGGAL_LENGKAP, f"{prefix}_tanggal", clock.today())]
    if step == "verifikasi":
        on = entry.day(t.TANGGAL_KUNJUNGAN, f"{prefix}_tanggal")
        return [on, entry.text(t.TEMUAN, f"{prefix}_temuan", most=5000, long=True)]
    if step == "terbitkan":
        number = entry.text(t.TERBIT_NOMOR, f"{prefix}_nomor")
        issuer = entry.text(t.TERBIT_PENERBIT, f"{prefix}_penerbit")
        on = entry.day(t.TERBIT_TANGGAL, f"{prefix}_tanggal")
        return [number or "", issuer or "", on, entry.day(t.TERBIT_SAMPAI, f"{prefix}_sampai")]
    return []


def _proposal(by: Actor, found: profiles.Profile) -> None:
    held = registration.validity(by, found.record["kode_wilayah"], None)
    if held:
        place = dict(found.path).get(held.wilayah, t.UMUM)
        st.caption(feedback.escape(t.TERBIT_USUL.format(tahun=held.years, wilayah=place, catatan=held.note or "")))
