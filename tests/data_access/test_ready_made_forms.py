"""The forms that are shipped: each can be used as it is."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from data_access.assets import ASSETS, ready_made_forms
from domain.forms import answers
from domain.forms.definition import (
    KEYED,
    MATRIX,
    MULTIPLE,
    SCALE,
    SINGLE,
    TRUE_FALSE,
    Form,
    Item,
    Scale,
    choices,
    digest,
    items,
    ordered,
)
from domain.forms.parsing import from_toml, to_toml
from domain.scoring import score

FORMS = ready_made_forms()
FILES = sorted((ASSETS / "formulir").glob("*.toml"))
# (kind, items, items without the texts)
EXPECTED = {
    "tes_pengelolaan_lks": ("prepost", 20, 20),
    "evaluasi_narasumber": ("narasumber", 12, 11),
    "evaluasi_penyelenggaraan": ("penyelenggaraan", 13, 11),
    "kepuasan_gaya_ikm": ("kepuasan", 10, 9),
    "kompetensi_diri": ("kompetensi", 12, 12),
    "rencana_tindak_lanjut": ("rtl", 18, 6),
    "pascapelatihan": ("pascapelatihan", 17, 14),
}
QUALITY = ("Kurang", "Cukup", "Baik", "Sangat Baik")


@pytest.fixture(params=list(FORMS.values()), ids=list(FORMS))
def form(request: pytest.FixtureRequest) -> Form:
    found: Form = request.param
    return found


def test_they_come_in_the_order_of_a_bimtek_with_their_kinds_and_items() -> None:
    found = {
        kode: (form.jenis, len(items(form)), sum(item.longest == 0 for item in items(form)))
        for kode, form in FORMS.items()
    }
    assert list(found.items()) == list(EXPECTED.items())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_called_like_its_form_and_survives_a_download(path: Path) -> None:
    form = from_toml(path.read_text(encoding="utf-8"))
    assert form.kode == path.stem
    again = from_toml(to_toml(form))
    assert again == form
    assert digest(again) == digest(form)


def test_every_text_is_there_and_says_where_it_comes_from(form: Form) -> None:
    assert form.judul and form.pengantar and form.sumber and form.catatan
    assert all(section.judul for section in form.bagian)
    for item in items(form):
        assert item.teks and item.ringkas and len(item.ringkas) <= 40, item.kode
        assert item.teks == item.teks.strip() and "  " not in item.teks


def test_ids_are_unique_and_so_are_questions_short_names_and_options(form: Form) -> None:
    found = items(form)
    for values in ([item.kode for item in found], [item.ringkas for item in found]):
        assert [value for value, times in Counter(values).items() if times > 1] == []
    for item in found:
        words = [option.teks.casefold() for option in choices(item)]
        assert len(set(words)) == len(words), item.kode
    asked = [item.teks for section in form.bagian for item in section.butir]
    if form.jenis != "rtl":  # there the same is asked for each plan
        assert len(set(asked)) == len(asked)


def test_no_person_number_or_date_stands_in_a_form(form: Form) -> None:
    shown = to_toml(form).replace(form.sumber, "")
    assert not re.search(r"\b(H|Hj|Drs|Dra|Dr|S\.Sos|M\.Si|Bpk|Ibu)\.? [A-Z]", shown)
    assert not re.search(r"(Permensos|Undang-Undang|UU|PP|Perpres)\s*(Nomor|No\.?|RI)?\s*\d", shown)
    for english in ("pretest", "pre-test", "post-test", "deadline", "feedback", "password", "online", "link"):
        assert english not in shown.casefold(), english


def test_every_aim_is_asked_about(form: Form) -> None:
    used = Counter(item.tujuan for item in items(form) if item.tujuan)
    assert set(used) == {aim.kode for aim in form.tujuan}


def test_an_answer_to_everything_is_taken_and_nothing_is_chosen_beforehand(form: Form) -> None:
    assert answers.check(form, {})[0] == {}
    values: dict[str, object] = {}
    for item in items(form):
        if item.jenis == MULTIPLE:
            values[item.kode] = [choices(item)[0].kode, choices(item)[-1].kode]
        elif item.jenis == MATRIX:
            values[item.kode] = {row.kode: 1 for row in item.baris}
        elif choices(item):
            values[item.kode] = choices(item)[-1].kode
        else:
            values[item.kode] = "2026-12-31" if item.jenis == "tanggal" else 12 if item.jenis == "angka" else "cukup"
    found, problems = answers.check_values(form, values)
    assert problems == []
    assert answers.blanks(form, found) == ()


# --- the test of knowledge -------------------------------------------------------------------------------------------


TEST = FORMS["tes_pengelolaan_lks"]


def test_the_test_has_twenty_items_over_the_five_aims_and_digital_work() -> None:
    assert Counter(item.tujuan for item in items(TEST)) == {
        "layanan": 4,
        "pengetahuan": 4,
        "kinerja": 3,
        "terdaftar": 3,
        "rencana": 3,
        "digital": 3,
    }
    assert Counter(item.jenis for item in items(TEST)) == {SINGLE: 17, TRUE_FALSE: 3}
    assert all(len(item.pilihan) == 4 for item in items(TEST) if item.jenis == SINGLE)


def test_every_item_of_the_test_has_one_key_and_one_point() -> None:
    assert {(len(item.kunci), item.poin, item.wajib) for item in items(TEST)} == {(1, 1.0, True)}
    assert all(set(item.kunci) <= {option.kode for option in choices(item)} for item in items(TEST))


def test_the_keys_are_spread_and_cannot_be_guessed_by_place_or_length() -> None:
    keys = [item.kunci[0] for item in items(TEST)]
    spread = Counter(keys)
    assert all(4 <= spread[letter] <= 5 for letter in "abcd")
    assert all(len(set(keys[at : at + 3])) > 1 for at in range(len(keys) - 2)), "three alike in a row"
    single = [item for item in items(TEST) if item.jenis == SINGLE]

    def is_alone_the(extreme: Callable[[Iterable[int]], int], item: Item) -> bool:
        length = extreme(len(option.teks) for option in item.pilihan)
        return [option.kode for option in item.pilihan if len(option.teks) == length] == list(item.kunci)

    # by chance one in four
    assert sum(is_alone_the(max, item) for item in single) <= 5
    assert sum(is_alone_the(min, item) for item in single) <= 5
    for item in single:
        lengths = [len(option.teks) for option in item.pilihan]
        assert max(lengths) <= 1.5 * min(lengths), item.kode


def test_the_test_is_scored_by_its_own_key() -> None:
    right = {item.kode: item.kunci[0] for item in items(TEST)}
    assert score(items(TEST), right).percent == 100
    wrong = right | {"s01": "a", "s04": "salah"}
    assert score(items(TEST), wrong).percent == 90
    del wrong["s20"]
    assert (score(items(TEST), wrong).percent, score(items(TEST), wrong).blanks) == (85, 1)
    assert score(items(ordered(TEST, "orang lain")), right).percent == 100


# --- the others ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kode", ["evaluasi_narasumber", "evaluasi_penyelenggaraan"])
def test_evaluations_use_one_scale_of_four_steps(kode: str) -> None:
    scales = {item.skala for item in items(FORMS[kode]) if item.jenis == SCALE}
    assert scales == {Scale(1, 4, QUALITY)}
    assert FORMS[kode].anonim


def test_satisfaction_asks_one_question_for_each_of_the_nine_elements() -> None:
    asked = [item for item in items(FORMS["kepuasan_gaya_ikm"]) if item.unsur]
    assert len({item.unsur for item in asked}) == len(asked) == 9
    for item in asked:
        assert item.skala is not None
        assert (item.skala.min, item.skala.max, len(item.skala.labels), item.skala.balik) == (1, 4, 4, False)
        assert item.wajib


def test_self_assessment_covers_the_aims_of_the_test_on_five_steps() -> None:
    form = FORMS["kompetensi_diri"]
    assert form.tujuan == TEST.tujuan
    assert {(item.skala.min, item.skala.max) for item in items(form) if item.skala} == {(1, 5)}
    assert set(Counter(item.tujuan for item in items(form)).values()) == {2}


def test_a_plan_says_what_until_when_by_which_sign_and_with_what_support() -> None:
    form = FORMS["rencana_tindak_lanjut"]
    first, *further = form.bagian
    assert [item.kode for item in first.butir if item.wajib] == ["r1_apa", "r1_selesai", "r1_indikator"]
    assert [item.jenis for item in first.butir][:5] == ["paragraf", "tanggal", "paragraf", "teks", "pilihan_ganda"]
    assert not any(item.wajib for section in further for item in section.butir)


def test_follow_up_asks_about_the_plan_behaviour_and_obstacles() -> None:
    form = FORMS["pascapelatihan"]
    assert [section.kode for section in form.bagian] == ["rtl", "perilaku", "hasil", "kendala"]
    assert sum(item.jenis == SCALE for item in items(form)) >= 8


def test_only_the_test_has_keys() -> None:
    for form in FORMS.values():
        keyed = [item for item in items(form) if item.kunci]
        assert bool(keyed) == (form.jenis == "prepost")
        assert all(item.jenis in KEYED for item in keyed)
