"""The dialogs of proposals: links to the register, people from earlier events, two rows that are one person.

What is set aside stays away while the person is signed in; nothing is done before it is confirmed.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from domain import figures
from domain.permissions import Actor
from services import roster_links, wilayah
from ui import draw, feedback, fragments
from ui.bimtek.roster import Row, attempt, key_of
from ui.text import peserta as t

_ASIDE = "_peserta_abaikan"
Pair = tuple[int, int, int]  # participant, its version, what it is paired with


def _aside(kind: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = st.session_state.setdefault(_ASIDE, {}).setdefault(kind, set())
    return found


def _left(frame: pd.DataFrame, kind: str, other: str) -> list[Row]:
    """The proposals that nobody has set aside."""
    aside = _aside(kind)
    rows: list[Any] = frame.to_dict("records")
    return [row for row in rows if (row["id"], row[other]) not in aside]


def _choose(
    kind: str,
    rows: list[Row],
    other: str,
    shown: pd.DataFrame,
    alt: str,
    write: Callable[[list[Pair], str], int],
    done: str,
) -> None:
    """The table of proposals, with what can be done to the chosen ones and to all exact ones."""
    key = key_of(f"usul_{kind}", ((row["id"], row[other]) for row in rows))
    event = draw.table(shown, alt=alt, key=key, on_select="rerun", selection_mode="multi-row")
    picked = [rows[number] for number in event["selection"]["rows"] if number < len(rows)]
    exact = [row for row in rows if row["tepat"]]

    def confirm(chosen: list[Row], key: str) -> None:
        pairs = [(int(row["id"]), int(row["versi"]), int(row[other])) for row in chosen]
        attempt(key, lambda token: write(pairs, token), lambda count: done.format(jumlah=figures.integer(count)))

    with st.container(horizontal=True):
        if picked:
            if st.button(t.TAUTKAN_TERPILIH.format(jumlah=len(picked)), key=f"setuju_{kind}", type="primary"):
                confirm(picked, f"setuju_{kind}")
            st.button(
                t.TOLAK_TERPILIH.format(jumlah=len(picked)),
                key=f"abaikan_{kind}",
                on_click=_aside(kind).update,
                args=([(row["id"], row[other]) for row in picked],),
            )
        elif exact and st.button(t.TAUTKAN_PERSIS.format(jumlah=len(exact)), key=f"persis_{kind}", type="primary"):
            confirm(exact, f"persis_{kind}")
    if _aside(kind):
        st.caption(t.DIABAIKAN.format(jumlah=len(_aside(kind))))


@fragments.dialog(t.USUL_LKS, width="large", icon=":material/link:")
def lks(by: Actor, event: Row) -> None:
    """LKS of the register that the participants' institutions may be."""
    st.caption(t.USUL_LKS_URAIAN)
    with feedback.shown():
        rows = _left(roster_links.lks_proposals(by, event["id"]), "lks", "lks_id")
        if rows:
            places = wilayah.names(sorted({row["lks_kabkota"] for row in rows}))
            told = [row | {"tempat": places.get(row["lks_kabkota"]), "kecocokan": _likeness(row)} for row in rows]
            shown = pd.DataFrame(told)[list(t.KOLOM_LKS)].rename(columns=t.KOLOM_LKS)

            write = partial(roster_links.link, by, event["id"])
            _choose("lks", rows, "lks_id", shown, t.ALT_LKS, write, t.TERTAUT)
        else:
            st.info(t.USUL_LKS_KOSONG, icon=":material/check_circle:")


def _likeness(row: Row) -> str:
    return t.SAMA_PERSIS if row["tepat"] else t.MIRIP.format(skor=row["skor"])


@fragments.dialog(t.TAUTKAN, width="large", icon=":material/link:")
def by_hand(by: Actor, event: Row, row: Row) -> None:
    """Finds the LKS of one participant by name and links it."""
    st.text(t.PASANGAN.format(nama=row["nama"], instansi=row["instansi"] or figures.MISSING))
    words = st.text_input(
        t.CARI_LKS,
        row["instansi"] or "",
        key=f"cari_lks_{row['id']}",
        placeholder=t.CARI_LKS_CONTOH,
        type="search",
        autocomplete="off",
    )
    with feedback.shown():
        hits = roster_links.lks_search(by, event["id"], words or "")
        if not hits:
            st.info(t.CARI_LKS_KOSONG, icon=":material/search_off:")
        places = wilayah.names(sorted({hit["kabkota_kode"] for hit in hits}))
        for hit in hits:
            with st.container(border=True, horizontal=True, vertical_alignment="center"):
                with st.container(gap="xxsmall", width="stretch"):
                    st.text(hit["nama"])
                    st.caption(f"{hit['kode_lks']} · {places.get(hit['kabkota_kode'], figures.MISSING)}")
                if st.button(t.TAUTKAN, key=f"taut_{row['id']}_{hit['id']}"):
                    pair = (int(row["id"]), int(row["versi"]), int(hit["id"]))
                    attempt(f"taut_{row['id']}", partial(roster_links.link, by, event["id"], [pair]))


@fragments.dialog(t.USUL_ORANG, width="large", icon=":material/history:")
def persons(by: Actor, event: Row) -> None:
    """People who may have been at an earlier event."""
    st.caption(t.USUL_ORANG_URAIAN)
    with feedback.shown():
        rows = _left(roster_links.person_proposals(by, event["id"]), "orang", "lama_id")
        if rows:
            told = [
                row
                | {"tanggal": figures.date_short(row["mulai"])}
                | {"kecocokan": t.SAMA_PERSIS if row["tepat"] else t.MIRIP_ORANG}
                for row in rows
            ]
            shown = pd.DataFrame(told)[list(t.KOLOM_ORANG)].rename(columns=t.KOLOM_ORANG)

            write = partial(roster_links.recognise, by, event["id"])
            _choose("orang", rows, "lama_id", shown, t.ALT_ORANG, write, t.DIKENALI)
        else:
            st.info(t.USUL_ORANG_KOSONG, icon=":material/check_circle:")


@fragments.dialog(t.USUL_KEMBAR, width="large", icon=":material/difference:")
def near(by: Actor, event: Row) -> None:
    """Pairs of like names on this roster; either row may be the one that stays."""
    st.caption(t.USUL_KEMBAR_URAIAN)
    with feedback.shown():
        frame = roster_links.near_pairs(by, event["id"])
        pairs: list[Any] = frame.to_dict("records")
        if not pairs:
            st.info(t.USUL_KEMBAR_KOSONG, icon=":material/check_circle:")
            return
        st.caption(t.GABUNG_URAIAN)
        for row in pairs:
            with st.container(border=True):
                st.badge(t.MIRIP.format(skor=row["skor"]), color="orange")
                for gone, kept in (("a", "b"), ("b", "a")):
                    with st.container(horizontal=True, vertical_alignment="center"):
                        st.text(
                            t.PASANGAN.format(
                                nama=row[f"{kept}_nama"], instansi=row[f"{kept}_instansi"] or figures.MISSING
                            ),
                            width="stretch",
                        )
                        source, target = (int(row[f"{gone}_id"]), int(row[f"{kept}_id"]))
                        versions = (int(row[f"{gone}_versi"]), int(row[f"{kept}_versi"]))
                        key = f"gabung_{source}_{target}"
                        if st.button(t.GABUNG_KE_INI, key=key, icon=":material/merge:"):
                            write = partial(
                                roster_links.merge, by, event["id"], source, versions[0], target, versions[1]
                            )
                            attempt(key, write, t.DIGABUNGKAN)


def for_one(by: Actor, event: Row, row: Row) -> None:
    """What can be done to the links of the one row that is selected."""
    one = (int(row["id"]), int(row["versi"]))
    if not row["aktif"]:
        return
    if row["lks_id"] is None:
        if row["jenis"] in ("lks", "lain") and st.button(t.TAUTKAN, icon=":material/link:"):
            by_hand(by, event, row)
    elif st.button(t.LEPAS_LKS, icon=":material/link_off:"):
        attempt(f"lepas_lks_{one[0]}", lambda token: roster_links.unlink(by, event["id"], *one, token))
    if row["orang_id"] is not None and st.button(t.LEPAS_ORANG, icon=":material/person_off:"):
        attempt(f"lepas_orang_{one[0]}", lambda token: roster_links.part(by, event["id"], *one, token))
