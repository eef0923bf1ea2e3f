"""The dialogs of one action: its state with evidence, its facts, its history, taking it back, and a new one."""

from typing import Any

import streamlit as st

from domain import figures
from domain.permissions import Actor
from domain.rapat import ACTION_STATES
from services import actions, indicators, profile
from services.meeting_words import word
from ui import feedback, fragments, readings
from ui.profile import entry
from ui.rapat.meeting_dialogs import text
from ui.rapat.writing import attempt, shown
from ui.text import rapat as t


@fragments.dialog(t.UBAH_STATUS, icon=":material/task_alt:")
def status(by: Actor, action_id: int) -> None:
    """Asks for the new state and its evidence (or the reason of opening again), and stores it."""
    with shown():
        row = actions.get(by, action_id)
        prefix = f"status_{action_id}_{row['versi']}"
        st.markdown(f"**{feedback.escape(row['apa'])}**")
        chosen = st.segmented_control(
            t.ISIAN["status"],
            list(ACTION_STATES),
            default=row["status"],
            format_func=lambda code: word("status", code),
            key=prefix,
            required=True,
        )
        reopened = row["status"] == "selesai" and chosen != "selesai"
        proof = text("bukti", prefix, row["bukti"], required=chosen == "selesai")
        st.caption(t.BUKTI_PETUNJUK)
        reason = entry.text(t.ALASAN_BUKA + t.WAJIB, f"{prefix}_alasan", most=300) if reopened else None
        if st.button(t.SIMPAN, type="primary", key=f"{prefix}_simpan", width="stretch"):
            attempt(
                prefix,
                lambda token: actions.set_status(by, action_id, row["versi"], str(chosen), proof, token, reason),
            )


def _who(prefix: str, row: dict[str, Any]) -> dict[str, Any]:
    left, right = st.columns(2)
    with left:
        given: dict[str, Any] = {"pic": text("pic", prefix, row.get("pic"))}
        given["pic_jenis"] = entry.one_of(
            t.ISIAN["pic_jenis"], f"{prefix}_pic_jenis", t.pilihan("badan"), row.get("pic_jenis")
        )
    with right:
        given["pic_instansi"] = text("pic_instansi", prefix, row.get("pic_instansi"))
        given["tenggat"] = entry.day(t.ISIAN["tenggat"], f"{prefix}_tenggat", row.get("tenggat"))
    return given


def _facts(by: Actor, prefix: str, row: dict[str, Any]) -> dict[str, Any]:
    """Every fact of an action; the LKS is searched for, everything else typed or chosen."""
    given: dict[str, Any] = {"apa": text("apa", prefix, row.get("apa"), required=True)}
    given |= _who(prefix, row)
    left, right = st.columns(2)
    with left:
        kinds = t.pilihan("jenis_tindak_lanjut")
        given["jenis"] = entry.one_of(t.ISIAN["jenis"] + t.WAJIB, f"{prefix}_jenis", kinds, row.get("jenis"))
        given["wilayah"] = entry.one_of(t.ISIAN["wilayah"], f"{prefix}_wilayah", _places(by), row.get("wilayah"))
        given["indikator"] = entry.one_of(
            t.ISIAN["indikator"],
            f"{prefix}_indikator",
            {one.kode: one.nama for one in indicators.dictionary(by)},
            row.get("indikator"),
        )
    with right:
        given["tugas"] = entry.one_of(t.ISIAN["tugas"], f"{prefix}_tugas", t.pilihan("tugas"), row.get("tugas"))
        given["sumber_dana"] = entry.one_of(
            t.ISIAN["sumber_dana"], f"{prefix}_sumber", actions.sources(by), row.get("sumber_dana")
        )
        given["lks_id"] = _lks(by, prefix, row)
    return given


def _places(by: Actor) -> dict[str, str]:
    root = by.scope.root
    own = {root: readings.path(root)[-1]} if root else {}
    return own | readings.regions(by) | (readings.children(root) if root else {})


def _lks(by: Actor, prefix: str, row: dict[str, Any]) -> int | None:
    typed = st.text_input(t.CARI_LKS, key=f"{prefix}_cari", placeholder=t.CARI_LKS_CONTOH, max_chars=100)
    found = profile.find(by, typed) if typed.strip() else []
    offered = {int(one["id"]): f"{one['nama']} · {one['kode_lks']}" for one in found}
    if row.get("lks_id"):
        offered[int(row["lks_id"])] = row.get("lks_nama") or t.ISIAN["lks_id"]
    st.session_state.setdefault(f"{prefix}_lks", row.get("lks_id"))
    chosen: int | None = st.selectbox(
        t.ISIAN["lks_id"], list(offered), None, lambda one: offered[one], key=f"{prefix}_lks", placeholder=t.PILIH
    )
    return chosen


@fragments.dialog(t.LENGKAPI, width="large", icon=":material/edit_note:")
def edit(by: Actor, action_id: int) -> None:
    """Asks for the facts of an action; of a closed meeting's only for who and until when, with a reason."""
    with shown():
        row = actions.get(by, action_id)
        prefix = f"tl_{action_id}_{row['versi']}"
        reason = None
        if row["rapat_status"] == "ditutup":
            st.info(t.TETAP_URAIAN, icon=":material/lock:")
            given = _who(prefix, row)
            reason = entry.text(t.ALASAN_UBAH + t.WAJIB, f"{prefix}_alasan", most=300)
        else:
            given = _facts(by, prefix, row)
        if st.button(t.SIMPAN, type="primary", key=f"{prefix}_simpan", width="stretch"):
            attempt(prefix, lambda token: actions.edit(by, action_id, row["versi"], given, token, reason))
        if row["rapat_id"] is None:
            _take_back(by, row, prefix)


def _take_back(by: Actor, row: dict[str, Any], prefix: str) -> None:
    with st.expander(t.BATALKAN, icon=":material/block:"):
        why = entry.text(t.ALASAN_BATAL + t.WAJIB, f"{prefix}_batal", most=300)
        if st.button(t.BATALKAN, key=f"{prefix}_batalkan"):
            attempt(
                f"batal_{prefix}", lambda token: actions.withdraw(by, row["id"], row["versi"], token, why), t.DIBATALKAN
            )


@fragments.dialog(t.TL_BARU, width="large", icon=":material/add_task:")
def create(by: Actor) -> None:
    """Asks for a new action outside of any meeting; the region's own next meeting finds it."""
    prefix = "tl_baru"
    with shown():
        given = _facts(by, prefix, {})
        if st.button(t.SIMPAN, type="primary", key=f"{prefix}_simpan", width="stretch"):
            attempt(prefix, lambda token: actions.add(by, given, token), t.TERCATAT, lambda _: _forget(prefix))


def _forget(prefix: str) -> None:
    for key in [key for key in st.session_state if str(key).startswith(f"{prefix}_")]:
        del st.session_state[key]


@fragments.dialog(t.RIWAYAT, icon=":material/history:")
def history(by: Actor, action_id: int) -> None:
    """What happened to an action, oldest first."""
    with shown():
        row = actions.get(by, action_id)
        st.markdown(f"**{feedback.escape(row['apa'])}**")
        rows = actions.history(by, action_id)
        if not rows:
            st.caption(t.RIWAYAT_KOSONG)
        for one in rows:
            told = [f"{t.isian(name)}: {_value(name, value)}" for name, value in one["sesudah"].items() if value]
            told += [f"{t.ISIAN['alasan']}: {one['alasan']}"] if one["alasan"] else []
            what = t.AKSI_RIWAYAT.get(one["aksi"], one["aksi"])
            when = figures.moment(one["pada"], row["wilayah_rapat"] or None)
            st.markdown(feedback.escape(f"{when} · {what} · {one['pelaku']}"))
            if told:
                st.caption(feedback.escape("; ".join(told)))


def _value(name: str, value: Any) -> str:
    return word("status", value) if name == "status" else str(value)
