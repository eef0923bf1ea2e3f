"""The dialog that adds an identity: it starts from the newest one, and stores a version of its own."""

from typing import Any

import pandas as pd
import streamlit as st

from domain.identity import DOCUMENTS, MOST_FORMAT, Identity
from domain.permissions import Actor
from services import identity
from ui import fragments
from ui.bimtek.events_grids import rows_of
from ui.profile import entry, saving
from ui.text import identitas as t
from ui.text import umum

_PERSON = ("dokumen", "jabatan", "nama", "nip", "pangkat")
_MOST = {"induk": 200, "nama": 200, "alamat": 300, "kontak": 200, "tempat": 80}
_CODES = {word: code for code, word in t.DOKUMEN.items()}


@fragments.dialog(t.TAMBAH, width="large", icon=":material/badge:")
def add(by: Actor, wilayah: str, pemilik: str, newest: Identity | None) -> None:
    """Asks for everything of an identity; what the newest one says stands there already, but not its day."""
    key = f"identitas_{pemilik}_{wilayah}_{newest.id if newest else 0}"
    values: dict[str, Any] = {
        name: entry.text(
            t.ISIAN[name] + (" *" if name == "nama" else ""), f"{key}_{name}", getattr(newest, name, None), most=most
        )
        for name, most in _MOST.items()
    }
    values["berlaku_mulai"] = entry.day(f"{t.ISIAN['berlaku_mulai']} *", f"{key}_mulai")
    st.subheader(t.PENANDATANGAN, anchor=False)
    st.caption(t.PENANDATANGAN_URAIAN)
    values["penandatangan"] = [
        one | {"dokumen": _CODES.get(one["dokumen"] or "", one["dokumen"])} for one in rows_of(_people(key, newest))
    ]
    st.subheader(t.FORMAT, anchor=False)
    st.caption(t.FORMAT_URAIAN)
    values["format_nomor"] = {_CODES[one["dokumen"]]: one["format"] for one in rows_of(_formats(key, newest))}
    picture = st.file_uploader(t.LOGO, type=["png", "jpg", "jpeg"], key=f"{key}_logo", max_upload_size=1)
    without = False
    if newest is not None and newest.logo and picture is None:
        st.caption(t.LOGO_URAIAN)
        without = st.checkbox(t.TANPA_LOGO, key=f"{key}_tanpa_logo")
    if st.button(t.SIMPAN, key=f"{key}_simpan", type="primary", width="stretch"):
        content = picture.getvalue() if picture is not None else None
        saving.save(
            key,
            lambda token: identity.add(by, wilayah, pemilik, values, token, content, without),
            t.TERSIMPAN,
            t.label,
        )


def _people(key: str, newest: Identity | None) -> pd.DataFrame:
    before = [{name: getattr(one, name) for name in _PERSON} for one in (newest.penandatangan if newest else ())]
    rows = [one | {"dokumen": t.DOKUMEN[one["dokumen"]]} for one in before]
    titles = t.ISIAN | {"nama": t.NAMA_PENANDATANGAN}
    columns: dict[str, Any] = {name: st.column_config.TextColumn(titles[name], max_chars=120) for name in _PERSON}
    columns["dokumen"] = st.column_config.SelectboxColumn(titles["dokumen"], options=list(_CODES), required=True)
    typed: pd.DataFrame = st.data_editor(
        pd.DataFrame(rows, columns=list(_PERSON), dtype=object),
        key=f"{key}_orang",
        num_rows="dynamic",
        hide_index=True,
        column_config=columns,
        alt=t.PENANDATANGAN_ALT,
        placeholder=umum.TIDAK_ADA,
    )
    return typed


def _formats(key: str, newest: Identity | None) -> pd.DataFrame:
    kept = newest.format_nomor if newest else {}
    rows = [{"dokumen": t.DOKUMEN[kind], "format": kept.get(kind)} for kind in DOCUMENTS]
    columns: dict[str, Any] = {
        "dokumen": st.column_config.TextColumn(t.ISIAN["dokumen"]),
        "format": st.column_config.TextColumn(t.FORMAT, max_chars=MOST_FORMAT),
    }
    typed: pd.DataFrame = st.data_editor(
        pd.DataFrame(rows, dtype=object),
        key=f"{key}_format",
        hide_index=True,
        disabled=["dokumen"],
        column_config=columns,
        alt=t.FORMAT_ALT,
        placeholder=umum.TIDAK_ADA,
    )
    return typed
