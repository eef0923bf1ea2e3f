"""The log of an LKKS's partnerships with PSKS, and the dialogs that keep it."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.permissions import Actor
from services import lkks, partnerships
from services.lkks import Profile
from ui import draw, fragments
from ui.lkks import choose
from ui.lkks.downloads import excel
from ui.profile import entry, saving
from ui.text import lkks as t
from ui.text import umum


def section(by: Actor, place: str, found: Profile) -> None:
    """The log, newest first, with its buttons for whoever runs the LKKS."""
    kinds = lkks.psks_kinds(by, place)
    st.caption(t.KEMITRAAN_URAIAN)
    if choose.may_keep(by, place):
        with st.container(horizontal=True):
            if st.button(t.KEMITRAAN_TAMBAH, type="primary", icon=":material/handshake:", key="kemitraan_tambah"):
                add(by, place, kinds)
            if found.kemitraan and st.button(t.KEMITRAAN_ATUR, icon=":material/edit:", key="kemitraan_atur"):
                edit(by, place, found, kinds)
    if not found.kemitraan:
        st.info(t.KEMITRAAN_KOSONG, icon=":material/inbox:")
        return
    rows = [
        {
            t.label("tanggal"): row["tanggal"],
            t.label("psks"): kinds.get(row["psks"], row["psks"]),
            t.label("mitra"): row["mitra"],
            t.label("kegiatan"): row["kegiatan"],
            t.label("hasil"): row["hasil"],
            t.label("contoh"): umum.CONTOH if row["contoh"] else "",
        }
        for row in found.kemitraan
    ]
    frame = pd.DataFrame(rows, dtype=object)
    day = {t.label("tanggal"): st.column_config.DateColumn(format="DD/MM/YYYY")}
    draw.table(frame, alt=t.ALT_KEMITRAAN.format(nama=found.record["nama"]), column_config=day)
    excel(by, frame, kind="kemitraan", title=t.KEMITRAAN, place=place, source=t.SUMBER)


def _entries(key: str, kinds: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    return {
        "tanggal": entry.day(f"{t.label('tanggal')} *", f"{key}_tanggal", row.get("tanggal")),
        "psks": entry.one_of(f"{t.label('psks')} *", f"{key}_psks", kinds, row.get("psks")),
        "mitra": entry.text(f"{t.label('mitra')} *", f"{key}_mitra", row.get("mitra")),
        "kegiatan": entry.text(f"{t.label('kegiatan')} *", f"{key}_kegiatan", row.get("kegiatan"), most=300),
        "hasil": entry.text(t.label("hasil"), f"{key}_hasil", row.get("hasil"), most=1000, long=True),
    }


@fragments.dialog(t.KEMITRAAN_TAMBAH, width="medium", icon=":material/handshake:")
def add(by: Actor, place: str, kinds: dict[str, str]) -> None:
    """Asks for a new partnership."""
    key = f"kemitraan_baru_{place}"
    with st.form(key, enter_to_submit=False, border=False):
        values = _entries(key, kinds, {})
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            saving.save(key, lambda token: partnerships.add(by, place, values, token), t.KEMITRAAN_TERSIMPAN, t.label)


@fragments.dialog(t.KEMITRAAN_ATUR, width="medium", icon=":material/handshake:")
def edit(by: Actor, place: str, found: Profile, kinds: dict[str, str]) -> None:
    """Asks which partnership, then mends it or takes it out with a reason."""
    by_id: dict[int, Any] = {row["id"]: row for row in found.kemitraan}
    names = {key: f"{figures.date_short(row['tanggal'])} · {row['mitra']}" for key, row in by_id.items()}
    chosen = st.selectbox(
        t.KEMITRAAN_PILIH,
        list(names),
        None,
        lambda code: names[code],
        key=f"kemitraan_pilih_{place}",
        placeholder=umum.PILIH,
    )
    if chosen is None:
        return
    row = by_id[chosen]
    key = f"kemitraan_{chosen}_{row['versi']}"
    with st.form(key, enter_to_submit=False, border=False):
        values = _entries(key, kinds, row)
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            version = row["versi"]
            saving.save(
                key, lambda token: partnerships.edit(by, chosen, version, values, token), t.KEMITRAAN_TERSIMPAN, t.label
            )
    reason = entry.text(t.ALASAN, f"{key}_alasan", most=500)
    if st.button(t.HAPUS, key=f"{key}_hapus", icon=":material/delete:"):
        saving.save(
            f"{key}_hapus",
            lambda token: partnerships.remove(by, chosen, row["versi"], reason, token),
            t.KEMITRAAN_TERHAPUS,
            t.label,
        )
