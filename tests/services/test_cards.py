"""QR codes, the card sheet and the posters: what they hold, who may make them, and that they need nothing else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import segno

from data_access.engine import writing
from data_access.tables_bimtek import peserta
from domain.errors import InvalidInput, NotFound, NotPermitted
from domain.permissions import Actor
from services import cards
from tests import bimtek_rows
from tests.services.conftest import written

Make = Callable[..., Actor]
SERVER = "http://192.168.1.10:8501"


def test_a_qr_code_is_an_svg_of_exactly_that_text() -> None:
    made = cards.qr_svg("http://192.168.1.10:8501/isi/K7M4QX", title="Tes & <uji>")
    modules = len(segno.make_qr("http://192.168.1.10:8501/isi/K7M4QX", error="M").matrix) + 8
    assert made.startswith("<svg ") and f'viewBox="0 0 {modules} {modules}"' in made
    assert "<title>Tes &amp; &lt;uji&gt;</title>" in made and "width=" not in made.partition(">")[0]
    assert cards.qr_svg("lain") != made


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("http://192.168.1.10:8501/peserta?kegiatan=3", "http://192.168.1.10:8501"),
        (" 192.168.1.10:8501 ", "http://192.168.1.10:8501"),
        ("https://Pilar.Contoh.go.id/", "https://pilar.contoh.go.id"),
        ("http://[fe80::1]:8501", "http://[fe80::1]:8501"),
    ],
)
def test_the_address_is_cut_to_its_origin(typed: str, origin: str) -> None:
    assert cards.server_address(typed) == origin


@pytest.mark.parametrize(
    "typed", ["", "ftp://contoh.id", "javascript:alert(1)", "http://", "http://a:b@contoh.id", "http://x y", "http://a:99999",
              'http://x"><script>', "http://" + "a" * 300]
)  # fmt: skip
def test_an_address_that_no_phone_could_open_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        cards.server_address(typed)
    assert [problem.code for problem in caught.value.problems] == ["alamat_server_keliru"]


def test_loopback_is_told_from_the_network() -> None:
    for own in ("http://localhost:8501", "http://127.0.0.1:8501", "http://[::1]:8501", "http://0.0.0.0:8501"):
        assert cards.is_loopback(own)
    for network in (SERVER, "https://pilar.contoh.go.id", "http://10.0.0.2"):
        assert not cards.is_loopback(network)


def test_the_sheet_has_a_card_for_everybody_who_takes_part(fresh_db: Path, actor: Make) -> None:
    names = [(f"Peserta Contoh {n:02}", "lks", "LKS Contoh") for n in range(11)] + [("Dicoret", "lks", "LKS Contoh")]
    stored = bimtek_rows.store_event(people=[*names, ("<b>Nama & Tanda</b>", "lain", '"Kutip"')])
    with writing() as connection:
        connection.execute(peserta.update().where(peserta.c.id == stored.people[11]).values(aktif=False))
    content, count = cards.card_sheet(actor("operator", "33.71"), stored.event_id, SERVER)
    page = content.decode()
    assert count == 12
    assert page.count('class="kartu"') == 12 and page.count('class="lembar"') == 2
    shown = {f"{code[:4]}-{code[4:]}" for code in stored.codes}
    assert set(re.findall(r'class="kode">([^<]+)<', page)) == shown - {f"{stored.codes[11][:4]}-{stored.codes[11][4:]}"}
    assert "&lt;b&gt;Nama &amp; Tanda&lt;/b&gt;" in page and "<b>" not in page
    assert "192.168.1.10:8501/isi<br>" in page and cards.spelled(stored.link) in page
    first = cards.qr_svg(f"{SERVER}/isi/{stored.link}#k={stored.codes[0]}", border=2)
    assert first in page
    assert not re.findall(r"(?:src|href)=|url\(|@import|<script", page), "opens without anything else"
    [entry] = written("kegiatan")
    assert (entry["aksi"], entry["sesudah"], entry["wilayah"]) == ("buka_kode", {"jumlah": 12}, "33.71")
    assert not any(code in str(entry) for code in stored.codes)


def test_cards_of_some_only(fresh_db: Path, actor: Make) -> None:
    stored = bimtek_rows.store_event()
    content, count = cards.card_sheet(actor("pelatih", "33"), stored.event_id, SERVER, [stored.people[2]])
    assert count == 1 and "LKKS Contoh" in content.decode() and "Dinas Sosial Contoh" not in content.decode()


def test_cards_need_the_permission_and_the_region(fresh_db: Path, actor: Make) -> None:
    stored = bimtek_rows.store_event()
    for role in ("kepala_dinas", "lkks"):
        with pytest.raises(NotPermitted):
            cards.card_sheet(actor(role, "33.71"), stored.event_id, SERVER)
    for call in (cards.card_sheet, cards.poster):
        with pytest.raises(NotFound):
            call(actor("operator", "33.72"), stored.event_id, SERVER)
    assert written("kegiatan") == []


def test_a_poster_for_the_event_and_for_one_form(fresh_db: Path, actor: Make) -> None:
    stored = bimtek_rows.store_event(judul="Bimtek <uji>")
    by = actor("kepala_dinas", "33.71")
    page = cards.poster(by, stored.event_id, SERVER).decode()
    assert "<h1>Bimtek &lt;uji&gt;</h1>" in page and cards.qr_svg(f"{SERVER}/isi/{stored.link}", error="Q") in page
    assert cards.spelled(stored.link) in page and f"192.168.1.10:8501/isi/{stored.link}" in page
    assert "<script" not in page and not any(code in page for code in stored.codes)
    form = cards.forms(by, stored.event_id)[0]
    page = cards.poster(by, stored.event_id, SERVER, form["id"]).decode()
    assert f"<h1>{form['judul']}</h1>" in page and cards.spelled(form["tautan"]) in page
    other = bimtek_rows.store_event(wilayah="33.71")
    with pytest.raises(NotFound):
        cards.poster(by, other.event_id, SERVER, form["id"])


def test_a_link_word_is_read_in_groups_with_its_digits_in_words(fresh_db: Path, actor: Make) -> None:
    assert cards.spelled("K7M4QX") == "K7M 4QX"
    stored = bimtek_rows.store_event(tautan="K7M4QX")
    assert "dibaca: K · tujuh · M · empat · Q · X" in cards.poster(actor(), stored.event_id, SERVER).decode()
