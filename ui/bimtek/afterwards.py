"""What follows an event, on the results page: later forms, reminders, plans, and the register's own evidence."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.permissions import Actor, Permission
from services import clock, followup, live, results
from services.followup import Afterwards
from services.results import Results
from services.sentences import percent
from ui import draw, feedback, fragments, state
from ui.bimtek import choosing
from ui.bimtek.downloads import excel
from ui.text import hasil as t


def section(by: Actor, found: Results) -> None:
    """Everything about the time after the event."""
    _register(by, found)
    _later(by, found)
    if by.may(Permission.VIEW_PERSON_RESULTS):
        _plans(by, found)


def _share(one: Afterwards) -> str:
    if one.n < results.LEAST_SHOWN:
        return t.DARI.format(jumlah=one.count, n=one.n) if one.n else figures.MISSING
    return t.DARI_PERSEN.format(jumlah=one.count, n=one.n, persen=percent(one.count / one.n, one.n))


def _register(by: Actor, found: Results) -> None:
    with st.container(border=True):
        st.subheader(t.KIRKPATRICK, anchor=False)
        if not any(person.lks_id for person in found.people.values()) and found.named:
            st.caption(t.TANPA_LKS)
            return
        measured = followup.afterwards(by, int(found.event["id"]))
        rows = [(t.UKURAN_KIRKPATRICK[name], _share(ours), _share(others)) for name, (ours, others) in measured.items()]
        frame = pd.DataFrame(rows, columns=list(t.KOLOM_KIRKPATRICK))
        draw.table(frame, alt=t.ALT_TABEL.format(judul=t.KIRKPATRICK))
        st.caption(t.KIRKPATRICK_URAIAN)
        parts = (results.revision(),)
        excel(by, lambda: frame, kind="setelah_pelatihan", title=t.KIRKPATRICK, event=found.event, parts=parts)


def _later(by: Actor, found: Results) -> None:
    event_id = int(found.event["id"])
    with st.container(border=True):
        st.subheader(t.PASCA, anchor=False)
        st.caption(t.PASCA_URAIAN)
        shown = live.overview(by, event_id) if by.may(Permission.MANAGE_EVENTS) else None
        later = [form for form in shown.formulir if form.fase in followup.LATER] if shown else []
        for form in later:
            opens = figures.moment(form.buka_pada, found.event["wilayah"])
            words = t.PASCA_ADA.format(judul=form.judul, tanggal=opens, masuk=form.diterima, n=form.diharapkan)
            st.markdown(feedback.escape(words))
        if not by.may(Permission.MANAGE_EVENTS):
            return
        if found.event["status"] != "selesai":
            st.caption(t.PASCA_SELESAI_DULU)
        elif len(later) < len(followup.LATER):
            if st.button(t.PASCA_BUAT, icon=":material/event_repeat:"):
                with feedback.shown():
                    followup.later_forms(by, event_id, state.one_time_token("pasca"))
                    state.renew_token("pasca")
                    st.toast(t.PASCA_DIBUAT)
                    st.rerun()
        st.caption(t.PENGINGAT_URAIAN)
        if st.button(t.PENGINGAT_BUKA, icon=":material/chat:"):
            reminding(by, event_id, dict(found.event))


@fragments.dialog(t.PENGINGAT, icon=":material/chat:", width="large")
def reminding(by: Actor, event_id: int, event: dict[str, Any]) -> None:
    """One line per person who still owes an answer, ready to paste."""
    base = st.text_input(t.ALAMAT, choosing.own_address(), autocomplete="off")
    with feedback.shown():
        rows = [
            (
                one.name,
                figures.missing(one.phone),
                t.PESAN_PENGINGAT.format(
                    nama=one.name,
                    formulir=one.form,
                    kegiatan=event["judul"],
                    alamat=f"{(base or '').rstrip('/')}/isi/{one.link}",
                    kode=one.code,
                ),
            )
            for one in followup.reminders(by, event_id)
        ]
        if not rows:
            st.info(t.PENGINGAT_KOSONG, icon=":material/task_alt:")
            return
        frame = pd.DataFrame(rows, columns=list(t.KOLOM_PENGINGAT))
        draw.table(frame, alt=t.ALT_TABEL.format(judul=t.PENGINGAT))
        excel(
            by, lambda: frame, kind="pengingat", title=t.PENGINGAT, event=event, parts=(clock.now().isoformat(), base)
        )


def _plans(by: Actor, found: Results) -> None:
    event_id = int(found.event["id"])
    with st.container(border=True):
        st.subheader(t.RTL, anchor=False)
        rows = followup.plans(by, event_id)
        if by.may(Permission.MANAGE_EVENTS) and st.button(t.RTL_AMBIL, icon=":material/playlist_add:"):
            with feedback.shown():
                count = followup.collect(by, event_id, state.one_time_token("rtl"))
                state.renew_token("rtl")
                st.toast(t.RTL_DIAMBIL.format(jumlah=count))
                st.rerun()
        if not rows:
            st.caption(t.RTL_KOSONG)
            return
        frame = pd.DataFrame(
            [
                (
                    row["nama"],
                    row["rencana"],
                    figures.date_short(row["tenggat"]),
                    t.STATUS_RTL[row["status"]],
                    figures.missing(row["bukti"]),
                )
                for row in rows
            ],
            columns=list(t.KOLOM_RTL),
        )
        picked = draw.table(
            frame, alt=t.ALT_TABEL.format(judul=t.RTL), key="tabel_rtl", on_select="rerun", selection_mode="single-row"
        )
        excel(by, lambda: frame, kind="rtl", title=t.RTL, event=found.event, parts=(results.revision(),))
        chosen = [number for number in picked["selection"]["rows"] if number < len(rows)]
        if chosen and by.may(Permission.MANAGE_EVENTS) and st.button(t.RTL_UBAH, icon=":material/edit:"):
            change_plan(by, rows[chosen[0]])


@fragments.dialog(t.RTL_UBAH, icon=":material/edit:")
def change_plan(by: Actor, row: dict[str, Any]) -> None:
    """Asks for a plan's status and evidence."""
    st.text(row["rencana"])
    names = list(t.STATUS_RTL)
    status = st.selectbox(t.STATUS, names, names.index(row["status"]), t.STATUS_RTL.__getitem__)
    due = st.date_input(t.KOLOM_RTL[2], row["tenggat"], format="DD/MM/YYYY")
    evidence = st.text_area(t.BUKTI, row["bukti"] or "", max_chars=1000)
    if st.button(t.SIMPAN, type="primary", width="stretch"):
        with feedback.shown():
            token = state.one_time_token("ubah_rtl")
            followup.change_plan(by, row["id"], row["versi"], status, due, evidence, token)
            state.renew_token("ubah_rtl")
            st.toast(t.TERSIMPAN)
            st.rerun()
