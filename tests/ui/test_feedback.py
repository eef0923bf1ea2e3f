"""Errors as boxes, and user text that stays text inside Markdown."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from ui.feedback import escape

HOSTILE = [
    "[klik](https://jahat.invalid)",
    "![x](https://jahat.invalid/a.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "# Judul besar",
    "**tebal** _miring_ ~~coret~~",
    "`kode` ```blok```",
    ":red[merah] :material/delete:",
    "$x^2$ $$y$$",
    "| a | b |\n|---|---|",
    "Judul\n=====",
    "1. satu\n- dua\n+ tiga\n> kutip",
    "&lt;b&gt; &#60;",
    "a\\",
]
# Every character that can begin a construct of Markdown, of Streamlit's directives, or of HTML.
LIVE = set("\\`*_{}[]()<>#+-.!|~$:&=")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_live_mark_stands_without_its_backslash(text: str) -> None:
    found = escape(text)
    assert LIVE & set(re.sub(r"\\.", "", found, flags=re.DOTALL)) == set()
    read = re.sub(r"\\(.)", r"\1", found, flags=re.DOTALL)
    assert read.replace("\u2060", "") == text, "nothing is lost, and nothing added that is seen"


@pytest.mark.parametrize(
    "text", ["https://jahat.invalid", "(HTTP://jahat.invalid/a)", "lihat www.jahat.invalid", "a@b.id"]
)
def test_a_bare_address_does_not_become_a_link(text: str) -> None:
    """An LKS named https://... was a link to that site in the title of its profile: the browser's Markdown looks for
    addresses in what is left after backslashes, so only something between their parts keeps them text."""
    read = re.sub(r"\\(.)", r"\1", escape(text), flags=re.DOTALL)
    assert not re.search(r"(https?://|www\.|\w@\w)", read, re.IGNORECASE)


def test_plain_text_stays_as_it_is() -> None:
    assert escape("Panti Asuhan Kasih Ibu, Kota Magelang 33") == "Panti Asuhan Kasih Ibu, Kota Magelang 33"


def test_an_error_is_shown_with_its_remedy_and_code() -> None:
    def page() -> None:
        import streamlit as st

        from domain.errors import NotFound
        from ui import feedback

        def refuse() -> None:
            raise NotFound("wilayah_di_luar", kode="[x](y)")

        with feedback.shown():
            st.write("sebelum")
            refuse()
        st.write("sesudah")

    app = AppTest.from_function(page).run()
    assert not app.exception
    [box] = app.error
    assert box.value.startswith("Wilayah \\[x\\]\\(y\\) berada di luar wilayah kerja Anda")
    assert "Pilih wilayah yang ada di daftar" in box.value
    assert [caption.value for caption in app.caption] == ["Kode: wilayah_di_luar"]
    assert [text.value for text in app.markdown] == ["sebelum", "sesudah"]


def test_every_refused_value_has_its_line() -> None:
    def page() -> None:
        from domain.errors import InvalidInput, Problem
        from ui import feedback

        with feedback.shown():
            raise InvalidInput([Problem("nama", "", "wajib_diisi"), Problem("lat", "<b>", "koordinat_keliru")])

    app = AppTest.from_function(page).run()
    lines = [line for line in app.error[0].value.splitlines() if line.startswith("- ")]
    assert len(lines) == 2
    assert lines[0].startswith("- Isian ini wajib diisi")
    assert "\\<b\\>" in lines[1]


def test_other_exceptions_are_not_swallowed() -> None:
    def page() -> None:
        from ui import feedback

        with feedback.shown():
            raise ZeroDivisionError

    app = AppTest.from_function(page).run()
    assert len(app.exception) == 1
    assert not app.error
