"""Identitas kantor on the screen: whose is shown, the picture of it, and the dialog that adds a version."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from domain.errors import NotFound
from domain.permissions import Actor
from services import accounts, identity
from tests.services.test_identity import BOSS, VALUES, picture
from tests.ui.conftest import Opener, sign_in
from tests.ui.conftest import open_page as open_page
from ui.text import identitas as t

Make = Callable[..., Actor]
DIALOG = """
from services import identity
from ui import state
from ui.identitas import adding
by = state.actor()
kept = identity.shown(by, {wilayah!r}, {pemilik!r})[1]
adding.add(by, {wilayah!r}, {pemilik!r}, kept[0] if kept else None)
"""


@pytest.fixture
def dialog(fresh_db: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens the dialog as a real account: AppTest would rerun the page around it."""

    def make(role: str, wilayah: str, pemilik: str) -> AppTest:
        cookies = {accounts.cookie_name(): sign_in(role, wilayah)}
        monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda self: cookies))
        at = AppTest.from_string(DIALOG.format(wilayah=wilayah, pemilik=pemilik), default_timeout=30)
        at.session_state["_pilar_actor"] = accounts.actor_of(cookies[accounts.cookie_name()])
        return at.run()

    return make


def words(at: AppTest) -> str:
    found = [*at.markdown, *at.caption, *at.info, *at.header]
    return "\n".join(str(one.value) for one in found).replace("\\", "")


def test_an_office_without_one_says_what_to_do(fresh_db: Path, open_page: Opener) -> None:
    at = open_page("identitas", "operator", "33.71")
    assert not at.exception and not at.error
    assert t.KOSONG_TAMBAH in at.info[0].value and any(one.label == t.TAMBAH for one in at.button)
    at = open_page("identitas", "kepala_dinas", "33.71")
    assert t.KOSONG_LIHAT in at.info[0].value and not any(one.label == t.TAMBAH for one in at.button)


def test_the_one_that_stands_is_shown_with_its_picture_and_its_versions(
    fresh_db: Path, open_page: Opener, actor: Make
) -> None:
    identity.add(actor("operator", "33.72"), "33.72", "dinas", VALUES | {"nama": "Dinas Rahasia"}, "lain")
    by = actor("operator", "33.71")
    identity.add(by, "33.71", "dinas", VALUES | {"nama": "Dinas *Lama*"}, "a")
    identity.add(by, "33.71", "dinas", VALUES | {"nama": "Dinas *Baru*", "berlaku_mulai": date(2025, 1, 1)}, "b")
    at = open_page("identitas", "pelatih", "33.71")
    assert not at.exception and not at.error
    said = words(at)
    assert "**Dinas *Baru***" in said and "Sejak 1 Januari 2025" in said
    assert "Semua dokumen: Kepala Dinas, Sri Wahyuni, 197001011990032001" in said
    assert at.dataframe[0].value["Nama kantor"].tolist() == ["Dinas *Baru*", "Dinas *Lama*"]
    assert len(at.get("image")) == 1 and "Dinas Rahasia" not in said


def test_an_identity_of_above_stands_in_for_a_dinas_but_not_for_an_lkks(
    fresh_db: Path, open_page: Opener, actor: Make
) -> None:
    identity.add(actor("operator", "33"), "33", "dinas", VALUES | {"nama": "Dinas Provinsi"}, "a")
    identity.add(actor("lkks", "33"), "33", "lkks", VALUES | {"nama": "LKKS Provinsi"}, "b")
    said = words(open_page("identitas", "operator", "33.71"))
    assert "Dinas Provinsi" in said and t.DARI_ATAS.format(tempat="Jawa Tengah") in said
    at = open_page("identitas", "lkks", "33.71")
    assert "LKKS Provinsi" not in words(at) and t.KOSONG_TAMBAH in at.info[0].value


def test_the_dialog_stores_a_version_and_starts_from_the_newest(dialog: Callable[..., AppTest], actor: Make) -> None:
    identity.add(actor("operator", "33.71"), "33.71", "dinas", VALUES, "a", picture())
    at = dialog("operator", "33.71", "dinas")
    assert not at.exception
    assert [one.value for one in at.text_input][:2] == ["Pemerintah Kota Magelang", "Dinas Sosial"]
    assert at.date_input[0].value is None, "its day is never made up"
    at.button[-1].click().run()
    assert t.ISIAN["berlaku_mulai"] in at.error[0].value
    at.text_input[1].set_value("Dinas Sosial dan P3AP2KB")
    at.date_input[0].set_value(date(2025, 1, 1)).run()
    at.button[-1].click().run()
    assert not at.exception
    newest, first = identity.shown(actor("operator", "33.71"), "33.71", "dinas")[1]
    assert (newest.nama, first.nama) == ("Dinas Sosial dan P3AP2KB", "Dinas Sosial")
    assert newest.penandatangan == first.penandatangan and newest.format_nomor == first.format_nomor
    assert newest.logo == first.logo != ""


def test_an_lkks_adds_its_own(dialog: Callable[..., AppTest]) -> None:
    at = dialog("lkks", "33.71", "lkks")
    at.text_input[1].set_value("LKKS Kota Magelang")
    at.date_input[0].set_value(date(2025, 1, 1)).run()
    at.button[-1].click().run()
    assert not at.exception and not at.error
    found = identity.of("33.71", "lkks", date(2025, 1, 1))
    assert found is not None and found.nama == "LKKS Kota Magelang" and found.penandatangan == ()


def test_a_refused_row_is_named_on_the_screen() -> None:
    assert t.label("penandatangan 2: nip") == "Penandatangan 2, NIP"
    assert t.label("sertifikat") == "Format nomor Sertifikat"


def test_the_picture_is_one_of_an_own_version_only(fresh_db: Path, actor: Make) -> None:
    by = actor("operator", "33.71")
    other = identity.add(actor("operator", "33.72"), "33.72", "dinas", VALUES, "lain")
    kept = identity.add(by, "33.71", "dinas", VALUES | {"penandatangan": [BOSS]}, "a", picture())
    with Image.open(io.BytesIO(identity.preview(by, "33.71", "dinas", kept))) as shown:
        assert (shown.format, shown.width > shown.height) == ("PNG", True)
    for wrong in (other, 0):
        with pytest.raises(NotFound):
            identity.preview(by, "33.71", "dinas", wrong)
