"""The personal links by which an LKS looks over and corrects its own profile: made, shown once, and taken back."""

from typing import Any

import streamlit as st

from domain import figures
from domain.errors import AlreadyDone
from domain.permissions import Actor, Permission
from services import application_doors as doors
from services import cards
from services import profile as profiles
from ui import feedback, fragments, state
from ui.bimtek.events_forms import server_address
from ui.profile import entry
from ui.profile.saving import save, shown
from ui.text import pengajuan as t


def panel(by: Actor, found: profiles.Profile) -> None:
    """The links that still hold, each with the way to end it, and the way to make another; for those who review."""
    if not (by.may(Permission.REVIEW_REGISTRATION) and found.state == "aktif"):
        return
    st.header(t.TAUTAN, anchor=False)
    st.caption(t.TAUTAN_URAIAN)
    lks_id, place = found.record["id"], found.record["kabkota_kode"]
    held = [row for row in doors.links(by, lks_id) if row["berlaku"]]
    if not held:
        st.caption(t.TAUTAN_KOSONG)
    for row in held:
        _one(by, lks_id, place, row)
    if st.button(t.TAUTAN_BUAT, key="tautan_buat", icon=":material/link:"):
        make(by, found)


def _one(by: Actor, lks_id: int, place: str, row: dict[str, Any]) -> None:
    link_id = int(row["id"])
    words = {"untuk": row["untuk"] or t.TAUTAN_SIAPA, "oleh": row["dibuat_oleh"]}
    words |= {
        "dibuat": figures.moment(row["dibuat_pada"], place),
        "sampai": figures.moment(row["berakhir_pada"], place),
    }
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(feedback.escape(t.TAUTAN_BARIS.format(**words)), width="stretch")
        if st.button(t.TAUTAN_CABUT, key=f"tautan_cabut_{link_id}", icon=":material/link_off:"):
            key = f"tautan_cabut_{link_id}"
            save(key, lambda token: doors.revoke_link(by, lks_id, link_id, token), t.TAUTAN_TERCABUT)


@fragments.dialog(t.TAUTAN, width="medium", icon=":material/link:", on_dismiss="rerun")
def make(by: Actor, found: profiles.Profile) -> None:
    """Asks for whom, makes the link, and shows it this once."""
    lks_id = found.record["id"]
    prefix = f"tautan_{lks_id}"
    with shown():
        address = server_address(t.ALAMAT_SERVER)
        with st.form(prefix, enter_to_submit=False, border=False):
            untuk = entry.text(t.TAUTAN_UNTUK, f"{prefix}_untuk", most=120)
            st.caption(t.TAUTAN_UNTUK_CONTOH)
            pressed = st.form_submit_button(t.TAUTAN_BUAT, type="primary", width="stretch")
        if not pressed:
            return
        try:
            full = address + doors.make_link(by, lks_id, untuk, state.one_time_token(prefix))
        except AlreadyDone:
            state.renew_token(prefix)
            raise
        state.renew_token(prefix)
        st.success(t.TAUTAN_SEKALI, icon=":material/visibility:")
        with st.container(horizontal_alignment="center"):
            st.image(cards.qr_svg(full, error="M"), width=260, alt=t.QR_ALT.format(alamat=t.TAUTAN))
        st.code(full, language=None, wrap_lines=True)
