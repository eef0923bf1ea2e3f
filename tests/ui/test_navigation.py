"""The menu as data: every screen has its file and its own address, and is shown to whom it belongs."""

from collections.abc import Callable

import pytest

import settings
from domain.permissions import ROLES, Actor, Permission
from ui.navigation import SCREENS, Screen

PAGES = settings.ROOT / "pages"
PUBLIC = {"panduan", "akun"}
# url -> the permission that its screen takes, written out apart from the menu
WANTED = {
    "ringkasan": Permission.VIEW_REGISTER,
    "peta": Permission.VIEW_REGISTER,
    "klaster": Permission.VIEW_REGISTER,
    "indikator": Permission.VIEW_REGISTER,
    "prioritas": Permission.VIEW_REGISTER,
    "pilar_psks": Permission.VIEW_REGISTER,
    "program": Permission.VIEW_REGISTER,
    "daftar_lks": Permission.VIEW_REGISTER,
    "profil_lks": Permission.VIEW_REGISTER,
    "kegiatan": Permission.VIEW_EVENTS,
    "peserta": Permission.VIEW_PERSON_RESULTS,
    "instrumen": Permission.VIEW_EVENTS,
    "pelaksanaan": Permission.VIEW_EVENTS,
    "isi_formulir": Permission.ENTER_ANSWERS,
    "hasil": Permission.VIEW_RESULTS,
    "rapat": Permission.VIEW_MEETINGS,
    "tindak_lanjut": Permission.VIEW_MEETINGS,
    "profil_lkks": Permission.VIEW_LKKS,
    "surat": Permission.VIEW_LKKS,
    "pengajuan": Permission.REVIEW_REGISTRATION,
    "permohonan": Permission.REVIEW_REGISTRATION,
    "lks_baru": Permission.EDIT_REGISTER,
    "impor": Permission.IMPORT_REGISTER,
    "kembar": Permission.MERGE_LKS,
    "identitas": Permission.EXPORT_REGISTER,
    "pengguna": Permission.MANAGE_USERS,
    "jejak_audit": Permission.VIEW_AUDIT,
}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.url)
def test_a_screen_has_its_file(screen: Screen) -> None:
    assert (PAGES / f"{screen.file}.py").is_file()
    assert screen.title and screen.section and screen.icon.startswith(":material/")


def test_addresses_and_titles_are_unique() -> None:
    assert len({screen.url for screen in SCREENS}) == len(SCREENS)
    assert len({screen.title for screen in SCREENS}) == len(SCREENS)
    assert SCREENS[0].url == "ringkasan", "the first one opens at /"


def test_every_page_file_is_a_screen() -> None:
    files = {path.relative_to(PAGES).with_suffix("").as_posix() for path in PAGES.rglob("*.py")}
    assert files == {screen.file for screen in SCREENS}


def test_the_permissions_are_those_written_here() -> None:
    assert {screen.url: screen.permission for screen in SCREENS if screen.permission} == WANTED
    assert {screen.url for screen in SCREENS if screen.permission is None} == PUBLIC


@pytest.mark.parametrize("role", list(ROLES))
def test_a_role_is_allowed_what_its_permissions_say(role: str, actor: Callable[..., Actor]) -> None:
    who = actor(role)
    allowed = {screen.url for screen in SCREENS if screen.allowed(who)}
    assert allowed == PUBLIC | {url for url, needed in WANTED.items() if needed in ROLES[role].permissions}


def test_pages_do_not_lie_beside_the_main_script() -> None:
    """A folder pages/ beside the entry script serves its files without the router ever running (finding 8)."""
    assert (settings.ROOT / "ui" / "main.py").is_file()
    assert not (settings.ROOT / "ui" / "pages").exists()
