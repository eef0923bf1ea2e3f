"""Near-duplicate pairs side by side, the dialog that merges one, and the merges that can be taken back."""

from functools import partial
from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Actor
from services import merging
from services import profile as profiles
from ui import feedback, fragments, readings
from ui.profile.saving import save
from ui.profile.words import value
from ui.text import profil as t
from ui.text import umum


def pair(by: Actor, row: Any) -> None:
    """One pair with its likeness and what to do about it."""
    key = f"{row.a_id}_{row.b_id}"
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(readings.path(row.kabkota_kode)[-1])
            st.badge(t.KEMIRIPAN.format(skor=row.skor), color="orange")
        left, right = st.columns(2)
        for column, kode, nama, alamat in (
            (left, row.a_kode, row.a_nama, row.a_alamat),
            (right, row.b_kode, row.b_nama, row.b_alamat),
        ):
            with column.container(gap="xxsmall"):
                st.text(nama)
                st.caption(feedback.escape(f"{kode} · {alamat or umum.BELUM_DIISI}"))
        with st.container(horizontal=True):
            if st.button(t.GABUNGKAN, key=f"gabung_{key}", icon=":material/merge:"):
                merge(by, int(row.a_id), int(row.b_id))
            if st.button(t.BUKAN_KEMBAR, key=f"beda_{key}", icon=":material/call_split:"):
                ids = (int(row.a_id), int(row.b_id))
                save(f"beda_{key}", lambda token: merging.not_twins(by, *ids, token), t.BUKAN_KEMBAR_TERSIMPAN)


@fragments.dialog(t.GABUNGKAN, width="large", icon=":material/merge:")
def merge(by: Actor, a: int, b: int) -> None:
    """Asks which of two is kept and which entries hold where they differ, then merges."""
    with feedback.shown():
        both = {lks_id: profiles.profile(by, lks_id) for lks_id in (a, b)}
        names = {lks_id: f"{found.record['nama']} ({found.record['kode_lks']})" for lks_id, found in both.items()}
        into = st.radio(t.GABUNG_KE, list(names), None, lambda lks_id: feedback.escape(names[lks_id]), f"ke_{a}_{b}")
        st.caption(t.GABUNG_ATURAN)
        if into is None:
            return
        gone = b if into == a else a
        choices = _choices(by, gone, into, both[into])
        prefix, versions = f"gabung_{gone}_{into}", [both[lks_id].record["versi"] for lks_id in (gone, into)]
        if st.button(t.GABUNGKAN, key=f"ya_{prefix}", type="primary", width="stretch"):
            save(
                prefix,
                lambda token: merging.merge(by, gone, versions[0], into, versions[1], choices, token),
                t.GABUNG_TERSIMPAN,
            )


def _choices(by: Actor, gone: int, into: int, kept: profiles.Profile) -> dict[str, str]:
    rows = merging.compare(by, gone, into)
    if rows:
        st.markdown(t.GABUNG_PILIH)
    picked = {}
    for row in rows:
        words = {side: _words(row[side], kept) for side in ("ke", "dari")}
        sides = ["ke", "dari"]
        picked[row["grup"]] = st.radio(
            t.grup(row["grup"]),
            sides,
            sides.index(row["bawaan"]),
            partial(_escaped, words),
            key=f"grup_{gone}_{into}_{row['grup']}",
        )
    return picked


def _escaped(words: dict[str, str], side: str) -> str:
    return feedback.escape(words[side])


def _words(values: dict[str, Any], kept: profiles.Profile) -> str:
    shown = [value(name, content, kept.labels) for name, content in values.items() if content not in (None, "", [])]
    return " · ".join(shown) or umum.BELUM_DIISI


def merges(by: Actor) -> None:
    """The merges that stand, each with the way back."""
    frame = merging.merges(by)
    if frame.empty:
        return
    st.header(t.PENGGABUNGAN, anchor=False)
    for row in frame.to_dict("records"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            words = {name: row[name] for name in ("dari_kode", "ke_kode", "oleh")}
            words |= {"dari": row["dari_nama"], "ke": row["ke_nama"], "pada": figures.moment(row["pada"])}
            with st.container(width="stretch"):
                st.text(t.PENGGABUNGAN_BARIS.format(**words))
            merge_id = int(row["id"])
            if st.button(t.BATALKAN_GABUNG, key=f"batal_{merge_id}", icon=":material/undo:"):
                save(f"batal_{merge_id}", partial(merging.unmerge, by, merge_id), t.BATAL_TERSIMPAN)


def region(by: Actor) -> str | None:
    """The region whose pairs are looked at, kept in the address; None for all that the actor may see."""
    labels = readings.regions(by)
    chosen: str | None = st.selectbox(
        t.KEMBAR_WILAYAH,
        list(labels),
        None,
        lambda kode: labels[kode],
        key="kembar_wilayah",
        bind="query-params",
        placeholder=t.KEMBAR_SEMUA,
    )
    return chosen
