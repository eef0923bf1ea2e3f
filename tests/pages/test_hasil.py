"""The results page: every section for every kind of reader, empty and with answers, and what each may not see."""

from pathlib import Path

import pytest

from tests.bimtek_rows import store_event
from tests.ui.conftest import Opener, open_page
from ui.text import hasil as t

__all__ = ["open_page"]  # the fixture of the pages, used here by name


@pytest.mark.parametrize("section", t.BAGIAN_BAGIAN)
@pytest.mark.parametrize("role", ["pelatih", "lkks"])
def test_every_section_is_drawn(section: str, role: str, seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role=role, bagian=section)
    assert not app.exception and not app.error, [box.value for box in app.error]
    assert app.title[0].value == t.JUDUL
    if section not in (t.KOMENTAR,):
        assert app.dataframe or role == "lkks"


@pytest.mark.parametrize("section", t.BAGIAN_BAGIAN)
def test_an_event_without_answers_says_what_to_do(section: str, fresh_db: Path, open_page: Opener) -> None:
    store_event()
    app = open_page("hasil", role="pelatih", bagian=section)
    assert not app.exception and not app.error
    if section not in (t.LINTAS, t.LANJUT):
        assert any(t.BELUM_ADA_JAWABAN_URAIAN in box.value for box in app.info)


def test_no_event_at_all_says_what_to_do(fresh_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role="pelatih")
    assert any(t.BELUM_ADA_KEGIATAN_URAIAN in box.value for box in app.info)
    assert not app.metric


def test_the_headline_and_the_counts_of_magelang(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role="pelatih", region="33.71")
    assert app.metric[0].value == "22"
    assert any("22 orang dari 11 instansi" in caption.value for caption in app.caption)
    headline = app.subheader[0].value.replace("\\", "")
    assert headline.startswith("Nilai rata-rata naik ") and "yang mengikuti pre-test dan post-test." in headline
    assert any("contoh, bukan data nyata" in box.value.replace("\\", "") for box in app.info)


def test_names_are_hidden_until_asked_for(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role="pelatih", region="33.71", bagian=t.PERORANGAN)
    names = list(app.dataframe[0].value[t.KOLOM_ORANG[0]])
    assert all(name.startswith("Peserta ") and "contoh" not in name for name in names)
    app.toggle[0].set_value(True).run()
    assert all("contoh" in name for name in app.dataframe[0].value[t.KOLOM_ORANG[0]])


def test_those_without_the_right_to_see_persons_are_not_even_asked(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role="lkks", region="33.71", bagian=t.PERORANGAN)
    assert not app.toggle
    assert "Peserta contoh" not in str([table.value.to_csv() for table in app.dataframe])
    plans = open_page("hasil", role="lkks", region="33.71", bagian=t.LANJUT)
    assert not any(header.value == t.RTL for header in plans.subheader)


def test_comments_are_searched_by_words(seeded_db: Path, open_page: Opener) -> None:
    app = open_page("hasil", role="kepala_dinas", region="33.71", bagian=t.KOMENTAR)
    everything = len(app.dataframe[0].value)
    app.text_input[0].set_value("jaringan lemah").run()
    found = app.dataframe[0].value
    assert 0 < len(found) < everything
    assert all("Jaringan" in text for text in found[t.KOLOM_KOMENTAR[3]])
