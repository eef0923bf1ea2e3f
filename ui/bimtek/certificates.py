"""The certificates of one event, in place of its roster: who may get one, issuing in bulk, printing, withdrawing."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.certificate import hours
from domain.permissions import Actor
from services import certificates, clock, downloads, roster
from services.certificates import Person, Standing
from ui import draw, feedback, fragments
from ui.bimtek import roster_cards
from ui.bimtek.roster import key_of
from ui.profile import entry, saving
from ui.text import sertifikat as t
from ui.text import umum

Row = dict[str, Any]
_OPEN, _ISSUE = "_sertifikat_buka", "sertifikat_terbit"


def is_open() -> bool:
    """True while the certificates stand in place of the roster."""
    return bool(st.session_state.get(_OPEN))


def begin() -> None:
    """Puts the certificates in place of the roster; a callback of the button."""
    st.session_state[_OPEN] = True


def leave() -> None:
    """Back to the roster; a callback of the button."""
    st.session_state.pop(_OPEN, None)


def panel(by: Actor, event_id: int) -> None:
    """All of it for one event: the rule, those who wait, those who do not get one and why, those issued."""
    st.button(t.KEMBALI, on_click=leave, icon=":material/arrow_back:", type="tertiary")
    with feedback.shown():
        found = certificates.entitled(by, event_id)
        st.header(t.SERTIFIKAT, anchor=False)
        st.caption(t.ATURAN.format(batas=found.batas))
        if found.batas == t.BATAS_BAWAAN:
            st.caption(t.ASUMSI.format(batas=found.batas))
        if found.office is None:
            st.info(t.TANPA_IDENTITAS, icon=":material/badge:")
        waiting = [one for one in found.people if one.entitled]
        lacking = [one for one in found.people if not one.entitled and one.sertifikat is None]
        standing = [row for row in found.issued if row["dicabut_pada"] is None]
        counts = {"berhak": len(waiting), "terbit": len(standing), "belum": len(lacking)}
        st.markdown(t.RINGKAS.format(**{name: figures.integer(count) for name, count in counts.items()}))
        st.subheader(t.TERBITKAN_JUDUL, anchor=False)
        _issuing(by, found, waiting)
        st.subheader(t.TERBIT_JUDUL, anchor=False)
        _issued(by, found)
        if lacking:
            st.subheader(t.BELUM_JUDUL, anchor=False)
            frame = pd.DataFrame([_lacking(one) for one in lacking]).rename(columns=t.KOLOM_BELUM)
            draw.table(frame, alt=t.ALT_BELUM, key="sertifikat_belum")
            _excel(by, found.event, frame, "belum_berhak")


def _lacking(one: Person) -> Row:
    reasons = ", ".join(t.ALASAN[reason] for reason in one.earned.alasan)
    return {"nama": one.nama, "instansi": one.instansi or None, "hadir": _share(one), "alasan": reasons}


def _share(one: Person) -> str:
    return figures.share(one.earned.hadir, one.earned.dari) if one.earned.dari else figures.MISSING


# --- issuing ---------------------------------------------------------------------------------------------------------


def _issuing(by: Actor, found: Standing, waiting: list[Person]) -> None:
    if not waiting:
        st.info(t.TAK_ADA_BERHAK_URAIAN, title=t.TAK_ADA_BERHAK, icon=":material/workspace_premium:")
        return
    everybody = st.toggle(t.SEMUA.format(jumlah=figures.integer(len(waiting))), key="sertifikat_semua")
    agreed = st.toggle(t.SEMUA_SETUJU, key="sertifikat_setuju")
    st.caption(t.SETUJU_URAIAN)
    rows = [
        {"terbit": everybody, "tampil": agreed, "nama": one.nama, "instansi": one.instansi or None}
        | {"hadir": _share(one), "jp": hours(one.earned.jp)}
        for one in waiting
    ]
    config = st.column_config
    columns: dict[str, Any] = {name: config.TextColumn(title) for name, title in t.KOLOM.items()}
    columns |= {name: config.CheckboxColumn(t.KOLOM[name], width=110) for name in ("terbit", "tampil")}
    typed = st.data_editor(
        pd.DataFrame(rows, columns=list(t.KOLOM)),
        # A tick is kept by position, and must not pass to other people.
        key=key_of(f"sertifikat_pilih_{everybody}_{agreed}", (one.id for one in waiting)),
        hide_index=True,
        disabled=[name for name in t.KOLOM if name not in ("terbit", "tampil")],
        column_config=columns,
        alt=t.ALT_TERBITKAN,
        placeholder=umum.TIDAK_ADA,
    )
    chosen = [one.id for one, ticked in zip(waiting, typed["terbit"], strict=True) if ticked]
    named = [one.id for one, ticked in zip(waiting, typed["tampil"], strict=True) if ticked]
    day = entry.day(f"{t.TANGGAL} *", f"sertifikat_tanggal_{found.event['id']}")
    if not chosen or day is None:
        st.caption(t.PILIH_DAHULU)
    if st.button(t.TERBITKAN, type="primary", key="sertifikat_terbitkan", disabled=not chosen or day is None):
        assert day is not None  # the button is disabled until there is one
        event_id, on = found.event["id"], day
        done = t.DITERBITKAN.format(jumlah=figures.integer(len(chosen)))
        saving.save(_ISSUE, lambda token: certificates.issue(by, event_id, chosen, on, token, named), done, t.label)


# --- what was issued -------------------------------------------------------------------------------------------------


def _worded(row: Row) -> Row:
    state = t.BERLAKU
    if row["dicabut_pada"] is not None:
        day = figures.moment(row["dicabut_pada"], row["wilayah"])
        state = t.DICABUT.format(tanggal=day, alasan=row["alasan_cabut"])
    told = {name: row[name] for name in ("nomor", "nama", "instansi")}
    told |= {"jp": hours(row["jp"])}
    told |= {"tanggal": figures.date_short(row["tanggal"])}
    told |= {"keadaan": f"{state}, {t.CONTOH}" if row["contoh"] else state}
    return told | {"tampil": t.TAMPIL if row["tampil_nama"] else t.TERSAMAR}


def _issued(by: Actor, found: Standing) -> None:
    if not found.issued:
        st.caption(t.BELUM_ADA)
        return
    frame = pd.DataFrame([_worded(row) for row in found.issued]).rename(columns=t.KOLOM_TERBIT)
    key = key_of("sertifikat_tabel", ((row["id"], row["versi"]) for row in found.issued))
    event = draw.table(frame, alt=t.ALT_TERBIT, key=key, on_select="rerun", selection_mode="multi-row")
    picked = [found.issued[at] for at in event["selection"]["rows"] if at < len(found.issued)]
    st.caption(t.PILIH_BARIS)
    _excel(by, found.event, frame, t.BERKAS)
    printed = [row["id"] for row in picked or found.issued if row["dicabut_pada"] is None]
    if len(picked) == 1 and picked[0]["dicabut_pada"] is None and st.button(t.CABUT, key="sertifikat_cabut"):
        withdraw(by, picked[0])
    if printed:
        printing(by, found.event, printed)


@fragments.fragment()
def printing(by: Actor, event: Row, ids: list[int]) -> None:
    """The address on the paper, and the button that makes one PDF of these certificates."""
    base = roster_cards.address()
    st.caption(t.PDF_URAIAN)
    if not base or not st.button(t.BUAT_PDF.format(jumlah=figures.integer(len(ids))), key="sertifikat_pdf"):
        return
    with saving.shown():
        with st.spinner(t.MENYUSUN):
            content, _ = certificates.pdf(by, event["id"], base, ids)
            name = draw.file_name(t.BERKAS, str(event["judul"])[:40], event["id"], ids, ending="pdf")
            address = downloads.put(by, name, content, certificates.PDF)
        st.link_button(t.UNDUH_PDF, address, icon=":material/download:", type="primary", width="stretch")


@fragments.dialog(t.CABUT, icon=":material/block:")
def withdraw(by: Actor, row: Row) -> None:
    """Asks why a certificate is withdrawn."""
    st.markdown(t.CABUT_URAIAN.format(nomor=feedback.escape(row["nomor"]), nama=feedback.escape(row["nama"])))
    key = f"sertifikat_cabut_{row['id']}_{row['versi']}"
    with st.form(key, enter_to_submit=False, border=False):
        reason = entry.text(f"{t.CABUT_ALASAN} *", f"{key}_alasan", most=500)
        if st.form_submit_button(t.CABUT, type="primary", width="stretch"):
            at = (row["id"], row["versi"])
            saving.save(key, lambda token: certificates.withdraw(by, *at, reason, token), t.DICABUT_SELESAI, t.label)


def _excel(by: Actor, event: Row, frame: pd.DataFrame, kind: str) -> None:
    title = str(event["judul"])
    about = t.keterangan(event, figures.date_long(clock.today()), len(frame))
    st.download_button(
        umum.UNDUH_EXCEL,
        data=fragments.later(by, lambda: roster.export(by, event["id"], t.SERTIFIKAT, frame, about)),
        file_name=draw.file_name(kind, title[:40], event["id"], frame.to_numpy().tolist()),
        mime=draw.XLSX,
        key=f"unduh_{kind}",
        icon=":material/download:",
        on_click="ignore",
    )
