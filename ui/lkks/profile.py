"""The sections of one LKKS: its profile, officers, programs and letters as they stand."""

import pandas as pd
import streamlit as st

from domain import figures
from domain.lkks import ACTIVITIES, stands
from domain.permissions import Actor
from domain.programs import by_code
from domain.wilayah import level
from services import clock
from services.lkks import Profile
from ui import draw, feedback, state
from ui.lkks import choose, forms
from ui.lkks import letters as letter_views
from ui.lkks.downloads import excel
from ui.text import lkks as t
from ui.text import program as pt
from ui.text import umum

_FACTS = ("sebutan", "sk_nomor", "sk_tanggal", "alamat", "telepon", "email")


def head(found: Profile) -> None:
    """The name with how its term stands, and whether it is invented."""
    record = found.record
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(feedback.escape(record["nama"]), anchor=False, width="stretch")
        words, colour = t.masa(found.term, found.days_left)
        st.badge(words, icon=":material/event:", color=colour)  # type: ignore[arg-type]  # one of Streamlit's colour names
        if record["contoh"]:
            st.badge(umum.CONTOH, icon=":material/science:", color="gray")


def about(by: Actor, place: str, found: Profile) -> None:
    """What the LKKS says of itself, and its fields of work."""
    record, may = found.record, choose.may_keep(by, place)
    if record["pengantar"]:
        st.markdown(feedback.escape(record["pengantar"]))
    told = {name: record[name] for name in _FACTS} | {"sk_tanggal": figures.date_long(record["sk_tanggal"])}
    told["masa"] = t.MASA_DARI_SAMPAI.format(
        mulai=figures.date_long(record["masa_mulai"]), sampai=figures.date_long(record["masa_sampai"])
    )
    lines = [f"**{t.label(name)}**: {feedback.escape(figures.missing(value))}" for name, value in told.items()]
    st.markdown("  \n".join(lines))
    with st.container(horizontal=True):
        if may and st.button(t.UBAH, icon=":material/edit:", key="lkks_ubah"):
            forms.profile(by, place, found)
        if forms.may_reveal(by, place) and st.button(t.BUKA, icon=":material/visibility:", key="lkks_buka"):
            forms.reveal(by, place, found)
    st.subheader(t.BIDANG, anchor=False)
    if found.bidang:
        st.markdown("\n".join(f"- {feedback.escape(_field(row))}" for row in found.bidang))
    else:
        st.caption(t.BIDANG_KOSONG)
    if may and st.button(t.BIDANG_UBAH, icon=":material/category:", key="lkks_bidang"):
        forms.field_of_work(by, place, found)


def _field(row: dict[str, object]) -> str:
    return f"{row['nama']}: {row['uraian']}" if row["uraian"] else str(row["nama"])


def officers(by: Actor, place: str, found: Profile) -> None:
    """The officers with bidang and term; numbers are masked."""
    if choose.may_keep(by, place) and st.button(t.PENGURUS_UBAH, icon=":material/group:", key="lkks_pengurus"):
        forms.officer(by, place, found)
    if not found.pengurus:
        st.info(t.PENGURUS_KOSONG, icon=":material/group_off:")
        return
    names = ("nama", "jabatan", "bidang", "mulai", "sampai", "telepon")
    frame = pd.DataFrame([{t.label(name): row[name] for name in names} for row in found.pengurus], dtype=object)
    days = {t.label(name): st.column_config.DateColumn(format="DD/MM/YYYY") for name in ("mulai", "sampai")}
    draw.table(frame, alt=t.ALT_PENGURUS.format(nama=found.record["nama"]), column_config=days)
    excel(by, frame, kind="pengurus_lkks", title=t.PENGURUS, place=place, source=t.SUMBER)


def programs(by: Actor, place: str, found: Profile) -> None:
    """The programs of the LKKS by the four activities of an LKKS."""
    st.caption(t.PROGRAM_URAIAN)
    if not found.program:
        st.info(t.PROGRAM_KOSONG, icon=":material/inbox:")
    else:
        counts = by_code(found.program, "kegiatan", ACTIVITIES)
        with st.grid(2, min_column_width=260):  # the longest name of the four is not cut
            for code, count in counts.items():
                st.metric(pt.NAMA_KEGIATAN[code], figures.integer(count), border=True, height="stretch")
        rows = [
            {
                pt.label("nama"): row["nama"],
                pt.label("tahun"): str(row["tahun"]),
                pt.label("kegiatan"): ", ".join(pt.NAMA_KEGIATAN[code] for code in row["kegiatan"]),
                pt.label("status"): pt.NAMA_STATUS[row["status"]],
                pt.label("contoh"): umum.CONTOH if row["contoh"] else "",
            }
            for row in found.program
        ]
        frame = pd.DataFrame(rows, dtype=object)
        draw.table(frame, alt=t.ALT_PROGRAM.format(nama=found.record["nama"]))
        excel(by, frame, kind="program_lkks", title=t.PROGRAM, place=place, source=t.SUMBER)
    st.page_link(state.page("program"), label=t.PROGRAM_BUKA, icon=":material/open_in_new:")


def letters(by: Actor, place: str, found: Profile) -> None:
    """The letters of the LKKS; they are dealt with on their own screen."""
    if not found.surat:
        st.info(t.SURAT_KOSONG, icon=":material/inbox:")
    else:
        valid = sum(stands(row, clock.today()) for row in found.surat)
        st.markdown(t.SURAT_URAIAN.format(berlaku=figures.integer(valid), jumlah=figures.integer(len(found.surat))))
        frame = letter_views.worded(found.surat)
        alt = t.ALT_SURAT.format(nama=found.record["nama"])
        draw.table(letter_views.on_screen(frame), alt=alt, column_config=letter_views.columns())
        excel(by, frame, kind="surat_lkks", title=t.SURAT, place=place, source=t.SUMBER)
    st.page_link(state.page("surat"), label=t.SURAT_BUKA, icon=":material/open_in_new:")


def nothing(by: Actor, place: str) -> None:
    """A region without an LKKS: why, and what to do."""
    name = choose.place_name(place)
    possible = level(place or None) in ("nasional", "provinsi", "kabkota")
    may = possible and choose.may_keep(by, place)
    next_step = t.KOSONG_BUAT if may else t.KOSONG_MINTA if possible else t.KOSONG_KECAMATAN
    words = f"{t.KOSONG_URAIAN.format(tempat=name)} {next_step}"
    st.info(feedback.escape(words), title=t.KOSONG_JUDUL, icon=":material/account_balance:")
    if may and st.button(t.BUAT, type="primary", icon=":material/add:", key="lkks_buat"):
        forms.profile(by, place, None)
