"""A shared device: code and consent, form, receipt, next person; and staff who enter for one person."""

from dataclasses import dataclass

import streamlit as st

from domain.errors import InvalidInput
from domain.permissions import Actor
from services import blank_form, clock, kiosk, live
from services.intake import Receipt
from services.kiosk import Begun, Line, Visit
from services.live import Overview
from ui import draw, feedback, fragments
from ui.bimtek import kiosk_form
from ui.bimtek.labels import apart
from ui.text import bimtek
from ui.text import pelaksanaan as t

_TURN, _STAFF = "_kios", "_isi_petugas"
WIDTH = 640


@dataclass
class _Turn:
    """One person's turn at the device; gone without a trace when the next one comes."""

    event_id: int
    visit: Visit | None = None
    consent: str | None = None
    form_id: int | None = None
    begun: Begun | None = None
    receipt: Receipt | None = None


def _forget(prefix: str) -> None:
    """Removes a turn with everything typed in it."""
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]


def _next_person() -> None:
    _forget(_TURN)


def section(by: Actor, event_id: int) -> None:
    """The step that this turn stands at."""
    turn = st.session_state.get(_TURN)
    if not isinstance(turn, _Turn) or turn.event_id != event_id:
        _forget(_TURN)
        turn = st.session_state[_TURN] = _Turn(event_id)
    with st.container(width=WIDTH):
        if turn.receipt is not None:
            _receipt(turn)
        elif turn.visit is None:
            _sign_in(by, turn)
        elif turn.begun is None:
            _forms(by, turn)
        else:
            _fill_in(by, turn, turn.visit, turn.begun)


def _sign_in(by: Actor, turn: _Turn) -> None:
    st.caption(t.KIOS_URAIAN)
    consent = kiosk.consent()
    with st.form("kios_masuk", enter_to_submit=False):
        code = st.text_input(t.KODE, key="_kios_kode", placeholder=t.KODE_BANTUAN, autocomplete="off", max_chars=20)
        with st.expander(consent["judul"], expanded=True):
            for paragraph in consent["paragraf"]:
                st.write(paragraph)
            st.caption(consent["dasar"])
        agreed = st.checkbox(consent["setuju"], key="_kios_setuju")
        sent = st.form_submit_button(t.LANJUT, type="primary", width="stretch")
    if not sent:
        return
    if not agreed:
        st.error(t.HARUS_SETUJU, icon=":material/error:")
        return
    with feedback.shown():
        turn.visit, turn.consent = kiosk.enter(by, turn.event_id, code or ""), str(consent["versi"])
        st.session_state.pop("_kios_kode", None)
        st.rerun()


def _forms(by: Actor, turn: _Turn) -> None:
    assert turn.visit is not None
    st.header(feedback.escape(turn.visit.nama))
    if turn.visit.instansi:
        st.caption(feedback.escape(turn.visit.instansi))
    with feedback.shown():
        turn.visit = kiosk.visit(by, turn.event_id, turn.visit.participant_id)
        waiting = [form for form in turn.visit.forms if form.keadaan == "dibuka" and not form.sudah]
        for form in turn.visit.forms:
            words = feedback.escape(f"{bimtek.FASE[form.fase]} · {form.judul}")
            if form.sudah:
                st.markdown(f":material/check_circle: {feedback.escape(t.SUDAH_DITERIMA.format(judul=form.judul))}")
            elif st.button(words, key=f"_kios_pilih_{form.id}", width="stretch", icon=":material/edit_note:"):
                turn.form_id = form.id
                turn.begun = kiosk.begin(by, turn.event_id, form.id, turn.visit.participant_id)
                st.rerun()
        if not waiting:
            st.info(t.TIDAK_ADA_FORMULIR, icon=":material/hourglass_empty:")
    st.button(t.BERIKUTNYA, on_click=_next_person, icon=":material/person_remove:", key="_kios_selesai")


def _fill_in(by: Actor, turn: _Turn, visit: Visit, begun: Begun) -> None:
    assert turn.form_id is not None
    st.header(feedback.escape(begun.form.judul))
    st.caption(feedback.escape(visit.nama))
    with st.form("kios_isi", enter_to_submit=False, border=False):
        values = kiosk_form.draw(begun.form, f"_kios_{begun.kunci}", blanks=False)
        sent = st.form_submit_button(t.KIRIM, type="primary", width="stretch", icon=":material/send:")
    st.button(t.BATAL, on_click=_next_person, key="_kios_batal")
    if not sent:
        return
    with feedback.shown():
        try:
            turn.receipt = kiosk.hand_in(
                by, turn.event_id, turn.form_id, visit.participant_id, values,
                kunci=begun.kunci, cara="kios", started=begun.started, consent=turn.consent,
            )  # fmt: skip
        except InvalidInput as error:
            kiosk_form.say_what_is_missing(begun.form, error)
            return
        st.rerun()


def show_receipt(receipt: Receipt) -> None:
    """What was received, when, and the code to quote."""
    words = t.TANDA_TERLAMBAT if receipt.terlambat else t.TANDA_TERIMA
    st.success(words.format(pukul=receipt.pukul), icon=":material/task_alt:")
    st.markdown(t.TANDA_URAIAN.format(kode=receipt.kode_terima))
    if receipt.terlambat:
        st.caption(t.TANDA_TERLAMBAT_URAIAN)


def _receipt(turn: _Turn) -> None:
    assert turn.receipt is not None
    show_receipt(turn.receipt)
    with st.container(horizontal=True):
        st.button(t.BERIKUTNYA, on_click=_next_person, type="primary", icon=":material/person:", key="_kios_lanjut")
        if st.button(t.FORMULIR_LAIN, icon=":material/list:", key="_kios_lain"):
            _forget("_kios_")
            turn.receipt = turn.begun = turn.form_id = None
            st.rerun()


# --- staff for one person --------------------------------------------------------------------------------------------


def pick_form(by: Actor, event_id: int, key: str) -> int | None:
    """The chosen form of the event; None, with a designed empty state, when it has none."""
    seen = live.overview(by, event_id)
    if not seen.formulir:
        st.info(t.TANPA_FORMULIR_URAIAN, title=t.TANPA_FORMULIR, icon=":material/post_add:")
        return None
    if not seen.terdaftar:
        st.info(t.TANPA_PESERTA_URAIAN, title=t.TANPA_PESERTA, icon=":material/group_add:")
        return None
    words = form_labels(seen)
    first = next((place for place, form in enumerate(seen.formulir) if form.keadaan == "dibuka"), 0)
    return int(st.selectbox(t.PILIH_FORMULIR, list(words), first, words.__getitem__, f"{key}_{event_id}"))


def form_labels(seen: Overview) -> dict[int, str]:
    """ "Pre-test · Judul (Dibuka)" by form id, each another one."""
    return apart(
        {
            form.id: f"{bimtek.FASE[form.fase]} · {form.judul} ({bimtek.STATUS_FORMULIR[form.keadaan]})"
            for form in seen.formulir
        }
    )


def person_words(line: Line) -> str:
    """ "Nama · Lembaga (sudah mengisi)"."""
    words = f"{line.nama} · {line.instansi}" if line.instansi else line.nama
    return f"{words} ({t.SUDAH})" if line.sudah else words


def for_somebody(by: Actor, event_id: int) -> None:
    """Staff choose form and person, fill in what the person says, and get the receipt."""
    st.caption(t.PETUGAS_URAIAN)
    form_id = pick_form(by, event_id, "petugas_formulir")
    if form_id is None:
        return
    print_blank(by, event_id, form_id)
    lines = {line.id: line for line in kiosk.people(by, event_id, form_id)}
    words = apart({one: person_words(line) for one, line in lines.items()})
    participant = st.selectbox(
        t.PILIH_ORANG, list(words), None, words.__getitem__, f"petugas_orang_{form_id}", placeholder=""
    )
    done = st.session_state.get(f"{_STAFF}_tanda")
    if participant is None:
        return
    if done is not None and done[0] == (form_id, participant):
        show_receipt(done[1])
        return
    if lines[participant].sudah:
        st.warning(t.SUDAH_MENGISI_PERINGATAN, icon=":material/info:")
    begun = st.session_state.get(f"{_STAFF}_mulai")
    if begun is None or begun[0] != (form_id, participant):
        _forget(f"{_STAFF}_")
        begun = ((form_id, participant), kiosk.begin(by, event_id, form_id, participant))
        st.session_state[f"{_STAFF}_mulai"] = begun
    laid: Begun = begun[1]
    with st.container(width=WIDTH), st.form("petugas_isi", enter_to_submit=False, border=False):
        values = kiosk_form.draw(laid.form, f"{_STAFF}_{laid.kunci}", blanks=True)
        sent = st.form_submit_button(t.KIRIM, type="primary", icon=":material/send:")
    if sent:
        with feedback.shown():
            try:
                receipt = kiosk.hand_in(by, event_id, form_id, participant, values, kunci=laid.kunci, cara="petugas")
            except InvalidInput as error:
                kiosk_form.say_what_is_missing(laid.form, error)
                return
            _forget(f"{_STAFF}_")
            st.session_state[f"{_STAFF}_tanda"] = ((form_id, participant), receipt)
            st.rerun()


def print_blank(by: Actor, event_id: int, form_id: int) -> None:
    """The download of the blank form to print."""
    st.download_button(
        t.FORMULIR_KOSONG_CETAK,
        data=fragments.later(by, lambda: blank_form.of_form(by, event_id, form_id)),
        file_name=draw.file_name("formulir_kosong", str(form_id), event_id, clock.today(), ending="html"),
        mime="text/html",
        key=f"cetak_{form_id}",
        icon=":material/print:",
        on_click="ignore",
    )
