"""The attendance list of a meeting: marked in one table, added by hand, pasted, or copied from the meeting before."""

from typing import Any

import pandas as pd
import streamlit as st

from domain.permissions import Actor
from services import attendance_list, meetings, minutes
from services.meeting_store import Meeting
from services.meeting_words import word
from ui import draw, fragments
from ui.profile import entry
from ui.rapat import workbook
from ui.rapat.meeting_dialogs import text
from ui.rapat.writing import attempt, fresh
from ui.text import rapat as t

Row = dict[str, Any]


def section(by: Actor, found: Meeting) -> None:
    """The list with its counts; whoever runs the meeting marks who came."""
    manages = meetings.manages(by, found)
    st.markdown(t.HADIR_JUMLAH.format(**minutes.attendance(found.hadir)))
    if manages:
        _ways(by, found)
    if not found.hadir:
        st.info(t.HADIR_KOSONG, icon=":material/groups:")
        return
    if manages:
        _mark(by, found)
    else:
        draw.table(worded(found), alt=t.TABEL_HADIR)
    workbook.button(by, lambda: worded(found), "daftar_hadir", t.HADIR, found.record["judul"])


def worded(found: Meeting) -> pd.DataFrame:
    """The list as its table shows it."""
    names = [name for name in t.KOLOM_HADIR if name not in ("jenis",)]
    rows = [{name: row[name] for name in names} | {"jenis": word("badan", row["jenis"])} for row in found.hadir]
    frame = pd.DataFrame(rows, columns=list(t.KOLOM_HADIR))
    return frame.rename(columns=t.KOLOM_HADIR)


def _ways(by: Actor, found: Meeting) -> None:
    rapat_id = found.record["id"]
    with st.container(horizontal=True):
        first: Any = "secondary" if found.hadir else "primary"
        if st.button(t.TEMPEL, icon=":material/content_paste:", key="tempel_hadir", type=first):
            paste(by, rapat_id)
        if st.button(t.TAMBAH_ORANG, icon=":material/person_add:", key="tambah_hadir"):
            add(by, rapat_id)
        if found.record["sebelumnya_id"] and st.button(t.SALIN_LALU, icon=":material/content_copy:", key="salin_hadir"):
            attempt(
                f"salin_{rapat_id}", lambda token: attendance_list.copy_before(by, rapat_id, token), t.jumlah_ditempel
            )


def _mark(by: Actor, found: Meeting) -> None:
    """The list as a grid: who came, and a remark; everything is stored with one press."""
    rapat_id, ids = found.record["id"], [row["id"] for row in found.hadir]
    key = f"hadir_{rapat_id}"
    names = t.KOLOM_HADIR
    fixed = [names[name] for name in names if name not in ("hadir", "keterangan")]
    edited = st.data_editor(
        worded(found),
        key=fresh(key),
        hide_index=True,
        disabled=fixed,
        alt=t.TABEL_HADIR,
        width="stretch",
        placeholder="",
    )
    columns = {"hadir": names["hadir"], "keterangan": names["keterangan"]}
    changed = {
        number: {name: _cell(row[column]) for name, column in columns.items()}
        for number, row in zip(ids, edited.to_dict("records"), strict=True)
    }
    with st.container(horizontal=True):
        if st.button(t.SIMPAN_HADIR, icon=":material/save:", key=f"{key}_simpan", type="primary"):
            attempt(key, lambda token: attendance_list.mark(by, rapat_id, changed, token))
        # Most of the invited come: marking the few who did not is less work than marking the many who did.
        if not all(row["hadir"] for row in found.hadir):
            if st.button(t.SEMUA_HADIR, icon=":material/done_all:", key=f"{key}_semua"):
                everyone = {number: values | {"hadir": True} for number, values in changed.items()}
                attempt(key, lambda token: attendance_list.mark(by, rapat_id, everyone, token))
        if st.button(t.HAPUS_ORANG, icon=":material/person_remove:", key=f"{key}_hapus"):
            remove(by, rapat_id, {row["id"]: f"{row['nama']} · {row['instansi'] or ''}" for row in found.hadir})


def _cell(value: Any) -> Any:
    return None if value is None or value != value else value


@fragments.dialog(t.TEMPEL, width="large", icon=":material/content_paste:")
def paste(by: Actor, rapat_id: int) -> None:
    """Asks for lines and where these people come from."""
    key = f"tempel_{rapat_id}"
    st.caption(t.TEMPEL_PETUNJUK)
    lines = st.text_area(t.TEMPEL_BARIS, key=fresh(key), height=240, max_chars=50_000)
    kind = entry.one_of(t.TEMPEL_ASAL + t.WAJIB, f"{fresh(key)}_asal", t.pilihan("badan"))
    if st.button(t.SIMPAN, type="primary", key=f"{key}_simpan", width="stretch"):
        attempt(key, lambda token: attendance_list.paste(by, rapat_id, lines, kind, token), t.jumlah_ditempel)


@fragments.dialog(t.TAMBAH_ORANG, icon=":material/person_add:")
def add(by: Actor, rapat_id: int) -> None:
    """Asks for one person."""
    key = f"orang_{rapat_id}"
    prefix = fresh(key)
    given: Row = {name: text(name, prefix, None, required=name == "nama") for name in ("nama", "jabatan", "instansi")}
    given["jenis"] = entry.one_of(t.ISIAN["jenis"] + t.WAJIB, f"{prefix}_jenis", t.pilihan("badan"))
    if st.button(t.SIMPAN, type="primary", key=f"{key}_simpan", width="stretch"):
        attempt(key, lambda token: attendance_list.add(by, rapat_id, given, token))


@fragments.dialog(t.HAPUS_ORANG, icon=":material/person_remove:")
def remove(by: Actor, rapat_id: int, people: dict[int, str]) -> None:
    """Asks whom to take off the list."""
    key = f"hapus_orang_{rapat_id}"
    chosen = st.selectbox(t.ISIAN["nama"], list(people), None, lambda one: people[one], key=key, placeholder=t.PILIH)
    if st.button(t.HAPUS_ORANG, type="primary", key=f"{key}_simpan", width="stretch", disabled=chosen is None):
        attempt(key + "_tulis", lambda token: attendance_list.remove(by, rapat_id, int(chosen or 0), token))
