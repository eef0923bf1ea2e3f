"""Attendance on the trainer's screen: a scanner's field, the sheet of persons and sessions, the list to sign."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from services import attendance, clock
from services.attendance import Session, local_day
from services.live import Overview
from ui import draw, feedback, fragments
from ui.bimtek.labels import apart
from ui.profile import saving
from ui.text import pelaksanaan as t

_SCANNED = "_hadir_pindai"


def _label(held: Session) -> str:
    return t.session_label(held.tanggal, held.mulai, held.materi)


def choose(seen: Overview, held: Sequence[Session]) -> Session:
    """The chosen session; at first the one of today that began last, else the first of today, else the first."""
    now = clock.now()
    day = local_day(seen.event, now)
    today = [place for place, one in enumerate(held) if one.tanggal == day]
    at = t.clock_at(now, seen.event["zona"])[:5]
    begun = [place for place in today if (held[place].mulai or "") <= at]
    first = begun[-1] if begun else today[0] if today else 0
    by_id = {one.id: one for one in held}
    words = apart({one.id: _label(one) for one in held})
    return by_id[st.selectbox(t.SESI, list(words), first, words.__getitem__, f"sesi_{seen.event['id']}")]


def counts(seen: Overview) -> None:
    """How many were marked in each session, for those who may not see names."""
    rows = [
        [figures.date_short(row["tanggal"]), row["materi"], figures.out_of(seen.hadir[row["id"]], seen.terdaftar)]
        for row in seen.sesi
    ]
    draw.table(pd.DataFrame(rows, columns=list(t.KOLOM_SESI.values())), alt=t.TABEL_HADIR_SESI)


def scanner(by: Actor, seen: Overview, held: Session) -> None:
    """A field that a USB scanner types into: each Enter marks one person, and the field is ready for the next."""
    with (
        st.form("pindai", clear_on_submit=True, border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        typed = st.text_input(t.PINDAI, key="pindai_kode", help=t.PINDAI_BANTUAN, autocomplete="off", max_chars=300)
        sent = st.form_submit_button(t.CATAT, icon=":material/qr_code_scanner:")
    if sent and typed:
        with feedback.shown():
            found = attendance.scan(by, held.id, typed)
            words = t.HADIR_SUDAH if found.already else t.HADIR_TERCATAT
            said = words.format(nama=found.nama, jam=t.clock_at(found.pada, seen.event["zona"]))
            (st.info if found.already else st.success)(feedback.escape(said), icon=":material/how_to_reg:")


def sheet(by: Actor, seen: Overview, held: Sequence[Session], chosen: Session) -> None:
    """The roster with a mark per session; selected people are marked in the chosen session, or a mark is taken back."""
    zone = str(seen.event["zona"])
    frame = attendance.sheet(by, int(seen.event["id"]))
    names = apart({one.id: _label(one) for one in held})
    shown = pd.DataFrame(
        {t.KOLOM_ORANG["nama"]: frame["nama"], t.KOLOM_ORANG["instansi"]: frame["instansi"]}
        | {name: [_cell(value, zone) for value in frame[one]] for one, name in names.items()}
        | {t.KOLOM_ORANG["hadir"]: frame["hadir"].astype(int)}
    )
    st.caption(t.HADIR_URAIAN)
    actions = st.container(horizontal=True)
    key = f"hadir_tabel_{seen.event['id']}_{len(frame)}"
    event = draw.table(shown, alt=t.TABEL_HADIR, key=key, on_select="rerun", selection_mode="multi-row")
    picked = [place for place in event["selection"]["rows"] if place < len(frame)]
    with actions:
        _buttons(by, frame, chosen, picked)
        _download(by, seen)


def _cell(value: object, zone: str) -> str | None:
    return t.clock_at(value, zone)[:5] if isinstance(value, datetime) else None


def _buttons(by: Actor, frame: pd.DataFrame, chosen: Session, picked: list[int]) -> None:
    present = {place for place in picked if isinstance(frame[chosen.id].iloc[place], datetime)}
    absent = [int(frame["peserta_id"].iloc[place]) for place in picked if place not in present]
    if absent and st.button(t.CATAT_TERPILIH.format(jumlah=len(absent)), type="primary", icon=":material/how_to_reg:"):
        with feedback.shown():
            done = attendance.mark_many(by, absent, chosen.id)
            saving.say(t.TERCATAT_BANYAK.format(jumlah=done))
            st.rerun()
    if len(present) == 1 and st.button(t.BATAL_TERPILIH, icon=":material/undo:"):
        place = next(iter(present))
        unmark(by, int(frame["peserta_id"].iloc[place]), str(frame["nama"].iloc[place]), chosen)


def _download(by: Actor, seen: Overview) -> None:
    event = seen.event
    st.download_button(
        t.UNDUH_DAFTAR_HADIR,
        data=fragments.later(by, lambda: attendance.workbook(by, int(event["id"]))),
        file_name=draw.file_name("daftar_hadir", str(event["judul"])[:40], event["id"], seen.revisi),
        mime=draw.XLSX,
        key="unduh_daftar_hadir",
        icon=":material/download:",
        on_click="ignore",
    )


@fragments.dialog(t.BATAL_HADIR, icon=":material/undo:")
def unmark(by: Actor, participant_id: int, name: str, held: Session) -> None:
    """Takes one mark back, with a reason."""
    st.write(feedback.escape(t.BATAL_HADIR_TANYA.format(nama=name, sesi=_label(held))))
    with st.form("batal_hadir", border=False):
        why = st.text_input(t.ALASAN, help=t.ALASAN_BANTUAN, max_chars=300)
        if st.form_submit_button(t.BATAL_HADIR, type="primary"):
            with saving.shown():
                attendance.unmark(by, participant_id, held.id, why)
                saving.say(t.DIBATALKAN)
                st.rerun()


def section(by: Actor, seen: Overview) -> None:
    """The whole part: empty states first, then scanner and sheet for those who may enter, else numbers."""
    held = attendance.sessions(by, int(seen.event["id"]))
    if not held:
        st.info(t.TANPA_SESI_URAIAN, title=t.TANPA_SESI, icon=":material/calendar_add_on:")
        return
    if not seen.terdaftar:
        st.info(t.TANPA_PESERTA_URAIAN, title=t.TANPA_PESERTA, icon=":material/group_add:")
        return
    if not by.may(Permission.ENTER_ANSWERS):
        counts(seen)
        return
    chosen = choose(seen, held)
    if seen.event["status"] != "dikunci":
        scanner(by, seen, chosen)
    sheet(by, seen, held, chosen)
