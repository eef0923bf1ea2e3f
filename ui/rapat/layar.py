"""The wall of a meeting: one agenda item at a time, readable from the back of the room, moving on by keyboard.

Each screen keeps its item in its own address, so that two rooms may look at two items of one meeting.
"""

import streamlit as st

from domain import figures
from domain.errors import NotFound, StoreUnavailable
from domain.panel import Panel
from domain.permissions import Actor
from services import accounts, panels, wall
from services.wall import Item, Screen, Wall
from ui import feedback, fragments, state
from ui.rapat import layar_panel
from ui.text import layar as t

ITEM = "butir"  # in the URL: the number of the agenda item
_LAST = "_layar_terakhir"
_MOST_RECORDED = 3  # of the newest decisions and actions; how many there are stands before them
# Everything grows with the root size: at 1920 the smallest text (0.875rem) is 24.5 px. A phone keeps its own size and
# reads tables where the wall shows charts.
_STYLE = """<style>
@media (min-width: 1600px) {
  html { font-size: 28px; }
  .stMainBlockContainer { padding: 0.5rem 1.25rem; max-width: 100%; }
  .stMainBlockContainer [data-testid="stVerticalBlock"], .stMainBlockContainer [data-testid="stHorizontalBlock"] {
    gap: 0.4rem 0.6rem;
  }
  [class*="st-key-layar_catatan"], [class*="st-key-layar_kartu"] { padding: 0.5rem 0.75rem; }
  .stMainBlockContainer h1 { font-size: 1.4rem; padding: 0; }
  .stMainBlockContainer h2 { font-size: 1.05rem; padding: 0; }
  .stMainBlockContainer h1, .stMainBlockContainer h2, [class*="st-key-layar_kalimat"] p, .st-key-layar_moment p, .st-key-layar_sumber p {
    display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
  }
  [class*="st-key-layar_kalimat"] p { -webkit-line-clamp: 3; line-height: 1.3; }
  [class*="st-key-layar_catatan"] p { line-height: 1.35; }
  [class*="st-key-layar_catatan"] p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
  .st-key-layar_catatan_pendek p { -webkit-line-clamp: 2; }
  .st-key-layar_moment p, .st-key-layar_sumber p { -webkit-line-clamp: 1; }
  .stMainBlockContainer h1, .stMainBlockContainer h2 { -webkit-line-clamp: 1; }
  .stMainBlockContainer [data-testid="stHeading"] * { margin-bottom: 0; }
  [data-testid="stMetricValue"] { font-size: 2.1rem; }
  [data-testid="stMetricLabel"] p, [data-testid="stCaptionContainer"] p, .stButton p, .stButton kbd { font-size: 0.875rem; }
  [class*="st-key-layar_tabel"] table { table-layout: fixed; width: 100%; }
  [class*="st-key-layar_tabel"] th, [class*="st-key-layar_tabel"] td {
    font-size: 0.875rem; padding: 0.1rem 0.4rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
  }
  [class*="st-key-layar_tabel_lega"] th, [class*="st-key-layar_tabel_lega"] td {
    white-space: normal; overflow-wrap: anywhere; line-height: 1.25;
  }
  [class*="st-key-layar_tabel"] th:first-child, [class*="st-key-layar_tabel"] td:first-child { width: 42%; }
}
@media (min-width: 701px) { [class*="st-key-layar_tabel_telepon"] { display: none; } }
@media (max-width: 700px) {
  [class*="st-key-layar_bagan"] { display: none; }
  [class*="st-key-layar_tabel"] table { table-layout: fixed; width: 100%; }
  [class*="st-key-layar_tabel"] th, [class*="st-key-layar_tabel"] td { padding: 0.25rem; overflow-wrap: anywhere; }
}
.st-key-layar_papan_tik { display: none; }
</style>"""


def _who() -> Actor | None:
    return state.keep_signed_in(wall.viewer(st.context.cookies.get(accounts.cookie_name())))


def show(by: Actor, rapat_id: int) -> None:
    """The whole screen of a meeting, renewing itself."""
    st.html(_STYLE)
    _screen(by, rapat_id)


def _last(rapat_id: int) -> None:
    """What this very session saw last, while the store does not answer."""
    kept = st.session_state.get(_LAST)
    with feedback.shown():
        if not isinstance(kept, Screen) or kept.wall.id != rapat_id:
            raise StoreUnavailable()
        _draw(kept, current=False)


@fragments.fragment(who=_who, silent=_last, run_every=panels.EVERY)
def _screen(by: Actor, rapat_id: int) -> None:
    with feedback.shown():
        try:
            seen = wall.screen(by, rapat_id, current(rapat_id))
        except NotFound:
            st.info(t.TANPA_RAPAT, icon=":material/cast:")
            return
        except StoreUnavailable:
            _last(rapat_id)
            return
        st.session_state[_LAST] = seen
        _draw(seen, current=True)


def asked() -> int:
    """The item that the address names; 0, the first screen, when it names none."""
    text = str(st.query_params.get(ITEM, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0


def current(rapat_id: int) -> int:
    """The item that this screen is at: where its keys have led it, first what its address named.

    The address alone would not do: a look that was already on its way brings the address of before with it.
    """
    return int(st.session_state.setdefault(_at(rapat_id), asked()))


def _at(rapat_id: int) -> str:
    return f"_layar_butir_{rapat_id}"


def _go(rapat_id: int, nomor: int) -> None:
    st.session_state[_at(rapat_id)] = nomor
    st.query_params[ITEM] = str(nomor)


def _draw(seen: Screen, current: bool) -> None:
    head, keys = st.columns([5, 2], gap="small", vertical_alignment="center")
    with head:
        st.title(feedback.escape(_title(seen)), anchor=False)
    with keys:
        _keys(seen)
    _moment(seen, current)
    if seen.item is None:
        st.header(t.TANPA_AGENDA, anchor=False)
        st.write(t.TANPA_AGENDA_URAIAN)
        return
    recorded = bool(seen.item.keputusan or seen.item.tindak_lanjut)
    _grid(seen.panel, recorded)
    if seen.panel:
        with st.container(key="layar_sumber"):
            st.caption(feedback.escape(_says_who(seen.panel)))
    else:
        st.write(feedback.escape(seen.item.uraian or t.TANPA_PANEL))
    if recorded:
        _recorded(seen.item, 1 if len(seen.panel) > 2 else _MOST_RECORDED)


def _title(seen: Screen) -> str:
    if seen.item is None:
        return seen.wall.judul
    return seen.item.judul or t.PEMBUKAAN


def _where(seen: Wall) -> str:
    told = [seen.judul, seen.tempat, figures.date_long(seen.tanggal)]
    return " · ".join([*told, t.CONTOH] if seen.contoh else told)


def _says_who(shown: tuple[Panel, ...]) -> str:
    """Where the figures of the screen come from, and of which day they are."""
    sources = dict.fromkeys(panel.sumber for panel in shown if panel.sumber)
    days = dict.fromkeys(t.PER.format(tanggal=figures.date_long(panel.per_tanggal)) for panel in shown)
    told = [t.SUMBER.format(sumber="; ".join(sources))] if sources else []
    return " · ".join([*told, ", ".join(days)])


def _moment(seen: Screen, current: bool) -> None:
    """Which item of how many, what time it is where the meeting is held, and how old the figures are."""
    place = seen.wall.wilayah or None
    at = figures.clock(seen.pada, place)
    told = at if current else t.TERTUNDA.format(jam=at.removeprefix("pukul "))
    if seen.wall.beku_pada is not None:
        told += " · " + t.BEKU.format(kapan=figures.moment(seen.wall.beku_pada, place))
    if seen.item is not None and seen.item.nomor:
        told = f"**{t.POSISI.format(nomor=seen.item.nomor, jumlah=seen.wall.jumlah)}** · {told}"
    if current:
        with st.container(key="layar_moment"):
            st.markdown(f"{told} · {feedback.escape(_where(seen.wall))}")
    else:
        st.warning(told, icon=":material/cloud_off:")


def _keys(seen: Screen) -> None:
    """Next and previous by arrow keys, the space bar and the keys that presenters' remotes send."""
    at, places = seen.wall.id, [item.nomor for item in seen.wall.butir]
    now = places.index(seen.item.nomor) if seen.item is not None else 0
    back = places[max(now - 1, 0)] if places else 0
    ahead = places[min(now + 1, len(places) - 1)] if places else 0
    first, last = now <= 0, now >= len(places) - 1
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        _key(at, t.SEBELUMNYA, "Left", back, first)
        _key(at, t.BERIKUTNYA, "Right", ahead, last)
    with st.container(key="layar_papan_tik"):
        _key(at, t.MUNDUR, "PageUp", back, first)
        _key(at, t.MAJU, "PageDown", ahead, last)
        _key(at, t.MAJU_SPASI, "Space", ahead, last)


def _key(rapat_id: int, label: str, shortcut: str, nomor: int, disabled: bool) -> None:
    st.button(
        label,
        key=f"layar_{shortcut}",
        shortcut=shortcut,
        on_click=_go,
        args=(rapat_id, nomor),
        disabled=disabled,
        type="tertiary",
    )


def _grid(shown: tuple[Panel, ...], recorded: bool) -> None:
    """One panel over the whole width, two beside each other, three and four in two rows."""
    if len(shown) == 1:
        layar_panel.alone(shown[0], recorded)
        return
    for start in range(0, len(shown), 2):
        for number, (column, panel) in enumerate(
            zip(st.columns(2, gap="small"), shown[start : start + 2], strict=False)
        ):
            with column:
                layar_panel.beside(panel, start + number, rows=1 if len(shown) == 2 else 2, recorded=recorded)


def _recorded(item: Item, most: int) -> None:
    """How many decisions and actions the item has, and the newest of them."""
    lines = [(t.KEPUTUSAN, len(item.keputusan)), (t.TINDAK_LANJUT, len(item.tindak_lanjut))]
    told = " · ".join(f"**{label.format(jumlah=figures.integer(count))}**" for label, count in lines)
    newest = [feedback.escape(text) for text in item.keputusan[-1:]] if most > 1 or not item.tindak_lanjut else []
    left = most - len(newest)
    for one in item.tindak_lanjut[-left:] if left else ():
        due = ", " + t.TENGGAT.format(tanggal=figures.date_short(one.tenggat)) if one.tenggat else ""
        newest.append(f"{feedback.escape(one.apa)} ({feedback.escape(one.instansi)}{due})")
    with st.container(key="layar_catatan" if most > 1 else "layar_catatan_pendek", border=True):
        st.markdown("  \n".join([told, *newest]))
