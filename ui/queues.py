"""Lists of things that wait with a clock: the filters above them, kept in the address, and what these leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from domain.permissions import Actor
from domain.registration import URGENCIES
from ui import readings
from ui.text import permohonan as t


@dataclass(frozen=True)
class Chosen:
    """What a list is narrowed to."""

    wilayah: str | None = None
    status: tuple[str, ...] = ()
    jenis: str | None = None
    keadaan: str | None = None


@dataclass(frozen=True)
class Queue:
    """One such list: the prefix of its keys, its states and kinds with their words, and the column of its region."""

    prefix: str
    status: Mapping[str, str]  # the open states, in their order
    jenis: Mapping[str, str]
    region: str
    kind: str  # what the kinds are called

    def _key(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def clear(self) -> None:
        """Takes every filter off; a callback of the button."""
        st.session_state[self._key("status")] = []
        for name in ("wilayah", "jenis", "waktu"):
            st.session_state[self._key(name)] = None

    def filters(self, by: Actor) -> Chosen:
        """The filters above the table, kept in the address."""
        with st.container(horizontal=True, vertical_alignment="bottom"):
            wilayah = self._one(t.WILAYAH, readings.regions(by), "wilayah", t.SEMUA_WILAYAH)
            keadaan = self._one(t.WAKTU, {code: t.KEADAAN[code] for code in URGENCIES}, "waktu")
            status: Sequence[str] = st.multiselect(
                t.STATUS,
                list(self.status),
                format_func=self.status.__getitem__,
                key=self._key("status"),
                bind="query-params",
                placeholder=t.SEMUA,
                select_all=False,
            )
            jenis = self._one(self.kind, self.jenis, "jenis")
        return Chosen(wilayah, tuple(status), jenis, keadaan)

    def _one(self, label: str, options: Mapping[str, str], name: str, nothing: str = t.SEMUA) -> str | None:
        chosen: str | None = st.selectbox(
            label,
            list(options),
            None,
            options.__getitem__,
            key=self._key(name),
            bind="query-params",
            placeholder=nothing,
        )
        return chosen

    def of(self, chosen: Chosen, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows that are left."""
        kept = pd.Series(True, index=frame.index)
        if chosen.wilayah:
            kept &= (frame[self.region] + ".").str.startswith(chosen.wilayah + ".")
        if chosen.status:
            kept &= frame["status"].isin(chosen.status)
        if chosen.jenis:
            kept &= frame["jenis"] == chosen.jenis
        if chosen.keadaan:
            kept &= frame["keadaan"] == chosen.keadaan
        return frame[kept]

    def words(self, chosen: Chosen) -> str:
        """The filters but the region as one line, for the workbook."""
        parts = [self.status[code] for code in chosen.status]
        parts += [self.jenis[chosen.jenis]] if chosen.jenis else []
        parts += [t.KEADAAN[chosen.keadaan]] if chosen.keadaan else []
        return ", ".join(parts)
