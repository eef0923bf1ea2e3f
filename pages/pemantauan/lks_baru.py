"""A new LKS: where it is, what it is called and whom it serves; the rest is filled in on its profile."""

from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Permission, require
from services import entries, keeping
from services import profile as profiles
from ui import feedback, state
from ui.profile import entry, saving
from ui.text import profil as t
from ui.text import umum

by = state.actor()
require(by, Permission.EDIT_REGISTER)
st.title(umum.LKS_BARU, anchor=False)
st.write(t.BARU_URAIAN)
FIELDS = (
    *("nama", "singkatan", "kluster", "setting", "layanan", "desa", "alamat", "telepon", "email"),
    *("ketua", "ketua_telepon", "tanggal_berdiri", "lat", "lon", "catatan"),
)


def pick(label: str, parent: str | None, key: str) -> str | None:
    """A region right below another one; the only one there is needs no choosing."""
    below = profiles.regions(by, parent)
    if len(below) == 1:
        only, name = next(iter(below.items()))
        st.text_input(label, name, disabled=True, key=f"{key}_{only}")
        return only
    return entry.one_of(label, f"{key}_{parent}", below)


with st.container(width=640):
    province = pick(t.BARU_PROVINSI, None, "baru_provinsi")
    kabkota = pick(t.BARU_KABKOTA, province, "baru_kabkota") if province else None
    if kabkota is None:
        st.info(t.BARU_PILIH_WILAYAH, icon=":material/map:")
        st.stop()
    labels = profiles.choices(by, kabkota)
    with st.form("lks_baru", enter_to_submit=False):
        below = profiles.regions(by, kabkota)
        kecamatan = entry.one_of(t.BARU_KECAMATAN, f"baru_kecamatan_{kabkota}", below)
        record: dict[str, Any] = entry.fields(by, FIELDS, {}, labels, "baru")
        sent = st.form_submit_button(t.SIMPAN, type="primary", width="stretch")
    if not sent:
        st.stop()
    record["kode_wilayah"] = kecamatan or kabkota
    with saving.shown():
        like = entries.near(by, record)
        shown = f"{kabkota} {record['nama']}"
        # A like name is shown once; the same name sent again means that somebody looked.
        if like and st.session_state.get("_mirip") != shown and not any(row["sama"] for row in like):
            st.session_state["_mirip"] = shown
            lines = [f"{row['nama']} ({row['kode_lks']}, {figures.integer(row['skor'])}%)" for row in like]
            said = "\n".join(["", *["- " + feedback.escape(line) for line in lines]])
            st.warning(t.BARU_MIRIP_URAIAN + "\n" + said, title=t.BARU_MIRIP, icon=":material/difference:")
            st.stop()
        doubts = keeping.doubts(by, record)
        lks_id = keeping.create(by, record, state.one_time_token("lks_baru"))
        state.renew_token("lks_baru")
        saving.say(saving.doubtful(doubts) or t.BARU_TERSIMPAN)
        kode = profiles.profile(by, lks_id).record["kode_lks"]
        for name in [key for key in st.session_state if str(key).startswith("baru_")]:
            del st.session_state[name]
        st.switch_page(state.page("profil_lks"), query_params={"lks": kode})
