"""Which LKKS the screen shows: the own one, or one of those in the person's region, kept in the address."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from domain import lkks as rules
from domain.permissions import Actor, Permission
from domain.wilayah import level
from services import lkks
from ui import readings
from ui.text import lkks as t

REGION, SECTION = "lkks", "bagian_lkks"


def place_name(wilayah: str) -> str:
    """The name of a region; "Indonesia" for the whole country."""
    return readings.path(wilayah or None)[-1]


def may_keep(by: Actor, wilayah: str) -> bool:
    """True when the person runs the LKKS of a region."""
    return by.may(Permission.MANAGE_LKKS) and rules.runs(by, wilayah)


def _options(by: Actor) -> dict[str, str]:
    """The own region first, then those with an LKKS; for an admin every region, because each may be given one."""
    own = lkks.own_region(by)
    names = {row["wilayah"]: row["nama"] for row in lkks.listed(by)}
    places = dict.fromkeys([own, *names])
    if by.may(Permission.MANAGE_LKKS) and by.role.id != "lkks":
        places |= dict.fromkeys(kode for kode in readings.regions(by) if level(kode) in ("provinsi", "kabkota"))
    return {
        kode: f"{place_name(kode)}: {names[kode]}"
        if kode in names
        else t.BELUM_ADA_LKKS.format(tempat=place_name(kode))
        for kode in places
    }


def region(by: Actor) -> str:
    """The region whose LKKS is shown."""
    options: Mapping[str, str] = _options(by)
    if len(options) == 1:
        return next(iter(options))
    own = lkks.own_region(by)
    have = [row["wilayah"] for row in lkks.listed(by)]
    first = own if own in have or not have or by.role.id == "lkks" else have[0]
    codes = list(options)
    chosen: Any = st.selectbox(
        t.PILIH_LKKS,
        codes,
        index=codes.index(first),
        format_func=options.__getitem__,
        key=REGION,
        bind="query-params",
    )
    return str(chosen)


def section(sections: list[str]) -> str:
    """The part of the screen that is shown, kept in the address."""
    chosen: Any = st.segmented_control(
        t.BAGIAN, sections, default=sections[0], required=True, key=SECTION, bind="query-params"
    )
    return str(chosen)
