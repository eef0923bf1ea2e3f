"""The trainer's live screen: counters that renew themselves, forms to open and close, who is missing, items, late answers."""

from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import pandas as pd
import streamlit as st

from domain import figures
from domain.errors import StoreUnavailable
from domain.permissions import Actor, Permission
from services import events, kiosk, live
from services.live import FormLive, ItemLive, Overview
from ui import draw, feedback, fragments
from ui.bimtek import roster_cards
from ui.bimtek.kiosk import form_labels, person_words
from ui.bimtek.labels import apart
from ui.charts import live as charts
from ui.charts.theme import as_spec
from ui.profile import saving
from ui.text import bimtek
from ui.text import pelaksanaan as t

EVERY = 1.0  # seconds between looks: an answer shows within two of its commit
_LAST = "_pelaksanaan_terakhir"
_COLOUR: dict[str, Literal["gray", "green", "orange"]] = {"disiapkan": "gray", "dibuka": "green", "ditutup": "orange"}
SMALL = 5  # below this many answers counts are shown instead of percentages


def fresh(by: Actor, event_id: int) -> tuple[Overview, bool]:
    """(the event now, True), or what was seen last and False while the store does not answer."""
    try:
        found = live.overview(by, event_id)
    except StoreUnavailable:
        kept = st.session_state.get(_LAST)
        if isinstance(kept, Overview) and kept.event["id"] == event_id:
            return kept, False
        raise
    st.session_state[_LAST] = found
    return found, True


@fragments.fragment(run_every=EVERY)
def counters(by: Actor, event_id: int) -> None:
    """How many are registered and here, and what each form has received; renews itself."""
    with feedback.shown():
        seen, current = fresh(by, event_id)
        with st.grid(4, min_column_width=150):
            st.metric(
                t.TERDAFTAR,
                figures.integer(seen.terdaftar),
                border=True,
                help=t.LEMBAGA.format(jumlah=figures.integer(seen.lembaga)),
            )
            st.metric(t.HADIR_HARI_INI, figures.integer(seen.hadir_hari_ini), border=True)
            for form in seen.formulir:
                if form.keadaan == "dibuka":
                    st.metric(feedback.escape(form.judul), figures.out_of(form.diterima, form.diharapkan), border=True)
        waiting, aside = (sum(getattr(form, name) for form in seen.formulir) for name in ("menunggu", "konflik"))
        if waiting:
            st.warning(t.MENUNGGU.format(jumlah=figures.integer(waiting)), icon=":material/schedule:")
        if aside:
            st.warning(t.KONFLIK.format(jumlah=figures.integer(aside)), icon=":material/content_copy:")
        at = t.clock_at(seen.pada, seen.event["zona"], seconds=True)
        st.caption((t.DIPERBARUI if current else t.TERTUNDA).format(jam=at))


def _short(form: FormLive) -> str:
    """The phase, or the title where several forms of one phase are told apart by the speaker in it."""
    return form.judul if form.fase == "narasumber" else bimtek.FASE[form.fase]


# --- forms -----------------------------------------------------------------------------------------------------------


@fragments.fragment(run_every=EVERY)
def forms(by: Actor, event_id: int) -> None:
    """One card per form: its state, its address, what it received, and the button that opens or closes it."""
    with feedback.shown():
        seen, _ = fresh(by, event_id)
        manages = by.may(Permission.MANAGE_EVENTS) and seen.event["status"] != "dikunci"
        with st.grid("auto", min_column_width=300):
            for form in seen.formulir:
                with st.container(border=True):
                    _card(by, form, manages)


def _card(by: Actor, form: FormLive, manages: bool) -> None:
    words = bimtek.FASE[form.fase] + (f" · {t.ANONIM}" if form.anonim else "")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(bimtek.STATUS_FORMULIR[form.keadaan], color=_COLOUR[form.keadaan])
        st.caption(words)
    st.markdown(f"**{feedback.escape(form.judul)}**")
    share = min(form.diterima / form.diharapkan, 1.0) if form.diharapkan else 0.0
    st.progress(share, text=t.DITERIMA.format(diterima=form.diterima, diharapkan=form.diharapkan))
    if form.revisi or form.menunggu or form.ditolak or form.dibatalkan:
        names = ("revisi", "menunggu", "ditolak", "dibatalkan")
        st.caption(t.RINCIAN.format(**{name: getattr(form, name) for name in names}))
    if form.luar_daftar:
        st.caption(t.LUAR_DAFTAR.format(jumlah=form.luar_daftar))
    st.caption(f"/isi/{form.tautan} · {t.spoken(form.tautan)}")
    if manages:
        _switch(by, form)


def _switch(by: Actor, form: FormLive) -> None:
    key = f"formulir_{form.id}_{form.versi}"
    if form.keadaan == "dibuka":
        if st.button(t.TUTUP, key=f"tutup_{form.id}", icon=":material/lock:"):
            saving.save(key, lambda token: events.close_form(by, form.id, form.versi, token), t.DITUTUP_SEKARANG)
    elif st.button(t.BUKA, key=f"buka_{form.id}", icon=":material/lock_open:"):
        saving.save(key, lambda token: events.open_form(by, form.id, form.versi, token), t.DIBUKA_SEKARANG)


def choose_form(seen: Overview, key: str) -> FormLive:
    """The chosen form of the event, an open one at first."""
    words = form_labels(seen)
    first = next((place for place, form in enumerate(seen.formulir) if form.keadaan == "dibuka"), 0)
    return seen.form(st.selectbox(t.PILIH_FORMULIR, list(words), first, words.__getitem__, f"{key}_{seen.event['id']}"))


@fragments.dialog(t.ATUR_ULANG, icon=":material/restart_alt:")
def reset(by: Actor, event_id: int, form: FormLive, people: dict[int, str]) -> None:
    """Takes one person's answers out of a form, with a reason."""
    st.write(t.ATUR_ULANG_URAIAN)
    with st.form("atur_ulang", border=False):
        one = st.selectbox(t.ORANG, list(people), None, people.__getitem__, placeholder="")
        why = st.text_input(t.ALASAN, help=t.ALASAN_BANTUAN, max_chars=300)
        if st.form_submit_button(t.ATUR_ULANG_YA, type="primary") and one is not None:
            key = f"atur_ulang_{form.id}_{one}"
            saving.save(
                key, lambda token: live.reset(by, event_id, form.id, one, why, token) and None, t.ATUR_ULANG_SELESAI
            )


def reset_button(by: Actor, seen: Overview, form: FormLive) -> None:
    """The way to take one person's answers out; not for an anonymous form, where nobody knows whose is whose."""
    if form.anonim or seen.event["status"] == "dikunci" or not by.may(Permission.MANAGE_EVENTS):
        return
    lines = kiosk.people(by, int(seen.event["id"]), form.id)
    people = apart({line.id: person_words(line) for line in lines if line.sudah})
    if people and st.button(t.ATUR_ULANG, icon=":material/restart_alt:"):
        reset(by, int(seen.event["id"]), form, people)


@fragments.dialog(t.PROYEKTOR, icon=":material/cast:")
def projector_link(by: Actor, event_id: int) -> None:
    """The way to the wall: its address with the server's own one in it, so that the QR code works on phones."""
    st.write(t.PROYEKTOR_URAIAN)
    found = roster_cards.address()
    if found:
        parts = urlsplit(st.context.url or "")
        query = urlencode({"embed": "true", "acara": event_id, "alamat": found})
        own = f"{parts.scheme}://{parts.netloc}" if parts.netloc else found
        st.link_button(t.PROYEKTOR_BUKA, f"{own}/pelaksanaan?{query}", icon=":material/open_in_new:", type="primary")


# --- who is missing --------------------------------------------------------------------------------------------------


@fragments.fragment(run_every=EVERY)
def missing(by: Actor, event_id: int, form_id: int) -> None:
    """Those who have sent nothing, by institution."""
    with feedback.shown():
        groups = live.missing(by, event_id, form_id)
        if not groups:
            st.success(t.SEMUA_SUDAH_URAIAN, title=t.SEMUA_SUDAH, icon=":material/task_alt:")
            return
        st.header(t.BELUM_JUDUL.format(jumlah=figures.integer(sum(group.jumlah for group in groups))))
        named = any(group.nama for group in groups)
        rows = [
            [group.instansi or t.TANPA_INSTANSI, group.jumlah, *([", ".join(group.nama)] if named else [])]
            for group in groups
        ]
        draw.table(pd.DataFrame(rows, columns=list(t.KOLOM_BELUM.values())[: 2 + named]), alt=t.TABEL_BELUM)
        if not named:
            st.caption(t.NAMA_TERTUTUP)


# --- items -----------------------------------------------------------------------------------------------------------


@fragments.fragment(run_every=EVERY)
def item_counts(by: Actor, event_id: int, form_id: int) -> None:
    """Each item so far, and the distribution of a chosen one."""
    with feedback.shown():
        found = live.item_counts(by, event_id, form_id)
        if not any(item.n for item in found):
            st.info(t.BUTIR_KOSONG_URAIAN, title=t.BUTIR_KOSONG, icon=":material/hourglass_empty:")
            return
        if any(item.disembunyikan for item in found):
            st.info(t.BUTIR_SEMBUNYI_URAIAN, title=t.BUTIR_SEMBUNYI, icon=":material/visibility_off:")
            return
        draw.table(_item_table(found), alt=t.TABEL_BUTIR)
        drawn = {place: item for place, item in enumerate(found) if item.batang}
        if not drawn:
            return
        words = apart({place: f"{place + 1}. {_name(item)}" for place, item in drawn.items()})
        place = st.selectbox(t.PILIH_BUTIR, list(words), 0, words.__getitem__, f"satu_butir_{form_id}")
        _chart(drawn[place or 0] if place in drawn else next(iter(drawn.values())), form_id)


def _name(item: ItemLive) -> str:
    return f"{item.label} [{item.baris}]" if item.baris else item.label


def _item_table(found: list[ItemLive]) -> pd.DataFrame:
    """The items in words; few answers are counted, not given in percent."""
    rows = []
    for number, item in enumerate(found, 1):
        right = None
        if item.benar is not None:
            right = figures.out_of(item.benar, item.n) if item.n < SMALL else figures.share(item.benar, item.n)
        wrong = "; ".join(t.KELIRU.format(kode=b.kode, teks=b.teks, jumlah=b.jumlah) for b in item.salah_terbanyak)
        rows.append([number, _name(item), item.n, item.kosong, right, wrong or None])
    return pd.DataFrame(rows, columns=list(t.KOLOM_BUTIR.values()))


def _chart(item: ItemLive, form_id: int) -> None:
    rows = pd.DataFrame(
        {
            "label": [bar.teks if bar.teks == bar.kode else f"{bar.kode}. {bar.teks}" for bar in item.batang],
            "jumlah": [bar.jumlah for bar in item.batang],
            "kunci": [t.BENAR if bar.benar else t.LAIN for bar in item.batang],
        }
    )
    said = ", ".join(f"{label} {count}" for label, count in zip(rows["label"], rows["jumlah"], strict=True))
    spec = as_spec(charts.option_bars(rows, t.BENAR, t.LAIN, t.ORANG_SUMBU))
    draw.chart(spec, key=f"bagan_butir_{form_id}", alt=t.BAGAN_BUTIR.format(butir=_name(item), rincian=said))


# --- late answers ----------------------------------------------------------------------------------------------------


def late(by: Actor, seen: Overview) -> None:
    """Late answers with their decision, and what was kept aside."""
    event_id, zone = int(seen.event["id"]), str(seen.event["zona"])
    rows = live.late(by, event_id)
    if not rows:
        st.info(t.TERLAMBAT_KOSONG_URAIAN, title=t.TERLAMBAT_KOSONG, icon=":material/schedule:")
    else:
        times = ("mulai_pada", "tutup_pada", "diterima_pada")
        shown = [
            {
                "nama": row["nama"] or t.TANPA_NAMA,
                "judul": row["judul"],
                "sudah_ada": t.YA if row["sudah_ada"] else t.TIDAK,
            }
            | {name: t.moment_at(row[name], zone) for name in times}
            for row in rows
        ]
        frame = pd.DataFrame(shown)[list(t.KOLOM_TERLAMBAT)].rename(columns=t.KOLOM_TERLAMBAT)
        shape = f"terlambat_{rows[0]['id']}_{len(rows)}"
        event = draw.table(frame, alt=t.TABEL_TERLAMBAT, key=shape, on_select="rerun", selection_mode="multi-row")
        picked = [rows[place] for place in event["selection"]["rows"] if place < len(rows)]
        if by.may(Permission.MANAGE_EVENTS):
            _decide(by, event_id, rows, picked)
    aside = live.conflicts(by, event_id)
    if aside:
        titles = {form.id: form.judul for form in seen.formulir}
        st.caption(t.KONFLIK.format(jumlah=figures.integer(len(aside))))
        kept = [
            [row["nama"] or t.TANPA_NAMA, titles[row["formulir_id"]], t.moment_at(row["diterima_pada"], zone)]
            for row in aside
        ]
        draw.table(pd.DataFrame(kept, columns=list(t.KOLOM_KONFLIK.values())), alt=t.TABEL_KONFLIK)


def _decide(by: Actor, event_id: int, rows: list[dict[str, Any]], picked: list[dict[str, Any]]) -> None:
    with st.container(horizontal=True):
        chosen, words = (picked, t.TERIMA_TERPILIH) if picked else (rows, t.TERIMA_SEMUA)
        ids = [int(row["id"]) for row in chosen]
        if st.button(words.format(jumlah=len(ids)), icon=":material/check:", type="primary", key="terima_terlambat"):
            saving.save(
                f"terima_{'_'.join(map(str, ids))}",
                lambda token: live.accept_late(by, event_id, ids, token) and None,
                t.TERIMA_SELESAI,
            )
        if len(picked) == 1 and st.button(t.TOLAK, icon=":material/block:", key="tolak_terlambat"):
            refuse(by, event_id, int(picked[0]["id"]), picked[0]["nama"] or t.TANPA_NAMA)


@fragments.dialog(t.TOLAK, icon=":material/block:")
def refuse(by: Actor, event_id: int, submission_id: int, name: str) -> None:
    """Leaves a late answer out, with a reason."""
    st.write(feedback.escape(t.TOLAK_TANYA.format(nama=name)))
    with st.form("tolak", border=False):
        why = st.text_input(t.ALASAN, help=t.ALASAN_BANTUAN, max_chars=300)
        if st.form_submit_button(t.TOLAK, type="primary"):
            key = f"tolak_{submission_id}"
            saving.save(key, lambda token: live.reject_late(by, event_id, submission_id, why, token), t.TOLAK_SELESAI)
