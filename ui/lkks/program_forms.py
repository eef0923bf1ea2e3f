"""The dialogs of one program: everything that is known of it, its entries, and taking it out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.lkks import ACTIVITIES, APPROACHES, PARTNERS, PROGRAM_STATES
from domain.permissions import Actor
from services import programs
from ui import draw, feedback, fragments, readings
from ui.lkks import programs as views
from ui.profile import entry, saving
from ui.text import program as t
from ui.text import umum

_PARTNER = tuple(t.ISI_MITRA)


@fragments.dialog(t.RINCIAN, width="large", icon=":material/volunteer_activism:")
def detail(by: Actor, program_id: int) -> None:
    """One program with its partners, read afresh."""
    with feedback.shown():
        row = programs.get(by, program_id)
        [told] = views.worded([row], programs.choices(by, row["wilayah"])).to_dict("records")
        st.subheader(feedback.escape(row["nama"]), anchor=False)
        if row["contoh"]:
            st.badge(umum.CONTOH, icon=":material/science:", color="gray")
        told |= {t.label(name): figures.rupiah(row[name]) for name in ("anggaran", "realisasi")}
        hidden = {t.label(name) for name in ("nama", "mitra", "contoh")}
        lines = [
            f"**{label}**: {feedback.escape(figures.missing(value))}"
            for label, value in told.items()
            if label not in hidden
        ]
        st.markdown("  \n".join(lines))
        st.markdown(f"**{t.MITRA}**")
        if not row["mitra"]:
            st.caption(t.MITRA_KOSONG)
            return
        rows = [
            {t.ISI_MITRA[name]: one[name] for name in _PARTNER} | {t.ISI_MITRA["jenis"]: t.NAMA_MITRA[one["jenis"]]}
            for one in row["mitra"]
        ]
        draw.table(views.money(pd.DataFrame(rows, dtype=object)), alt=t.MITRA)


@fragments.dialog(t.TAMBAH, width="large", icon=":material/add:")
def new(by: Actor, place: str, owners: list[str]) -> None:
    """Asks whose program it is where both may be kept, then for its entries."""
    owner: Any = owners[0]
    if len(owners) > 1:
        owner = st.segmented_control(
            t.PEMILIK_PILIH, owners, format_func=lambda code: t.NAMA_PEMILIK[code], key="program_baru_pemilik"
        )
    if owner is None:
        return
    st.caption(feedback.escape(f"{t.WILAYAH_PROGRAM}: {readings.path(place or None)[-1]}"))
    key = f"program_baru_{owner}_{place}"
    with st.form(key, enter_to_submit=False, border=False):
        values = _entries(key, owner, {}, programs.choices(by, place))
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            saving.save(key, lambda token: programs.create(by, str(owner), place, values, token), t.TERSIMPAN, t.label)


@fragments.dialog(t.UBAH, width="large", icon=":material/edit:")
def edit(by: Actor, program_id: int) -> None:
    """The entries of one program, and taking it out with a reason."""
    with feedback.shown():
        row = programs.get(by, program_id)
        owner, key = row["pemilik"], f"program_{program_id}_{row['versi']}"
        with st.form(key, enter_to_submit=False, border=False):
            values = _entries(key, owner, row, programs.choices(by, row["wilayah"]))
            if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
                at = (owner, program_id, row["versi"])
                saving.save(key, lambda token: programs.edit(by, *at, values, token), t.TERSIMPAN, t.label)
        st.caption(t.HAPUS_URAIAN)
        reason = entry.text(t.ALASAN, f"{key}_alasan", most=500)
        if st.button(t.HAPUS, key=f"{key}_hapus", icon=":material/delete:"):
            at = (owner, program_id, row["versi"])
            saving.save(f"{key}_hapus", lambda token: programs.remove(by, *at, reason, token), t.TERHAPUS, t.label)


def _many(label: str, key: str, options: Mapping[str, str], value: list[str]) -> list[str]:
    st.session_state.setdefault(key, [code for code in value if code in options])
    chosen: list[str] = st.multiselect(
        label, list(options), format_func=lambda code: options[code], key=key, select_all=False, placeholder=umum.PILIH
    )
    return chosen


def _entries(key: str, owner: str, row: dict[str, Any], lists: views.Lists) -> dict[str, Any]:
    worth = {name: row.get(name) for name in ("anggaran", "realisasi")}
    values: dict[str, Any] = {"nama": entry.text(f"{t.label('nama')} *", f"{key}_nama", row.get("nama"), most=300)}
    values["tahun"] = entry.count(f"{t.TAHUN} *", f"{key}_tahun", row.get("tahun"))
    values["bentuk"] = _many(f"{t.BENTUK} *", f"{key}_bentuk", lists["bentuk"], row.get("bentuk") or [])
    if owner == "lkks":
        kinds = {code: t.NAMA_KEGIATAN[code] for code in ACTIVITIES}
        values["kegiatan"] = _many(f"{t.label('kegiatan')} *", f"{key}_kegiatan", kinds, row.get("kegiatan") or [])
    states = {code: t.NAMA_STATUS[code] for code in PROGRAM_STATES}
    values["status"] = entry.one_of(f"{t.STATUS} *", f"{key}_status", states, row.get("status"))
    ways = {code: t.NAMA_PENDEKATAN[code] for code in APPROACHES}
    values["pendekatan"] = entry.one_of(t.label("pendekatan"), f"{key}_pendekatan", ways, row.get("pendekatan"))
    values["sasaran"] = entry.text(t.label("sasaran"), f"{key}_sasaran", row.get("sasaran"), most=300)
    values["kluster"] = entry.one_of(t.label("kluster"), f"{key}_kluster", lists["kluster"], row.get("kluster"))
    funds = lists["sumber_dana"]
    values["sumber_dana"] = entry.one_of(t.label("sumber_dana"), f"{key}_dana", funds, row.get("sumber_dana"))
    st.caption(t.RUPIAH_CATATAN)
    for name, value in worth.items():
        values[name] = entry.count(t.label(name), f"{key}_{name}", value)
    values["catatan"] = entry.text(t.label("catatan"), f"{key}_catatan", row.get("catatan"), most=2000, long=True)
    values["mitra"] = _partners(key, row.get("mitra") or [])
    return values


def _partners(key: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The partners as a small table to fill in; only its own four columns are ever read back."""
    st.caption(t.MITRA_ISI)
    start = pd.DataFrame([{name: row[name] for name in _PARTNER} for row in rows], columns=list(_PARTNER))
    start = start.astype({"jenis": object, "nama": object, "peran": object, "nilai": "Int64"})
    start["jenis"] = [t.NAMA_MITRA[code] for code in start["jenis"]]
    edited = st.data_editor(
        start,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        key=f"{key}_mitra",
        column_config={
            "jenis": st.column_config.SelectboxColumn(t.ISI_MITRA["jenis"], options=list(t.NAMA_MITRA.values())),
            "nama": st.column_config.TextColumn(t.ISI_MITRA["nama"], max_chars=200),
            "peran": st.column_config.TextColumn(t.ISI_MITRA["peran"], max_chars=300),
            "nilai": st.column_config.NumberColumn(t.ISI_MITRA["nilai"], min_value=0, step=1),
        },
    )
    return read_back(edited)


def read_back(edited: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of the edited table that hold anything, by the codes that the service takes."""
    codes = {t.NAMA_MITRA[code]: code for code in PARTNERS}
    found = []
    for row in edited.to_dict("records"):
        told: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in _PARTNER}
        if any(value is not None for value in told.values()):
            told["jenis"] = codes.get(told["jenis"], told["jenis"])
            told["nilai"] = None if told["nilai"] is None else int(told["nilai"])
            found.append(told)
    return found
