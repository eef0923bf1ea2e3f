"""Tautan pemutakhiran on Profil LKS: made and shown once, taken back, offered to nobody else."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from domain.permissions import COMMAND_LINE
from services import application_doors as doors
from tests.register_rows import archive, lks_row, store
from tests.ui.conftest import Opener
from ui.text import pengajuan as t


@pytest.fixture
def lks_id(fresh_db: Path) -> int:
    """An LKS of Kota Magelang beside one elsewhere that has a link of its own."""
    near, far = store(lks_row("Panti Dekat", "33.71"), lks_row("Panti Jauh", "33.74"))
    doors.make_link(COMMAND_LINE, far, "Orang Jauh", "t-jauh")
    return near


def profil(open_page: Opener, role: str = "operator") -> AppTest:
    return open_page("profil_lks", role=role, region="33.71", lks="LKS-33.71-0001")


def press(app: AppTest, key: str) -> AppTest:
    return next(button for button in app.button if button.key == key).click().run()


def test_a_link_is_made_and_shown_once(lks_id: int, open_page: Opener) -> None:
    app = press(profil(open_page), "tautan_buat")
    app.text_input[0].set_value("pilar.magelang.go.id")
    app = press(app, "tautan_buat")
    next(field for field in app.text_input if field.label == t.TAUTAN_UNTUK).set_value("Sekretaris")
    [button for button in app.button if button.label == t.TAUTAN_BUAT and button.key != "tautan_buat"][-1].click()
    app = press(app, "tautan_buat")
    assert not app.exception and not app.error
    [shown] = [code.value for code in app.code]
    assert shown.startswith("http://pilar.magelang.go.id/daftar/")
    assert [row["untuk"] for row in doors.links(COMMAND_LINE, lks_id)] == ["Sekretaris"]
    app.run()
    assert not app.code  # and never again
    assert any("Sekretaris" in box.value for box in app.markdown) and not any(
        "Orang Jauh" in b.value for b in app.markdown
    )


def test_a_link_is_taken_back(lks_id: int, open_page: Opener) -> None:
    doors.make_link(COMMAND_LINE, lks_id, "Ketua", "t-1")
    [row] = doors.links(COMMAND_LINE, lks_id)
    app = press(profil(open_page), f"tautan_cabut_{row['id']}")
    assert not app.error and not any(one["berlaku"] for one in doors.links(COMMAND_LINE, lks_id))
    assert any(caption.value == t.TAUTAN_KOSONG for caption in app.caption)


@pytest.mark.parametrize("role", ["kepala_dinas", "pelatih", "lkks"])
def test_other_roles_are_offered_none(role: str, lks_id: int, open_page: Opener) -> None:
    app = profil(open_page, role)
    assert not app.exception and t.TAUTAN not in [header.value for header in app.header]


def test_an_archived_lks_gets_none(lks_id: int, open_page: Opener) -> None:
    archive(lks_id)
    assert t.TAUTAN not in [header.value for header in profil(open_page).header]
