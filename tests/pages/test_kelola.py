"""The pages about accounts, the audit trail, one's own account and the guidance, driven without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import COMMAND_LINE, ROLES, Actor, Permission
from services import accounts
from tests.ui.conftest import sign_in
from ui import account_dialogs

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("pengelolaan/pengguna", "pengelolaan/jejak_audit", "pengelolaan/akun", "bantuan/panduan")
NEEDS = {"pengelolaan/pengguna": Permission.MANAGE_USERS, "pengelolaan/jejak_audit": Permission.VIEW_AUDIT}


@pytest.fixture
def signed_in(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Actor]:
    """Makes an account and its session, and gives the browser its cookie: dialogs ask again who is signed in."""

    def make(role: str, wilayah: str | None = None) -> Actor:
        token = sign_in(role, wilayah)
        cookies = {accounts.cookie_name(): token}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        found = accounts.actor_of(token)
        assert found is not None
        return found

    return make


@pytest.fixture
def opened(signed_in: Callable[..., Actor]) -> Callable[..., AppTest]:
    """Opens a page as a real account of a role and region."""

    def make(name: str, role: str = "admin", wilayah: str | None = None, **query: str) -> AppTest:
        by = signed_in(role, wilayah)
        at = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=30)
        at.session_state["_pilar_actor"] = by
        for key, value in query.items():
            at.query_params[key] = value
        return at.run()

    return make


def words(at: AppTest) -> str:
    kinds = (at.title, at.header, at.caption, at.markdown, at.text, at.info, at.error, at.code)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("name", PAGES)
def test_every_role_sees_the_page_or_a_refusal(opened: Callable[..., AppTest], name: str, role: str) -> None:
    at = opened(name, role)
    allowed = name not in NEEDS or NEEDS[name] in ROLES[role].permissions
    assert bool(at.exception) != allowed
    assert at.title[0].value


# AppTest reruns the whole script where a browser reruns only the open dialog, so the dialogs are called directly.
DIALOG = """
import streamlit as st
from services import accounts
from ui import account_dialogs as dialogs, state
if dialogs.SHOW_ONCE in st.session_state:
    dialogs.show_once(state.actor())
else:
    dialogs.{call}
"""


@pytest.fixture
def dialog(signed_in: Callable[..., Actor]) -> Callable[..., AppTest]:
    def make(call: str, wilayah: str | None = None) -> AppTest:
        at = AppTest.from_string(DIALOG.format(call=call), default_timeout=30)
        at.session_state["_pilar_actor"] = signed_in("admin", wilayah)
        return at.run()

    return make


def test_a_new_account_shows_its_password_once(dialog: Callable[..., AppTest]) -> None:
    at = dialog("add(state.actor())", "33")
    at.text_input[0].set_value("operator.magelang")
    at.text_input[1].set_value("Uji Operator Magelang")
    at.selectbox[0].select("operator").run()
    at.selectbox(key="wilayah_pengguna_33").select("33.71").run()
    at.button(key="simpan_tambah").click().run()
    assert not at.exception and not at.error
    password = at.code[0].value
    assert accounts.sign_in("operator.magelang", password, "127.0.0.1")
    made = accounts.find_user(COMMAND_LINE, "operator.magelang")
    assert (made["peran"], made["wilayah"], made["sandi_sekali"]) == ("operator", "33.71", True)
    at.button[0].click().run()
    assert password not in words(at) and account_dialogs.SHOW_ONCE not in at.session_state


def test_what_is_missing_is_said_in_the_dialog(dialog: Callable[..., AppTest]) -> None:
    at = dialog("add(state.actor())")
    at.button(key="simpan_tambah").click().run()
    assert "Nama belum diisi" in at.error[0].value and "Peran itu tidak ada" in at.error[0].value


BUDI = 'accounts.find_user(state.actor(), "aa.budi")'


def test_a_change_asks_for_a_reason(dialog: Callable[..., AppTest]) -> None:
    accounts.add_user(COMMAND_LINE, "aa.budi", "Uji Budi", "operator", "33.71.01")
    at = dialog(f"change(state.actor(), {BUDI})")
    assert [box.value for box in at.selectbox] == ["operator", "33", "33.71", "33.71.01"]
    at.toggle[0].set_value(False).run()
    at.button(key="simpan_ubah").click().run()
    assert "Alasan perubahan belum diisi" in at.error[0].value
    assert accounts.find_user(COMMAND_LINE, "aa.budi")["aktif"]
    at.text_input[1].set_value("pindah tugas").run()
    at.button(key="simpan_ubah").click().run()
    made = accounts.find_user(COMMAND_LINE, "aa.budi")
    assert not at.error and not made["aktif"] and made["wilayah"] == "33.71.01"


def test_a_reset_asks_once_and_ends_the_sessions(dialog: Callable[..., AppTest]) -> None:
    old = accounts.add_user(COMMAND_LINE, "aa.budi", "Uji Budi", "operator", None)
    token = accounts.sign_in("aa.budi", old, "127.0.0.1")
    at = dialog(f"reset(state.actor(), {BUDI})")
    assert accounts.actor_of(token) is not None
    at.button(key="ya_atur_ulang").click().run()
    assert accounts.actor_of(token) is None
    assert accounts.sign_in("aa.budi", at.code[0].value, "127.0.0.1")


def test_sessions_end_while_the_password_stays(dialog: Callable[..., AppTest]) -> None:
    password = accounts.add_user(COMMAND_LINE, "aa.budi", "Uji Budi", "operator", None)
    token = accounts.sign_in("aa.budi", password, "127.0.0.1")
    dialog(f"end(state.actor(), {BUDI})").button(key="ya_akhiri").click().run()
    assert accounts.actor_of(token) is None and accounts.sign_in("aa.budi", password, "127.0.0.1")


def select(at: AppTest, table: str, row: int) -> AppTest:
    at.session_state[table] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return at.run()


def test_a_selected_account_offers_its_actions(opened: Callable[..., AppTest]) -> None:
    accounts.add_user(COMMAND_LINE, "aa.budi", "Uji Budi", "operator", "33.71")
    at = select(opened("pengelolaan/pengguna"), "tabel_pengguna", 0)
    assert at.header[0].value == r"aa\.budi"
    assert [button.label for button in at.button] == ["Tambah pengguna", "Ubah", "Atur ulang kata sandi", "Akhiri sesi"]
    at.text_input[0].set_value("tidak ada yang begini").run()
    assert "Kosongkan pencarian" in at.info[0].value and not at.exception


def test_a_national_account_says_so_and_can_be_changed(opened: Callable[..., AppTest]) -> None:
    """Its region came out of pandas as NaN, which is true: the table printed None and the dialog failed."""
    at = select(opened("pengelolaan/pengguna"), "tabel_pengguna", 0)
    assert list(at.dataframe[0].value["wilayah"]) == ["Seluruh Indonesia"] * 2
    at.button[1].click().run()
    assert not at.exception and [box.value for box in at.selectbox] == ["admin", None]


def test_a_regional_admin_sees_the_own_region_only(opened: Callable[..., AppTest]) -> None:
    accounts.add_user(COMMAND_LINE, "aa.budi", "Uji Budi", "operator", "33.71")
    accounts.add_user(COMMAND_LINE, "aa.tono", "Uji Tono", "operator", "34.04")
    at = opened("pengelolaan/pengguna", "admin", "33")
    shown = str(at.dataframe[0].value)
    assert "aa.budi" in shown and "aa.tono" not in shown


def test_the_trail_shows_what_changed_and_filters_from_the_address(opened: Callable[..., AppTest]) -> None:
    password = accounts.add_user(COMMAND_LINE, "aa.budi", "Uji Budi", "operator", "33.71")
    accounts.sign_in("aa.budi", password, "203.0.113.9")
    at = opened("pengelolaan/jejak_audit", "kepala_dinas", audit_aksi="Masuk")
    assert not at.exception
    at = select(at, "tabel_audit", 0)
    assert "203.0.113.9" not in str(at.dataframe[-1].value)  # an address is personal; this role may not reveal it
    at = select(opened("pengelolaan/jejak_audit", "admin", audit_aksi="Masuk"), "tabel_audit", 0)
    assert "203.0.113.9" in str(at.dataframe[-1].value)


def test_a_wrong_value_in_the_address_shows_the_page(opened: Callable[..., AppTest]) -> None:
    at = opened("pengelolaan/jejak_audit", audit_aksi="tidak-ada", audit_dari="kemarin", audit_hal="999")
    assert not at.exception and len(at.dataframe) == 1


def test_the_own_account_names_role_and_region(opened: Callable[..., AppTest]) -> None:
    at = opened("pengelolaan/akun", "operator", "33.71")
    assert "Indonesia › Jawa Tengah › Kota Magelang" in words(at) and "Operator." in words(at)


def test_the_guidance_opens_with_the_own_role(opened: Callable[..., AppTest]) -> None:
    for role in ROLES:
        at = opened("bantuan/panduan", role)
        assert len(at.markdown[0].value) > 500, role
