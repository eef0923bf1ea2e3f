"""Pilar lists of a region version by version, and PSKS per kind in its own unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.filters import Filters
from domain.permissions import Actor, Permission
from domain.pilar import UNITS, Version, change
from services import pilar
from services.indicators import Figure
from ui import draw, feedback, filters, fragments, frame, readings
from ui.indikator import explain, words
from ui.lkks.downloads import excel
from ui.profile import entry, saving
from ui.text import indikator as it
from ui.text import pilar as t
from ui.text import umum

SECTION, COMPARED = "bagian_pilar", "pilar_versi"
LKS = "psks_lks"


def name_of(place: str) -> str:
    """The name of a region; "Indonesia" for the whole country."""
    return readings.path(place or None)[-1]


def section() -> str:
    """Pilar or PSKS, kept in the address."""
    return str(
        st.segmented_control(
            t.BAGIAN, [t.PILAR, t.PSKS], default=t.PILAR, required=True, key=SECTION, bind="query-params"
        )
    )


def lists(by: Actor, place: str) -> None:
    """The versions of a region side by side, what came and went, and the table of all of them."""
    may = by.may(Permission.MANAGE_PROGRAMS)
    if may and st.button(t.BUAT, type="primary", icon=":material/add:", key="pilar_buat"):
        new(by, place)
    found = pilar.history(by, place)
    shown = place
    if not found:
        above = [one for one in pilar.regions(by) if place.startswith(one + ".") or (one == "" and place)]
        shown = max(above, key=len, default="")
        said = [t.VERSI_KOSONG_URAIAN.format(tempat=name_of(place))]
        said += [t.VERSI_KOSONG_ATAS.format(tempat=name_of(shown))] if above else []
        said.append(t.VERSI_KOSONG_BUAT if may else t.VERSI_KOSONG_MINTA)
        others = [one for one in pilar.regions(by) if one not in above and one != place]
        said += [t.LAIN.format(nama=", ".join(name_of(one) for one in others))] if others else []
        st.info(feedback.escape(" ".join(said)), title=t.VERSI_KOSONG_JUDUL, icon=":material/diversity_3:")
        _elsewhere(by, others)
        if not above:
            return
        found = pilar.history(by, shown)
    _side_by_side(found)
    st.header(t.RIWAYAT, anchor=False)
    table = history(found)
    draw.table(table, alt=t.ALT_RIWAYAT)
    excel(by, rows(found), kind="pilar", title=t.RIWAYAT, place=shown, source=t.SUMBER)


def _elsewhere(by: Actor, others: Sequence[str]) -> None:
    """A button to each region that has its own list."""
    with st.container(horizontal=True):
        for one in others:
            label = t.LIHAT.format(nama=name_of(one))
            at = (by, one or None)
            st.button(label, key=f"pilar_ke_{one}", icon=":material/arrow_forward:", on_click=filters.go_to, args=at)


def _side_by_side(found: Sequence[Version]) -> None:
    by_name = {one.versi: one for one in found}
    names = list(by_name)
    chosen = names[-2:]
    if len(names) > 2:
        chosen = st.multiselect(
            t.VERSI,
            names,
            default=names[-2:],
            key=COMPARED,
            bind="query-params",
            select_all=False,
            placeholder=umum.PILIH,
        )
    shown = [by_name[name] for name in names if name in chosen]
    if not shown:
        return
    grid = st.grid(min(len(shown), 3), min_column_width=260)
    for version in shown:
        with grid.container(border=True, height="stretch"):
            st.header(feedback.escape(version.versi), anchor=False)
            since = [t.SEJAK.format(tanggal=figures.date_long(version.since))] if version.since else []
            told = [*since, t.SUMBER_VERSI.format(sumber=figures.missing(version.sources))]
            told += list(dict.fromkeys(one.catatan for one in version.entries if one.catatan))
            lines = [f"{n}\\. {feedback.escape(_entry(one))}" for n, one in enumerate(version.entries, 1)]
            st.markdown("  \n".join(lines))
            st.caption(feedback.escape(" · ".join(told)))
    for old, new_ in zip(shown, shown[1:], strict=False):
        moved = change(old, new_)
        sides = ((t.MASUK, moved.came), (t.KELUAR, moved.went), (t.TETAP, moved.stayed))
        st.markdown(f"**{feedback.escape(t.PERUBAHAN.format(lama=old.versi, baru=new_.versi))}**")
        st.markdown(
            "\n".join(
                f"- {side}: {feedback.escape(', '.join(one.nama for one in of) or t.TIDAK_ADA)}" for side, of in sides
            )
        )
        counts = {"masuk": len(moved.came), "keluar": len(moved.went), "tetap": len(moved.stayed)}
        st.caption(t.PERUBAHAN_URAIAN.format(**counts))


def _entry(one: Any) -> str:
    return f"{one.nama} ({t.NAMA_SATUAN.get(one.satuan or '', one.satuan or figures.MISSING)})"


def history(found: Sequence[Version]) -> pd.DataFrame:
    """Every pilar that any version has, and in which it stands."""
    names = {one.kode: (one.nama, one.satuan) for version in found for one in version.entries}
    told = []
    for kode, (nama, unit) in names.items():
        held = [t.ADA if any(one.kode == kode for one in version.entries) else t.TIDAK for version in found]
        told.append([nama, unit, *held])
    columns = [t.KOLOM["nama"], t.KOLOM["satuan"], *(version.versi for version in found)]
    return pd.DataFrame(told, columns=columns, dtype=object)


def rows(found: Sequence[Version]) -> pd.DataFrame:
    """One row per version and pilar with its source, for the workbook."""
    names = ("versi", "nama", "satuan", "berlaku_mulai", "sumber", "catatan")
    told = [
        (version.versi, one.nama, one.satuan, version.since, one.sumber, one.catatan)
        for version in found
        for one in version.entries
    ]
    return pd.DataFrame(told, columns=[t.KOLOM[name] for name in names], dtype=object)


@fragments.dialog(t.BUAT, width="large", icon=":material/add:")
def new(by: Actor, place: str) -> None:
    """Asks for a whole new version: its name, day, source, and every pilar with its unit."""
    st.caption(f"{feedback.escape(name_of(place))} · {t.BUAT_URAIAN}")
    key = f"pilar_baru_{place}"
    before = pilar.history(by, place)
    with st.form(key, enter_to_submit=False, border=False):
        values: dict[str, Any] = {"versi": entry.text(f"{t.label('versi')} *", f"{key}_versi", most=120)}
        values["berlaku_mulai"] = entry.day(f"{t.label('berlaku_mulai')} *", f"{key}_mulai")
        values["sumber"] = entry.text(f"{t.label('sumber')} *", f"{key}_sumber", most=300)
        values["dasar_hukum"] = entry.text(t.label("dasar_hukum"), f"{key}_dasar")
        last = [(one.nama, one.satuan) for one in before[-1].entries] if before else []
        start = pd.DataFrame(last, columns=["nama", "satuan"], dtype=object)
        edited = st.data_editor(
            start,
            num_rows="dynamic",
            hide_index=True,
            placeholder="",
            key=f"{key}_isi",
            column_config={
                "nama": st.column_config.TextColumn(t.KOLOM["nama"], max_chars=200),
                "satuan": st.column_config.SelectboxColumn(t.KOLOM["satuan"], options=list(UNITS)),
            },
        )
        if st.form_submit_button(t.SIMPAN, type="primary", width="stretch"):
            filled = read_back(edited)
            saving.save(key, lambda token: pilar.add_version(by, place, values, filled, token), t.TERSIMPAN, t.label)


def read_back(edited: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of the edited table that hold anything; only name and unit are read."""
    told = [
        {name: None if pd.isna(row[name]) else row[name] for name in ("nama", "satuan")}
        for row in edited.to_dict("records")
    ]
    return [row for row in told if any(value is not None for value in row.values())]


def kinds(by: Actor, place: str, on: date) -> None:
    """PSKS per kind with its unit, period and source, never summed; LKS of the register beside the stated count."""
    st.caption(t.PSKS_URAIAN)
    found = [one for one in readings.indicators(by, place, on)[0] if one.definition.kelompok == "psks"]
    if not found:
        st.info(t.PSKS_TANPA, icon=":material/info:")
        return
    if all(one.nilai is None and not one.terlindung for one in found):
        st.info(t.PSKS_KOSONG, icon=":material/inbox:")
    table = psks(found)
    draw.table(table, alt=t.PSKS_ALT)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        excel(by, table, kind="psks", title=t.PSKS, place=place, source=t.SUMBER)
        names = {one.kode: one.definition.nama for one in found}
        picked = st.selectbox(
            t.JELASKAN_YANG,
            list(names),
            None,
            lambda code: names[code],
            key="psks_jelaskan",
            width=360,
            placeholder=umum.PILIH,
        )
        if picked and st.button(t.JELASKAN, icon=":material/help:", key="psks_jelaskan_buka"):
            explain.show(by, picked, place, on)
    stated = next((one for one in found if one.kode == LKS), None)
    if stated is not None:
        _two_numbers(by, place, stated, on)


def psks(found: Sequence[Figure]) -> pd.DataFrame:
    """One row per kind as it is stated; a small count of persons stays hidden."""
    told = []
    for one in found:
        value = words.value(one)
        # The unit has its own column: "12 lembaga" beside "lembaga" would say it twice.
        value = value.removesuffix(" " + one.satuan)
        note = it.BASI if one.basi else None
        source = one.sumber if one.nilai is not None else None
        name = one.definition.nama.partition(": ")[2] or one.definition.nama
        told.append((name, value, one.satuan, words.when(one) if one.periode else None, source, note))
    return pd.DataFrame(told, columns=list(t.PSKS_KOLOM.values()), dtype=object)


def _two_numbers(by: Actor, place: str, stated: Figure, on: date) -> None:
    summary = readings.summary(by, Filters(wilayah=place or None), on)
    st.header(t.LKS_DUA_ANGKA, anchor=False)
    with st.grid(2, min_column_width=220):
        when = words.when(stated) if stated.nilai is not None else it.BELUM_ADA
        frame.figure(t.LKS_PENDATAAN, words.value(stated), stated.definition.definisi, when)
        register = t.LKS_PER.format(tanggal=figures.date_long(on))
        frame.figure(t.LKS_REGISTER, figures.integer(summary.total), t.LKS_REGISTER_URAIAN, register)
    st.caption(t.LKS_DUA_URAIAN)
