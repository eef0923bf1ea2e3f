"""The dialogs of recommendation letters: noting that one is asked for, and the steps of one."""

from typing import Any

import streamlit as st

from domain import figures
from domain.lkks import LETTER_STEPS, letter_state
from domain.permissions import Actor
from services import clock, letters
from services import profile as profiles
from ui import feedback, fragments
from ui.lkks import choose
from ui.profile import entry, saving
from ui.text import surat as t


@fragments.dialog(t.CATAT, width="medium", icon=":material/mail:")
def request(by: Actor, place: str) -> None:
    """Asks for the LKS by name or code, then for what the letter is about."""
    typed = entry.text(t.CARI_LKS, f"surat_cari_{place}", most=100)
    if not typed:
        return
    inside = [row for row in profiles.find(by, typed) if not place or _within(row["kabkota_kode"], place)]
    names = {row["kode_lks"]: f"{row['nama']} ({row['kode_lks']})" for row in inside if not row["diarsipkan_pada"]}
    if not names:
        st.info(t.CARI_KOSONG, icon=":material/search_off:")
        return
    key = f"surat_baru_{place}"
    with st.form(key, enter_to_submit=False, border=False):
        code = entry.one_of(f"{t.PILIH_LKS} *", f"{key}_lks", names)
        values: dict[str, Any] = {"perihal": entry.text(f"{t.label('perihal')} *", f"{key}_perihal", most=300)}
        values["diajukan_pada"] = entry.day(f"{t.label('diajukan_pada')} *", f"{key}_diajukan")
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            saving.save(
                key,
                lambda token: letters.request(by, place, code or "", values, token),
                t.PENGAJUAN_TERSIMPAN,
                t.label,
            )


def _within(kode: str, place: str) -> bool:
    return kode == place or kode.startswith(place + ".")


@fragments.dialog(t.RINCIAN, width="medium", icon=":material/mail:")
def letter(by: Actor, row: dict[str, Any]) -> None:
    """One letter with everything that is known of it, and its next step for the LKKS that it is of."""
    told = {name: row.get(name) for name in ("lks_nama", "kode_lks", "perihal", "lkks_nama", "nomor")}
    told |= {name: figures.date_long(row[name]) for name in ("diajukan_pada", "tanggal", "berlaku_sampai")}
    told |= {name: row[name] for name in ("penandatangan", "alasan")}
    st.badge(t.NAMA_KEADAAN[letter_state(row, clock.today())])
    lines = [f"**{t.label(name)}**: {feedback.escape(figures.missing(value))}" for name, value in told.items()]
    st.markdown("  \n".join(lines))
    if not choose.may_keep(by, row["lkks_wilayah"]):
        st.caption(t.BUKAN_MILIK)
        return
    steps = LETTER_STEPS[row["status"]]
    if not steps:
        st.caption(t.TANPA_LANGKAH)
        return
    key = f"surat_{row['id']}_{row['versi']}"
    step = st.segmented_control(t.LANGKAH, steps, format_func=lambda code: t.NAMA_LANGKAH[code], key=f"{key}_langkah")
    if step is None:
        return
    with st.form(f"{key}_{step}", enter_to_submit=False, border=False):
        values: dict[str, Any] = {}
        reason: str | None = None
        if step == "diterbitkan":
            for name, most in (("nomor", 120), ("penandatangan", 120)):
                values[name] = entry.text(f"{t.label(name)} *", f"{key}_{name}", most=most)
            values["tanggal"] = entry.day(f"{t.label('tanggal')} *", f"{key}_tanggal")
            values["berlaku_sampai"] = entry.day(t.label("berlaku_sampai"), f"{key}_sampai")
        else:
            reason = entry.text(f"{t.ALASAN} *", f"{key}_alasan", most=500)
        if st.form_submit_button(t.NAMA_LANGKAH[str(step)], type="primary", width="stretch"):
            at = (row["id"], row["versi"])
            writes: dict[str, Any] = {
                "diterbitkan": lambda token: letters.issue(by, *at, values, token),
                "ditolak": lambda token: letters.refuse(by, *at, reason, token),
                "dicabut": lambda token: letters.withdraw(by, *at, reason, token),
            }
            saving.save(key, writes[str(step)], t.TERSIMPAN, t.label)
