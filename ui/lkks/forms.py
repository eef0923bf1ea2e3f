"""The dialogs that keep one LKKS: its profile, fields of work, officers, and a look at a masked contact."""

from typing import Any

import streamlit as st

from domain import lkks as rules
from domain.permissions import Actor, Permission
from services import lkks, lkks_keeping
from services.lkks import Profile
from ui import feedback, fragments
from ui.lkks import choose
from ui.profile import entry, saving
from ui.text import lkks as t
from ui.text import umum

_NEW = 0  # in place of the id of what is not there yet


def may_reveal(by: Actor, place: str) -> bool:
    """True when the person may open a masked contact of this LKKS."""
    return by.may(Permission.REVEAL_PERSONAL) or (by.may(Permission.MANAGE_LKKS) and rules.runs(by, place))


def _submit(label: str = t.SIMPAN) -> bool:
    return st.form_submit_button(label, type="primary", width="stretch")


def _save(key: str, write: Any) -> None:
    saving.save(key, write, t.TERSIMPAN, t.label)


def _must(name: str) -> str:
    return f"{t.label(name)} *"


@fragments.dialog(t.UBAH, width="large", icon=":material/account_balance:")
def profile(by: Actor, place: str, found: Profile | None) -> None:
    """Asks for the profile; phone and mail are only written where something was typed."""
    record: dict[str, Any] = found.record if found else {}
    key = f"lkks_{place}_{record.get('versi', 0)}"
    st.caption(feedback.escape(choose.place_name(place)))
    with st.form(key, enter_to_submit=False, border=False):
        values: dict[str, Any] = {"nama": entry.text(_must("nama"), f"{key}_nama", record.get("nama"))}
        for name in ("sebutan", "sk_nomor"):
            values[name] = entry.text(t.label(name), f"{key}_{name}", record.get(name))
        for name in ("sk_tanggal", "masa_mulai", "masa_sampai"):
            values[name] = entry.day(t.label(name), f"{key}_{name}", record.get(name))
        values["alamat"] = entry.text(t.label("alamat"), f"{key}_alamat", record.get("alamat"), most=500)
        intro = record.get("pengantar")
        values["pengantar"] = entry.text(t.label("pengantar"), f"{key}_pengantar", intro, most=5000, long=True)
        if found:
            st.caption(t.KONTAK_TETAP)
        for name in ("telepon", "email"):
            typed = entry.text(t.label(name), f"{key}_{name}")
            values |= {name: typed} if typed else {}
        if _submit():
            if found is None:
                _save(key, lambda token: lkks_keeping.create(by, place, values, token))
            else:
                _save(key, lambda token: lkks_keeping.edit(by, place, record["versi"], values, token))


@fragments.dialog(t.BIDANG_UBAH, width="medium", icon=":material/category:")
def field_of_work(by: Actor, place: str, found: Profile) -> None:
    """Asks which bidang, then for its name and what it does; or takes it out."""
    by_id: dict[int, Any] = {row["id"]: row for row in found.bidang}
    chosen = _which(t.BIDANG_PILIH, f"bidang_{place}", {key: row["nama"] for key, row in by_id.items()})
    if chosen is None:
        return
    row, version = by_id.get(chosen, {}), found.record["versi"]
    key = f"bidang_{place}_{chosen}_{version}"
    with st.form(key, enter_to_submit=False, border=False):
        values = {"nama": entry.text(_must("nama"), f"{key}_nama", row.get("nama"), most=120)}
        values["uraian"] = entry.text(t.label("uraian"), f"{key}_uraian", row.get("uraian"), most=500, long=True)
        if _submit():
            own = chosen or None
            _save(key, lambda token: lkks_keeping.put_bidang(by, place, version, own, values, token))
    if chosen and st.button(t.HAPUS, key=f"{key}_hapus", icon=":material/delete:"):
        _save(f"{key}_hapus", lambda token: lkks_keeping.remove_bidang(by, place, version, chosen, token))


@fragments.dialog(t.PENGURUS_UBAH, width="medium", icon=":material/group:")
def officer(by: Actor, place: str, found: Profile) -> None:
    """Asks which officer, then for name, post, bidang, term and phone; or takes the officer out."""
    by_id: dict[int, Any] = {row["id"]: row for row in found.pengurus}
    names = {key: f"{row['nama']} · {row['jabatan']}" for key, row in by_id.items()}
    chosen = _which(t.PENGURUS_PILIH, f"pengurus_{place}", names)
    if chosen is None:
        return
    row, version = by_id.get(chosen, {}), found.record["versi"]
    key = f"pengurus_{place}_{chosen}_{version}"
    with st.form(key, enter_to_submit=False, border=False):
        values: dict[str, Any] = {
            name: entry.text(_must(name), f"{key}_{name}", row.get(name), most=120) for name in ("nama", "jabatan")
        }
        fields = {one["nama"]: one["nama"] for one in found.bidang}
        values["bidang"] = entry.one_of(t.label("bidang"), f"{key}_bidang", fields, row.get("bidang"))
        for name in ("mulai", "sampai"):
            values[name] = entry.day(t.label(name), f"{key}_{name}", row.get(name))
        typed = entry.text(t.label("telepon"), f"{key}_telepon", most=40)
        values |= {"telepon": typed} if typed else {}
        if row.get("telepon"):
            st.caption(t.NOMOR_TETAP)
            if st.checkbox(t.NOMOR_HAPUS, key=f"{key}_tanpa"):
                values["telepon"] = None
        if _submit():
            own = chosen or None
            _save(key, lambda token: lkks_keeping.put_officer(by, place, version, own, values, token))
    if chosen and st.button(t.HAPUS, key=f"{key}_hapus", icon=":material/delete:"):
        _save(f"{key}_hapus", lambda token: lkks_keeping.remove_officer(by, place, version, chosen, token))


def _which(label: str, key: str, names: dict[int, str]) -> int | None:
    """One of those that are there, or a new one (0); None while nothing was picked."""
    offered = {_NEW: t.YANG_BARU} | names
    picked: int | None = st.selectbox(
        label, list(offered), None, lambda code: offered[code], key=f"{key}_pilih", placeholder=umum.PILIH
    )
    return picked


@fragments.dialog(t.BUKA, width="small", icon=":material/visibility:")
def reveal(by: Actor, place: str, found: Profile) -> None:
    """Shows one contact in clear after it was asked for; the look is written down."""
    st.caption(t.BUKA_URAIAN)
    names = {_NEW: t.BUKA_LEMBAGA} | {row["id"]: f"{row['nama']} · {row['jabatan']}" for row in found.pengurus}
    whose: int | None = st.selectbox(
        t.BUKA_PILIH, list(names), None, lambda code: names[code], key="lkks_buka_siapa", placeholder=umum.PILIH
    )
    if whose is not None and st.button(t.BUKA_TAMPIL, key="lkks_buka_tampil", type="primary"):
        with feedback.shown():
            fields = ("telepon", "email") if whose == _NEW else ("telepon",)
            shown = {name: lkks.reveal(by, place, name, whose or None) for name in fields}
            told = [f"{t.label(name)}: {value}" for name, value in shown.items() if value]
            st.text("\n".join(told) or t.BUKA_KOSONG)
