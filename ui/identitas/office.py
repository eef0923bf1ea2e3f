"""Which office is shown, what it says of itself today, and everything it said before."""

from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.identity import Identity
from domain.lkks import OWNERS
from domain.permissions import Actor
from domain.wilayah import level
from services import identity
from ui import draw, feedback, readings
from ui.lkks.choose import place_name
from ui.lkks.downloads import excel
from ui.text import identitas as t
from ui.text import umum

OWNER, REGION = "kantor", "wilayah_kantor"


def chosen(by: Actor) -> tuple[str, str]:
    """(region, kind of office) on the screen, both kept in the address; the own ones first."""
    own = by.scope.root or ""
    places = [own, *(kode for kode in readings.regions(by) if level(kode) in ("provinsi", "kabkota") and kode != own)]
    first = OWNERS.index("lkks" if by.role.id == "lkks" else "dinas")
    left, right = st.columns(2)
    with left:
        owner: Any = st.segmented_control(
            t.KANTOR, OWNERS, default=OWNERS[first], required=True, format_func=t.PEMILIK.__getitem__, key=OWNER,
            bind="query-params",
        )  # fmt: skip
    with right:
        if len(places) == 1:
            return own, str(owner)
        place: Any = st.selectbox(t.WILAYAH, places, format_func=place_name, key=REGION, bind="query-params")
    return str(place), str(owner)


def now(by: Actor, wilayah: str, pemilik: str, found: Identity | None) -> None:
    """The identity that holds today with a picture of it, or why there is none."""
    if found is None:
        hint = t.KOSONG_TAMBAH if identity.may_keep(by, wilayah, pemilik) else t.KOSONG_LIHAT
        st.info(f"{t.KOSONG_URAIAN} {hint}", title=t.KOSONG_JUDUL, icon=":material/badge:")
        return
    st.header(t.BERLAKU, anchor=False)
    if found.wilayah != wilayah:
        st.caption(feedback.escape(t.DARI_ATAS.format(tempat=place_name(found.wilayah))))
    text, picture = st.columns([1, 2])
    with text:
        st.markdown(
            "  \n".join(
                f"**{feedback.escape(one)}**" if one == found.nama else feedback.escape(one) for one in found.lines
            )
        )
        st.caption(t.SEJAK.format(tanggal=figures.date_long(found.berlaku_mulai)))
        if found.contoh:
            st.badge(umum.CONTOH, color="orange")
        if not found.penandatangan:
            st.caption(t.TANPA_PENANDATANGAN)
        for line in _signatories(found):
            st.markdown(feedback.escape(line))
    with picture:
        st.caption(t.PRATINJAU)
        st.image(identity.preview(by, wilayah, pemilik, found.id), width="stretch", caption=t.PRATINJAU_ALT)


def _signatories(one: Identity) -> list[str]:
    return [
        f"{t.DOKUMEN[who.dokumen]}: " + ", ".join(part for part in (who.jabatan, who.nama, who.nip) if part)
        for who in one.penandatangan
    ]


def history(by: Actor, wilayah: str, kept: list[Identity]) -> None:
    """Every version of this office, the newest first, with its download."""
    if not kept:
        return
    st.header(t.RIWAYAT, anchor=False)
    rows = [
        {"berlaku_mulai": figures.date_short(one.berlaku_mulai)}
        | {name: getattr(one, name) or None for name in ("nama", "induk", "alamat", "kontak", "tempat")}
        | {"penandatangan": "; ".join(_signatories(one)) or None}
        | {"format_nomor": "; ".join(f"{t.DOKUMEN[kind]} {form}" for kind, form in one.format_nomor.items()) or None}
        | {"logo": t.ADA if one.logo else t.TIDAK_ADA}
        for one in kept
    ]
    frame = pd.DataFrame(rows).rename(columns=t.KOLOM)
    draw.table(frame, alt=t.RIWAYAT_ALT, key="identitas_tabel")
    excel(by, frame, kind="identitas", title=umum.IDENTITAS, place=wilayah, source=t.SUMBER)
