"""The projector: one screen without scrolling, anonymous aggregates only, readable from the back of the room."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from domain import figures
from domain.errors import NotFound, PilarError, StoreUnavailable
from domain.permissions import Actor
from services import cards, events, live
from services.live import ItemLive, Projector
from ui import feedback, fragments
from ui.bimtek import choosing
from ui.charts import live as charts
from ui.text import bimtek
from ui.text import pelaksanaan as t

EVENT, ADDRESS = "acara", "alamat"  # in the URL: which event, and the address that phones can open
SEEN_FOR = 10  # looks for which a chart stays before the next one takes its place
_LAST, _TURN = "_dinding_terakhir", "_dinding_giliran"
_CHART = 270  # px; what is left beside the counters on a projector with a window bar
_MOST = 4  # open forms that have room beside each other
# Everything grows with the root size: at 1920 the smallest text (0.875rem) is 24.5 px. Only on wide screens: a phone
# that opens this page keeps its own size.
_STYLE = """<style>
@media (min-width: 1600px) {
  html { font-size: 28px; }
  .stMainBlockContainer { padding: 0.75rem 1.5rem; max-width: 100%; }
  [data-testid="stMetricValue"] { font-size: 3.25rem; }
  [data-testid="stMetricLabel"] p { font-size: 1rem; }
  h1, h2 { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
  .stMainBlockContainer h1 { font-size: 1.3rem; padding: 0.25rem 0; }
  .stMainBlockContainer h2 { font-size: 1.1rem; padding: 0.25rem 0; }
  .stMainBlockContainer .st-key-dinding_masuk h2 { font-size: 1.75rem; }
}
</style>"""


def event_of_url(by: Actor) -> int:
    """The event that the address names, by number or as the trainer's own screen writes it; NotFound otherwise."""
    rows = events.listed(by).to_dict("records")
    asked = st.query_params.get(EVENT) or st.query_params.get(choosing.EVENT)
    if asked is None and len(rows) == 1:
        return int(rows[0]["id"])
    for row in rows:
        if asked in (str(row["id"]), choosing.label(row)):
            return int(row["id"])
    raise NotFound()


def address() -> str:
    """The server's address for phones: this browser's, or one of the same network that the URL names instead.

    Any other host is left out: a link sent to the trainer must not lead the whole room to a stranger's page.
    """
    parts = urlsplit(st.context.url or "")
    own = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    try:
        asked = cards.server_address(st.query_params.get(ADDRESS) or own)
    except PilarError:
        return own
    host = urlsplit(asked).hostname or ""
    try:
        near = ip_address(host).is_private
    except ValueError:
        near = host == parts.hostname
    return asked if near else own


def show(by: Actor) -> None:
    """The whole screen, renewing itself."""
    st.html(_STYLE)
    try:
        event_id = event_of_url(by)
    except NotFound:
        st.info(t.DINDING_TANPA_KEGIATAN, icon=":material/cast:")
        return
    wall(by, event_id, address())


@fragments.fragment(run_every=1.0)
def wall(by: Actor, event_id: int, server: str) -> None:
    """Counters and aggregates on the left, how to get in on the right."""
    with feedback.shown():
        seen, current = _fresh(by, event_id)
        left, right = st.columns([3, 1], gap="medium")
        with left:
            st.title(feedback.escape(seen.judul))
            _counters(seen, current)
            _aggregate(seen)
        with right, st.container(key="dinding_masuk", gap="small"):
            _way_in(seen, server)


def _fresh(by: Actor, event_id: int) -> tuple[Projector, bool]:
    try:
        found = live.projector(by, event_id)
    except StoreUnavailable:
        kept = st.session_state.get(_LAST)
        if isinstance(kept, Projector):
            return kept, False
        raise
    st.session_state[_LAST] = found
    return found, True


def _counters(seen: Projector, current: bool) -> None:
    here = t.HADIR_DINDING.format(hadir=figures.integer(seen.hadir_hari_ini), terdaftar=figures.integer(seen.terdaftar))
    at = t.clock_at(seen.pada, seen.zona, seconds=True)
    st.markdown(f"**{here}** · {(t.DINDING_JAM if current else t.DINDING_TERTUNDA).format(jam=at)}")
    if not seen.formulir:
        st.header(t.DINDING_KOSONG)
        return
    st.markdown(t.SUDAH_MENGISI)
    shown = seen.formulir[:_MOST]
    for column, form in zip(st.columns(len(shown)), shown, strict=True):
        label = bimtek.FASE[form.fase] if form.fase != "narasumber" else form.judul
        column.metric(feedback.escape(label), figures.out_of(form.diterima, form.diharapkan), border=True)


def _aggregate(seen: Projector) -> None:
    """One distribution at a time, each for a while: all of them at once would not fit without scrolling."""
    drawn = [item for form in seen.formulir for item in form.butir]
    if not drawn:
        return
    turn = int(st.session_state.get(_TURN, -1)) + 1
    st.session_state[_TURN] = turn
    item = drawn[turn // SEEN_FOR % len(drawn)]
    name = f"{item.label} [{item.baris}]" if item.baris else item.label
    st.header(feedback.escape(name))
    st.vega_lite_chart(
        spec=_spec(item),
        key=f"dinding_{turn // SEEN_FOR % len(drawn)}",
        alt=t.BAGAN_DINDING.format(butir=name, n=item.n),
        theme=None,
        width="stretch",
    )


def _spec(item: ItemLive) -> dict[str, Any]:
    rows = pd.DataFrame({"label": [bar.teks for bar in item.batang], "jumlah": [bar.jumlah for bar in item.batang]})
    return dict(charts.wall_spec(charts.wall_bars(rows, _CHART)))


def _way_in(seen: Projector, server: str) -> None:
    """The QR code, the short address and the link word; of the one open form, else of the whole event."""
    link = seen.formulir[0].tautan if len(seen.formulir) == 1 else seen.tautan
    target = cards.link_address(server, link)
    st.image(cards.qr_svg(target, border=2, title=t.PINDAI_DINDING), width="stretch", alt=t.PINDAI_DINDING)
    st.markdown(t.PINDAI_DINDING)
    shown = server.removeprefix("http://") + "/isi"
    st.markdown(f"{t.KATA_DINDING} **{feedback.escape(shown)}** {t.KETIK_DINDING}")
    st.header(cards.spelled(link))
    st.markdown(t.spoken(link))
    if cards.is_loopback(server):
        st.warning(t.DINDING_LOKAL, icon=":material/phonelink_off:")
