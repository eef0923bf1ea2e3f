"""The queue of online applications: how it is narrowed, the words of its table, and how LKS are told the address."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.pengajuan import KINDS, OPEN
from domain.permissions import Actor
from services import applications, cards, clock
from ui import draw, fragments, readings
from ui.bimtek.events_forms import server_address
from ui.bimtek.roster_cards import guessed_address
from ui.profile.saving import shown
from ui.queues import Queue
from ui.text import pengajuan as t
from ui.text import permohonan, profil, umum

OPENED = "pengajuan"  # the query parameter that names the application which is open
PATH = "/daftar"
TABLE = "pengajuan_tabel"


QUEUE = Queue(
    "pengajuan",
    {code: t.STATUS[code] for code in OPEN},
    {code: t.JENIS[code] for code in KINDS},
    "kode_wilayah",
    t.JENIS_LABEL,
)


def opened() -> int | None:
    """The number of the application that the address names; None for none."""
    asked = str(st.query_params.get(OPENED, ""))
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else None


def go_to(application_id: int | None) -> None:
    """Opens an application by putting its number into the address, or the queue; a callback."""
    if application_id is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = str(application_id)


def worded(frame: pd.DataFrame, *, numbers: bool = False) -> pd.DataFrame:
    """The applications as their table shows them; with `numbers` also the columns that only the workbook has."""
    places = {kode: readings.path(kode)[-1] for kode in frame["kabkota_kode"].unique()}
    units = [profil.satuan(working) for working in frame["hari_kerja"]]
    left: list[Any] = frame["sisa"].astype(object).where(frame["sisa"].notna(), None).tolist()
    said = frame.assign(
        tempat=frame["kabkota_kode"].map(places),
        jenis=frame["jenis"].map(t.JENIS),
        status=frame["status"].map(t.STATUS),
        diterima=[applications.day_of(moment) for moment in frame["diterima_pada"]],
        satuan=units,
        sisa_kata=[permohonan.sisa(days, unit) for days, unit in zip(left, units, strict=True)],
        contoh=[umum.CONTOH if marked else "" for marked in frame["contoh"]],
    )
    names = t.KOLOM | (t.EXCEL if numbers else {})
    return said[list(names)].rename(columns=names)


def table(part: pd.DataFrame) -> None:
    """Draws a page of the queue; a row that is picked opens its application."""
    ids = [int(number) for number in part["id"]]
    draw.table(
        worded(part),
        alt=t.TABEL,
        key=TABLE,
        on_select=lambda: _open(ids),
        selection_mode="single-row",
        column_config=columns(),
    )


def _open(ids: Sequence[int]) -> None:
    picked = st.session_state[TABLE]["selection"]["rows"]
    if picked and picked[0] < len(ids):
        go_to(ids[picked[0]])


def columns() -> dict[str, Any]:
    """How the columns are drawn; dates are plain dates in any browser's language."""
    days = {t.KOLOM[name]: st.column_config.DateColumn(format="DD/MM/YYYY") for name in ("tenggat", "diterima")}
    return {t.KOLOM["nama"]: st.column_config.TextColumn(width=280)} | days


def source(rows: pd.DataFrame) -> None:
    """The line under the table: where it comes from and from when, and whether invented rows are among it."""
    words, invented = t.SUMBER.format(tanggal=figures.date_long(clock.today())), int(rows["contoh"].sum())
    st.caption(words + (" " + t.MEMUAT_CONTOH.format(jumlah=figures.integer(invented)) if invented else ""))


def nothing(by: Actor) -> None:
    """The designed empty queue: why it is empty, and how LKS get here."""
    st.info(t.KOSONG_URAIAN, title=t.KOSONG_JUDUL, icon=":material/task_alt:")
    address = guessed_address()
    if address:
        st.code(address + PATH, language=None)
    share_button(by)


def share_button(by: Actor) -> None:
    """The button that opens what is handed out to LKS."""
    if st.button(t.BAGIKAN, key="bagikan_daftar", icon=":material/qr_code_2:"):
        share(by)


@fragments.dialog(t.BAGIKAN, width="medium", icon=":material/qr_code_2:")
def share(by: Actor) -> None:
    """The public address to copy, and its QR code."""
    st.caption(t.BAGIKAN_URAIAN)
    with shown():
        full = server_address(t.ALAMAT_SERVER) + PATH
        with st.container(horizontal_alignment="center"):
            st.image(cards.qr_svg(full, error="Q"), width=280, alt=t.QR_ALT.format(alamat=full))
        st.code(full, language=None)
