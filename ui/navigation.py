"""The menu as data: each screen with its section, its address, and the permission it takes to see it."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

import settings
from domain.permissions import Actor, Permission
from ui.text import umum


@dataclass(frozen=True)
class Screen:
    """One page: where its file is, what the menu calls it, and who may see it (None: everybody signed in)."""

    section: str
    file: str
    title: str
    icon: str
    permission: Permission | None = None
    in_menu: bool = True

    @property
    def url(self) -> str:
        """The path below `/`, which is the file's name."""
        return self.file.rpartition("/")[2]

    def allowed(self, actor: Actor) -> bool:
        """True when the actor may see it; services check again whatever the menu shows."""
        return self.permission is None or actor.may(self.permission)


_MENU = "_pilar_menu"
_VIEW, _EDIT, _REVIEW = Permission.VIEW_REGISTER, Permission.EDIT_REGISTER, Permission.REVIEW_REGISTRATION
_EVENTS, _MEETINGS = Permission.VIEW_EVENTS, Permission.VIEW_MEETINGS
# Order: from what a Kepala Dinas opens every morning down to what an admin opens once a month.
SCREENS: tuple[Screen, ...] = (
    Screen(umum.PEMANTAUAN, "pemantauan/ringkasan", umum.RINGKASAN, ":material/dashboard:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/peta", umum.PETA, ":material/map:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/klaster", umum.KLUSTER, ":material/category:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/indikator", umum.INDIKATOR, ":material/speed:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/prioritas", umum.PRIORITAS, ":material/flag:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/pilar_psks", umum.PILAR_PSKS, ":material/diversity_3:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/program", umum.PROGRAM, ":material/volunteer_activism:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/daftar_lks", umum.DAFTAR_LKS, ":material/list_alt:", _VIEW),
    Screen(umum.PEMANTAUAN, "pemantauan/profil_lks", umum.PROFIL_LKS, ":material/home_work:", _VIEW),
    Screen(umum.BIMTEK, "bimtek/kegiatan", umum.KEGIATAN, ":material/event:", _EVENTS),
    Screen(umum.BIMTEK, "bimtek/peserta", umum.PESERTA, ":material/groups:", Permission.VIEW_PERSON_RESULTS),
    Screen(umum.BIMTEK, "bimtek/pelaksanaan", umum.PELAKSANAAN, ":material/co_present:", _EVENTS),
    Screen(umum.BIMTEK, "bimtek/isi_formulir", umum.ISI_FORMULIR, ":material/edit_note:", Permission.ENTER_ANSWERS),
    Screen(umum.BIMTEK, "bimtek/hasil", umum.HASIL, ":material/monitoring:", Permission.VIEW_RESULTS),
    Screen(umum.BIMTEK, "bimtek/instrumen", umum.INSTRUMEN, ":material/quiz:", _EVENTS),
    Screen(umum.LKKS, "lkks/rapat", umum.RAPAT, ":material/forum:", _MEETINGS),
    Screen(umum.LKKS, "lkks/tindak_lanjut", umum.TINDAK_LANJUT, ":material/task_alt:", _MEETINGS),
    Screen(umum.LKKS, "lkks/profil_lkks", umum.PROFIL_LKKS, ":material/account_balance:", Permission.VIEW_LKKS),
    Screen(umum.LKKS, "lkks/surat", umum.SURAT, ":material/mail:", Permission.VIEW_LKKS),
    Screen(umum.PENGELOLAAN, "pengelolaan/pengajuan", umum.PENGAJUAN, ":material/inbox:", _REVIEW),
    Screen(umum.PENGELOLAAN, "pemantauan/permohonan", umum.PERMOHONAN, ":material/pending_actions:", _REVIEW),
    Screen(umum.PENGELOLAAN, "pemantauan/lks_baru", umum.LKS_BARU, ":material/add_home_work:", _EDIT),
    Screen(umum.PENGELOLAAN, "pengelolaan/impor", umum.IMPOR, ":material/upload_file:", Permission.IMPORT_REGISTER),
    Screen(umum.PENGELOLAAN, "pengelolaan/kembar", umum.KEMBAR, ":material/difference:", Permission.MERGE_LKS),
    Screen(umum.PENGELOLAAN, "pengelolaan/identitas", umum.IDENTITAS, ":material/badge:", Permission.EXPORT_REGISTER),
    Screen(umum.PENGELOLAAN, "pengelolaan/pengguna", umum.PENGGUNA, ":material/group:", Permission.MANAGE_USERS),
    Screen(umum.PENGELOLAAN, "pengelolaan/jejak_audit", umum.JEJAK_AUDIT, ":material/history:", Permission.VIEW_AUDIT),
    Screen(umum.BANTUAN, "bantuan/panduan", umum.PANDUAN, ":material/menu_book:"),
    Screen(umum.BANTUAN, "pengelolaan/akun", umum.AKUN, ":material/account_circle:"),
)


def by_url(url: str) -> Screen:
    """The screen of an address; the first one for `/`."""
    return next((screen for screen in SCREENS if screen.url == url), SCREENS[0])


def menu(actor: Actor | None) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """Streamlit's pages by section, and by address.

    Every screen is registered for everybody, so that a deep link survives signing in and a forbidden one says why;
    those that the actor may not see are left out of the menu.
    """
    seen = (None, False) if actor is None else (actor.role.id, actor.must_change_password)
    kept = st.session_state.get(_MENU)
    if kept is None or kept[0] != seen:  # each page looks its file up when it is made: once per role, not per rerun
        kept = st.session_state[_MENU] = (seen, *_made(actor))
    return kept[1], kept[2]


def _made(actor: Actor | None) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    sections: dict[str, list[Any]] = {}
    pages: dict[str, Any] = {}
    for number, screen in enumerate(SCREENS):
        shown = screen.in_menu and actor is not None and screen.allowed(actor)
        page = st.Page(
            settings.ROOT / "pages" / f"{screen.file}.py",
            title=screen.title,
            icon=screen.icon,
            url_path=screen.url,
            default=number == 0,
            visibility="visible" if shown or actor is None else "hidden",
        )
        sections.setdefault(screen.section, []).append(page)
        pages[screen.url] = page
    return sections, pages
