"""The dialogs that add and change accounts."""

from typing import Any

import streamlit as st

from domain.permissions import ROLES, Actor
from domain.wilayah import lineage
from services import accounts, wilayah, wording
from ui import feedback, fragments
from ui.text import kelola as t

SHOW_ONCE = "_sandi_sekali"  # (user name, one-time password) until the dialog that shows it is closed


def role_title(role: str) -> str:
    """The screen's name of a role."""
    return wording.role(role)["judul"]


def _region(scope: str | None, before: str | None) -> str | None:
    """The region picked level by level below the actor's own; leaving a level empty means all of the one above."""
    chosen = scope
    for depth, (label, everything) in enumerate(t.TINGKAT):
        if len(lineage(scope)) > depth:
            continue
        options = wilayah.children(chosen)
        preset = lineage(before)[depth] if len(lineage(before)) > depth else None
        index = list(options).index(preset) if preset in options else None
        key = f"wilayah_pengguna_{chosen}"
        picked = st.selectbox(label, list(options), index, options.__getitem__, key, placeholder=everything)
        if picked is None:
            return chosen
        chosen = picked
    return chosen


def _fields(actor: Actor, before: dict[str, Any]) -> tuple[str, str, str | None]:
    """Name, role and region as typed; checked by the service."""
    name = st.text_input(
        t.NAMA_LENGKAP, before.get("nama", ""), max_chars=100, placeholder=t.NAMA_LENGKAP_CONTOH, autocomplete="off"
    )
    roles = list(ROLES)
    index = roles.index(before["peran"]) if "peran" in before else None
    role = st.selectbox(t.PERAN, roles, index, role_title, placeholder=t.PILIH_PERAN)
    if role:
        st.caption(wording.role(role)["uraian"])
    return name or "", role or "", _region(actor.scope.root, before.get("wilayah"))


@fragments.dialog(t.TAMBAH, icon=":material/person_add:")
def add(actor: Actor) -> None:
    """Asks for a new account and makes it."""
    username = st.text_input(t.NAMA_PENGGUNA, max_chars=40, placeholder=t.NAMA_PENGGUNA_CONTOH, autocomplete="off")
    name, role, kode = _fields(actor, {})
    if st.button(t.TAMBAH, key="simpan_tambah", type="primary", width="stretch"):
        with feedback.shown():
            password = accounts.add_user(actor, username or "", name, role, kode)
            st.session_state[SHOW_ONCE] = ((username or "").strip().lower(), password)
            st.rerun()


@fragments.dialog(t.UBAH_PENGGUNA, icon=":material/manage_accounts:")
def change(actor: Actor, row: dict[str, Any]) -> None:
    """Asks for the changes to an account and a reason, and saves them."""
    st.text(row["nama_pengguna"])
    name, role, kode = _fields(actor, row)
    active = st.toggle(t.AKTIF, row["aktif"])
    reason = st.text_input(t.ALASAN, max_chars=300, placeholder=t.ALASAN_CONTOH, autocomplete="off")
    if st.button(t.SIMPAN, key="simpan_ubah", type="primary", width="stretch"):
        with feedback.shown():
            accounts.change_user(
                actor, row["id"], row["versi"], name=name, role=role, wilayah=kode, active=active, reason=reason or ""
            )
            st.toast(t.PERUBAHAN_TERSIMPAN, icon=":material/check:", duration="long")
            st.rerun()


@fragments.dialog(t.ATUR_ULANG, icon=":material/lock_reset:")
def reset(actor: Actor, row: dict[str, Any]) -> None:
    """Asks once, then gives the account a new one-time password."""
    st.text(row["nama_pengguna"])
    st.write(t.YAKIN_ATUR_ULANG)
    if st.button(t.ATUR_ULANG, key="ya_atur_ulang", type="primary", width="stretch"):
        with feedback.shown():
            password = accounts.reset_password(actor, row["id"])
            st.session_state[SHOW_ONCE] = (row["nama_pengguna"], password)
            st.rerun()


@fragments.dialog(t.AKHIRI, icon=":material/logout:")
def end(actor: Actor, row: dict[str, Any]) -> None:
    """Asks once, then signs the account out everywhere."""
    st.text(row["nama_pengguna"])
    st.write(t.YAKIN_AKHIRI)
    if st.button(t.AKHIRI, key="ya_akhiri", type="primary", width="stretch"):
        with feedback.shown():
            accounts.end_sessions(actor, row["id"])
            st.toast(t.SESI_BERAKHIR, icon=":material/check:")
            st.rerun()


@fragments.dialog(t.SANDI_SEKALI, icon=":material/key:", dismissible=False)
def show_once(actor: Actor) -> None:
    """Shows the one-time password until its reader says that it was noted; afterwards nobody can."""
    username, password = st.session_state[SHOW_ONCE]
    st.text(t.sandi_untuk(username))
    st.code(password, language=None)
    st.write(t.SANDI_SEKALI_URAIAN)
    if st.button(t.TUTUP, type="primary", width="stretch"):
        del st.session_state[SHOW_ONCE]
        st.rerun()
