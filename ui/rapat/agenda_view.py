"""The agenda of a meeting: one item at a time with its panels, live or frozen, its notes, decisions and actions."""

from typing import Any, Literal

import streamlit as st

from domain import figures
from domain.panel import Panel
from domain.permissions import Actor
from services import agenda, meetings, snapshots
from services.meeting_store import Meeting
from ui import feedback
from ui.profile import entry
from ui.rapat import agenda_dialogs, panel_view, recording
from ui.rapat.writing import attempt
from ui.text import rapat as t

ITEM = "agenda"  # in the URL: the item's number and title
_OTHER = 0
Row = dict[str, Any]


def section(by: Actor, found: Meeting) -> None:
    """The chosen agenda item; the first one when none was chosen."""
    manages = meetings.manages(by, found)
    if not found.butir:
        st.info(t.AGENDA_KOSONG, icon=":material/list:")
        if manages:
            _add(by, found, "secondary")
        return
    number = _choose(found)
    item = found.butir[number - 1]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(f"{number}. {feedback.escape(item['judul'])}", anchor=False, width="stretch")
        if manages:
            _change(by, found, item, number)
            _add(by, found, "tertiary")
    if item["uraian"]:
        st.caption(feedback.escape(item["uraian"]))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _panels(by, found, number)
        _notes(by, found, item, manages)
    with right:
        recording.section(by, found, item, manages)
    _without_item(by, found)


def _add(by: Actor, found: Meeting, kind: Literal["secondary", "tertiary"]) -> None:
    if st.button(t.BUTIR_BARU, icon=":material/add:", key="butir_baru", type=kind):
        agenda_dialogs.add(by, found)


def _choose(found: Meeting) -> int:
    """The number of the item that is looked at, from the picker and the buttons beside it."""
    names = {number: f"{number}. {row['judul']}" for number, row in enumerate(found.butir, 1)}
    if st.session_state.get(ITEM) not in (None, *names):
        st.session_state[ITEM] = 1
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(t.BUTIR, list(names), format_func=lambda n: names[n], key=ITEM, bind="query-params")
        number = int(picked or 1)
        for label, step, icon in ((t.SEBELUM, -1, "arrow_back"), (t.SESUDAH, 1, "arrow_forward")):
            at = number + step
            st.button(
                label,
                key=f"butir_{step}",
                icon=f":material/{icon}:",
                disabled=at not in names,
                on_click=_go_to,
                args=(at,),
            )
    return number


def _go_to(number: int) -> None:
    st.session_state[ITEM] = number


def _change(by: Actor, found: Meeting, item: Row, number: int) -> None:
    rapat_id, version, order = found.record["id"], found.record["versi"], [row["id"] for row in found.butir]
    if st.button(t.UBAH_BUTIR, key="ubah_butir", icon=":material/edit:", type="tertiary"):
        agenda_dialogs.edit(by, found, item)
    for label, step, icon in ((t.NAIK, -1, "arrow_upward"), (t.TURUN, 1, "arrow_downward")):
        to = number - 1 + step
        key = f"pindah_{step}_{item['id']}_{version}"
        if st.button(label, key=key, icon=f":material/{icon}:", type="tertiary", disabled=not 0 <= to < len(order)):
            order.insert(to, order.pop(number - 1))
            attempt(key, lambda token: agenda.reorder(by, rapat_id, version, order, token))


def _panels(by: Actor, found: Meeting, number: int) -> None:
    for place, panel in _shown(by, found, number):
        panel_view.show(panel, f"panel_{found.record['id']}_{number}_{place}")


def _shown(by: Actor, found: Meeting, number: int) -> list[tuple[int, Panel]]:
    if found.closed:
        kept = meetings.snapshot(by, found.record["id"])
        st.caption(t.BEKU.format(tanggal=figures.moment(found.record["ditutup_pada"], found.record["wilayah"] or None)))
        return [(place, panel) for (item, place), panel in sorted(kept.items()) if item == number]
    return list(enumerate(snapshots.live_item(by, found, number), 1))


def _notes(by: Actor, found: Meeting, item: Row, manages: bool) -> None:
    if not manages:
        if item["catatan"]:
            st.subheader(t.CATATAN_BUTIR, anchor=False)
            st.markdown(feedback.escape(item["catatan"]).replace("\n", "  \n"))
        return
    key = f"catatan_{item['id']}_{item['versi']}"
    with st.form(key, border=False, enter_to_submit=False):
        typed = entry.text(t.CATATAN_BUTIR, f"{key}_isi", item["catatan"], most=5000, long=True)
        if st.form_submit_button(t.SIMPAN_CATATAN, icon=":material/save:"):
            rapat_id = found.record["id"]
            attempt(key, lambda token: agenda.edit(by, rapat_id, item["id"], item["versi"], {"catatan": typed}, token))


def _without_item(by: Actor, found: Meeting) -> None:
    """What was decided under no item (or one that is gone) stands below, so that nothing is out of sight."""
    if any(row["butir_id"] is None for row in [*found.keputusan, *found.tindak_lanjut]):
        st.divider()
        st.header(t.pilihan("lain")["tanpa_topik"], anchor=False)
        recording.section(by, found, None, False)
