"""Every page for every role, with an empty register and with the sample data, from the one table of screens."""

from pathlib import Path

import pytest

from domain.permissions import ROLES
from tests.ui.conftest import Opener
from ui.navigation import SCREENS
from ui.text import pantau, umum

KINDS = ("fresh_db", "seeded_db")
REGISTER_PAGES = ("ringkasan", "klaster", "daftar_lks")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("url", [screen.url for screen in SCREENS])
def test_page_for_role(url: str, role: str, kind: str, request: pytest.FixtureRequest, open_page: Opener) -> None:
    request.getfixturevalue(kind)
    app = open_page(url, role=role)
    screen = next(screen for screen in SCREENS if screen.url == url)
    permitted = screen.permission is None or screen.permission in ROLES[role].permissions
    assert not app.exception
    if permitted:
        assert not app.error, [box.value for box in app.error]
        assert app.title, "a page has a title"
    else:
        assert len(app.error) == 1 and "Peran Anda tidak mencakup" in app.error[0].value
        assert not app.title and not app.dataframe and not app.metric


@pytest.mark.parametrize("url", [screen.url for screen in SCREENS])
def test_signed_out_deep_link_shows_the_sign_in_and_nothing_else(url: str, seeded_db: Path, open_page: Opener) -> None:
    app = open_page(url, role=None, wilayah="Kota Magelang")
    assert not app.exception and not app.error
    assert [title.value for title in app.title] == [umum.PERLU_MASUK]
    assert not app.dataframe and not app.metric and not app.selectbox and not app.text_input


@pytest.mark.parametrize("url", REGISTER_PAGES)
def test_empty_register_says_so_and_names_the_next_step(url: str, fresh_db: Path, open_page: Opener) -> None:
    app = open_page(url)
    assert any(pantau.KOSONG_URAIAN in box.value for box in app.info)
    assert not app.metric
    # What was printed about the nation is a fact of its own, also while nothing is in the register.
    printed = [header.value for header in app.header if header.value == pantau.PUBLIKASI]
    assert len(app.dataframe) == len(printed) == (1 if url == "ringkasan" else 0)


@pytest.mark.parametrize("url", REGISTER_PAGES)
def test_filters_that_leave_nothing_say_so_and_offer_the_way_out(url: str, seeded_db: Path, open_page: Opener) -> None:
    app = open_page(url, wilayah="Kab. Simeulue")
    assert any(pantau.TIDAK_COCOK_URAIAN in box.value for box in app.info)
    clearing = next(button for button in app.button if button.key == "hapus_kosong")
    clearing.click().run()
    assert not any(pantau.TIDAK_COCOK_URAIAN in box.value for box in app.info)


def test_a_wrong_value_in_the_link_is_dropped(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("ringkasan", wilayah="Kota Tidak Ada", kluster=["Bukan kluster"], akreditasi="Z")
    assert not app.exception and not app.error
    assert app.metric[0].value == "130"


def test_region_of_the_account_limits_what_the_page_counts(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("ringkasan", role="operator", region="33.71")
    assert app.metric[0].value == "11"
    outside = open_page("ringkasan", role="operator", region="33.71", wilayah="Kota Bima")
    assert outside.metric[0].value == "11"


def test_kota_magelang_is_eight_two_one_on_the_kluster_page(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("klaster", wilayah="Kota Magelang")
    table = app.dataframe[0].value
    counts = dict(zip(table[pantau.SUMBU["kluster"]], table[pantau.JUMLAH], strict=True))
    assert counts == {"Anak": 8, "Penyandang disabilitas": 2, "Lanjut usia": 1, pantau.JUMLAH: 11}


@pytest.mark.parametrize(("place", "told"), [("Jawa Tengah", "lebih dari 876"), ("Sulawesi Barat", "sekitar 169")])
def test_a_printed_limit_or_estimate_is_shown_as_printed(
    place: str, told: str, seeded_db: Path, open_page: Opener
) -> None:
    """ "Lebih dari 876" must become neither 876 nor sekitar 876."""
    app = open_page("ringkasan", wilayah=place)
    assert told in [value for table in app.dataframe for value in table.value.astype(str).to_numpy().ravel()]
