"""The printable form: every item with room to answer, self-contained, nothing of the key."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import NotFound, NotPermitted
from domain.forms import parsing
from domain.permissions import Actor
from services import blank_form
from tests.bimtek_rows import TEST, store_event
from tests.domain.forms.test_entered import FORM


def test_every_kind_of_item_has_its_room_and_no_key() -> None:
    page = blank_form.page(FORM, "Formulir <uji>", "Kegiatan & uji").decode()
    assert "Formulir &lt;uji&gt;" in page and "Kegiatan &amp; uji" in page
    assert page.count('class="butir"') == 8 and page.count('class="kotak"') == 8
    # boxes: 4 + 2 + 3 options, 4 steps, 2 rows of 6 steps
    assert page.count('class="centang"') == 4 + 2 + 3 + 4 + 12
    assert page.count('class="tulis"') == 3  # a number, a date, a short text
    assert "Boleh lebih dari satu" in page and "Nama</span>" in page
    changed = parsing.to_mapping(FORM)
    changed["bagian"][0]["butir"][0]["kunci"] = ["c"]
    assert blank_form.page(parsing.from_mapping(changed), "Formulir <uji>", "Kegiatan & uji").decode() == page


def test_the_file_needs_nothing_from_elsewhere() -> None:
    page = blank_form.page(parsing.from_mapping(TEST), "Tes").decode()
    assert not re.search(r"(?:src|href)=|url\(|@import|<script", page)
    assert 'lang="id"' in page and "@page { size: A4" in page


def test_an_anonymous_form_asks_for_no_name(fresh_db: Path, actor: Callable[..., Actor]) -> None:
    event = store_event()
    by = actor("pelatih", "33.71")
    assert "Nama</span>" in blank_form.of_form(by, event.event_id, event.forms["pre"]).decode()
    anonymous = blank_form.of_form(by, event.event_id, event.forms["penyelenggaraan"]).decode()
    assert "Nama</span>" not in anonymous and "Formulir ini anonim" in anonymous and "(boleh dikosongkan)" in anonymous
    with pytest.raises(NotFound):
        blank_form.of_form(actor("pelatih", "52.72"), event.event_id, event.forms["pre"])
    with pytest.raises(NotPermitted):
        blank_form.of_form(actor("lkks", "33.71"), event.event_id, event.forms["pre"])
