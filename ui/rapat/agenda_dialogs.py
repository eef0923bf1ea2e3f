"""The dialogs that add, change and remove an agenda item, with the panels it is bound to."""

from typing import Any

import streamlit as st

from domain.permissions import Actor
from domain.rapat import MOST_PANELS, PanelSpec
from services import agenda, indicators
from services.meeting_entries import HORIZONS, NEEDS_CODE
from services.meeting_store import Meeting
from services.meeting_words import word
from ui import fragments
from ui.profile import entry
from ui.rapat.meeting_dialogs import text
from ui.rapat.writing import attempt, fresh
from ui.text import rapat as t

Row = dict[str, Any]


def _entries(by: Actor, found: Meeting, prefix: str, row: Row) -> Row:
    given: Row = {"judul": text("judul", prefix, row.get("judul"), required=True)}
    given["uraian"] = text("uraian", prefix, row.get("uraian"))
    given["menit"] = entry.count(t.ISIAN["menit"], f"{prefix}_menit", row.get("menit"))
    before = {spec.jenis: spec for spec in row.get("panel", [])}
    kinds = list(agenda.offered(by, found.record["wilayah"]))
    st.session_state.setdefault(f"{prefix}_panel", [kind for kind in before if kind in kinds])
    chosen = st.multiselect(
        t.ISIAN["panel"] + t.WAJIB,
        kinds,
        format_func=lambda kind: word("panel", kind),
        key=f"{prefix}_panel",
        max_selections=MOST_PANELS,
        placeholder=t.PILIH,
        help=t.PANEL_PETUNJUK,
    )
    code = days = None
    if any(kind in NEEDS_CODE for kind in chosen):
        known = next((spec.kode for spec in before.values() if spec.kode), None)
        names = {one.kode: one.nama for one in indicators.dictionary(by)}
        code = entry.one_of(t.PANEL_INDIKATOR, f"{prefix}_kode", names, known)
    if "berakhir" in chosen:
        usual = before["berakhir"].hari if "berakhir" in before else None
        words = {str(number): str(number) for number in HORIZONS}
        picked = entry.one_of(t.PANEL_HARI, f"{prefix}_hari", words, str(usual) if usual else None)
        days = int(picked) if picked else None
    given["panel"] = [_spec(kind, before.get(kind), code, days) for kind in chosen]
    return given


def _spec(kind: str, before: PanelSpec | None, code: str | None, days: int | None) -> PanelSpec:
    """The panel as it is bound now; what the dialog does not ask (a narrower region, a training, a date) stays."""
    return PanelSpec(
        jenis=kind,
        wilayah=before.wilayah if before else None,
        kode=code if kind in NEEDS_CODE else None,
        hari=days if kind == "berakhir" else None,
        kegiatan=before.kegiatan if before else None,
        sampai=before.sampai if before else None,
    )


@fragments.dialog(t.BUTIR_BARU, width="large", icon=":material/add:")
def add(by: Actor, found: Meeting) -> None:
    """Asks for a new agenda item and puts it at the end."""
    key = f"butir_baru_{found.record['id']}"
    given = _entries(by, found, fresh(key), {})
    if st.button(t.SIMPAN, type="primary", key=f"{key}_simpan", width="stretch"):
        attempt(key, lambda token: agenda.add(by, found.record["id"], given, token))


@fragments.dialog(t.UBAH_BUTIR, width="large", icon=":material/edit:")
def edit(by: Actor, found: Meeting, item: Row) -> None:
    """Asks for the facts of an agenda item, or takes it off the agenda."""
    rapat_id, item_id, version = found.record["id"], item["id"], item["versi"]
    key = f"butir_{item_id}_{version}"
    given = _entries(by, found, key, item)
    if st.button(t.SIMPAN, type="primary", key=f"{key}_simpan", width="stretch"):
        attempt(key, lambda token: agenda.edit(by, rapat_id, item_id, version, given, token))
    if st.button(t.HAPUS_BUTIR, key=f"{key}_hapus", icon=":material/delete:"):
        attempt(f"hapus_{key}", lambda token: agenda.remove(by, rapat_id, item_id, version, token))
