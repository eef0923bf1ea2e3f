import json
import random
from dataclasses import fields, replace
from typing import Any

import pytest

from domain.forms import definition as d
from domain.forms.parsing import from_mapping, to_mapping


def test_items_come_in_order_and_are_found_by_id(form: d.Form) -> None:
    assert [item.kode for item in d.items(form)] == ["p1", "p2", "p3", "s1", "m1", "n1", "n2", "d1", "x1", "x2"]
    assert d.item(form, "m1").baris[1].teks == "Konsumsi"
    with pytest.raises(KeyError):
        d.item(form, "p9")


def test_an_item_pairs_by_its_own_id_unless_stated(form: d.Form) -> None:
    assert [item.pasangan for item in d.items(form)][:3] == ["p1", "pas2", "p3"]


def test_points_are_one_with_a_key_and_none_without(form: d.Form) -> None:
    assert [item.poin for item in d.items(form)][:4] == [2.5, 1.0, 1.0, 0.0]


def test_the_limit_of_a_text_is_its_own_or_that_of_its_kind(form: d.Form) -> None:
    assert [d.item(form, kode).longest for kode in ("x1", "x2", "p1", "n1")] == [10, 2000, 0, 0]
    assert replace(d.item(form, "x1"), panjang=None).longest == 200


def test_the_label_is_the_short_name_or_the_question(form: d.Form) -> None:
    assert (d.item(form, "x2").label, d.item(form, "x1").label) == ("Cerita", "Siapa?")


def test_steps_of_a_scale_carry_every_label_the_ends_or_none() -> None:
    assert d.Scale(1, 3, ("Kurang", "Cukup", "Baik")).steps() == ((1, "Kurang"), (2, "Cukup"), (3, "Baik"))
    assert d.Scale(0, 2, ("tidak", "selalu")).steps() == ((0, "tidak"), (1, ""), (2, "selalu"))
    assert d.Scale(-1, 1).steps() == ((-1, ""), (0, ""), (1, ""))
    assert d.Scale(1, 2, ("tidak", "ya")).steps() == ((1, "tidak"), (2, "ya"))


def test_a_reversed_scale_is_recoded() -> None:
    assert [d.Scale(1, 5, balik=True).recoded(value) for value in (1, 2, 5)] == [5, 4, 1]
    assert d.Scale(1, 5).recoded(2) == 2


def test_choices_are_the_options_or_what_the_kind_implies(form: d.Form) -> None:
    assert [option.kode for option in d.choices(d.item(form, "p1"))] == ["a", "b", "c", "d"]
    assert [option.kode for option in d.choices(d.item(form, "p3"))] == ["benar", "salah"]
    assert d.choices(d.item(form, "s1"))[0] == d.Option("0", "0")
    assert [option.teks for option in d.choices(d.item(form, "m1"))] == ["Kurang", "Cukup", "Baik"]
    assert d.choices(d.item(form, "n1")) == ()


def _long(acak: bool = True) -> d.Form:
    parts = tuple(
        d.Section(f"b{part}", "", butir=tuple(d.Item(f"q{part}_{i}", d.TEXT, "?") for i in range(12)))
        for part in range(2)
    )
    return d.Form("urut", 1, "Urutan", "lain", acak=acak, bagian=parts)


def _order(form: d.Form) -> list[str]:
    return [item.kode for item in d.items(form)]


def test_one_person_always_sees_the_same_order_and_others_another() -> None:
    form = _long()
    state = random.getstate()
    orders = {tuple(_order(d.ordered(form, f"orang {n}"))) for n in range(20)}
    assert random.getstate() == state
    assert len(orders) == 20
    assert _order(d.ordered(form, "orang 1")) == _order(d.ordered(_long(), "orang 1"))
    # told once and for all: an order that changed with a release would mix up half-filled forms
    assert _order(d.ordered(form, "orang 1"))[:4] == ["q0_7", "q0_3", "q0_2", "q0_0"]


def test_items_stay_in_their_section_and_none_is_lost() -> None:
    shuffled = d.ordered(_long(), "x")
    assert sorted(_order(shuffled)) == sorted(_order(_long()))
    assert [{item.kode[:2] for item in part.butir} for part in shuffled.bagian] == [{"q0"}, {"q1"}]


def test_a_new_version_keeps_the_order_and_a_plain_form_is_left_alone() -> None:
    assert _order(d.ordered(replace(_long(), versi=7), "x")) == _order(d.ordered(_long(), "x"))
    assert d.ordered(_long(acak=False), "x") == _long(acak=False)


def test_what_leaves_the_server_holds_no_key_points_pairs_aims_or_notes(secret: tuple[d.Form, tuple[str, ...]]) -> None:
    form, words = secret
    stored = d.canonical(form).decode()
    sent = json.dumps(d.public(form), ensure_ascii=False)
    for word in words:
        assert word in stored, "the fixture does not hold it, so the test would prove nothing"
        assert word not in sent, word
    assert "balik" in stored and "balik" not in sent


def test_what_leaves_the_server_is_the_same_whatever_the_key_is(mapping: dict[str, Any]) -> None:
    before = d.public(from_mapping(mapping))
    first, second, third = mapping["bagian"][0]["butir"]
    first["kunci"], second["kunci"], third["kunci"] = ["d"], ["b"], ["benar"]
    first["poin"] = 9
    assert d.public(from_mapping(mapping)) == before


def test_the_public_form_still_has_all_that_is_needed_to_draw_it(form: d.Form) -> None:
    sent = d.public(form)
    shown = {item["kode"]: item for part in sent["bagian"] for item in part["butir"]}
    assert list(shown) == [item.kode for item in d.items(form)]
    assert shown["p2"]["pilihan"][2] == {"kode": "c", "teks": "Ketiga"}
    assert [option["kode"] for option in shown["p3"]["pilihan"]] == ["benar", "salah"]
    assert shown["m1"]["skala"][0] == {"nilai": 1, "teks": "Kurang"}
    assert shown["m1"]["baris"][1] == {"kode": "2", "teks": "Konsumsi"}
    assert (shown["n1"]["min"], shown["n1"]["max"], shown["n1"]["bulat"]) == (0.0, 100.5, False)
    assert (shown["x1"]["panjang"], shown["x2"]["panjang"]) == (10, 2000)
    assert "pilihan" not in shown["x1"] and "skala" not in shown["p1"]
    assert json.loads(json.dumps(sent)) == sent


def test_the_fingerprint_ignores_the_order_of_keys(mapping: dict[str, Any]) -> None:
    form = from_mapping(mapping)
    turned = dict(reversed(list(mapping.items())))
    turned["bagian"] = [dict(reversed(list(part.items()))) for part in mapping["bagian"]]
    assert d.digest(from_mapping(turned)) == d.digest(form)
    assert len(d.digest(form)) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"judul": "Lain"},
        {"versi": 3},
        {"acak": False},
        {"anonim": True},
        {"catatan": "x"},
    ],
)
def test_the_fingerprint_knows_every_change(mapping: dict[str, Any], change: dict[str, Any]) -> None:
    before = d.digest(from_mapping(mapping))
    assert d.digest(from_mapping(mapping | change)) != before


def test_the_fingerprint_knows_a_key_points_and_the_order_of_items(mapping: dict[str, Any]) -> None:
    seen = {d.digest(from_mapping(mapping))}
    first = mapping["bagian"][0]["butir"][0]
    for change in ({"kunci": ["c"]}, {"poin": 1}, {"poin": 0}, {"wajib": False}, {"teks": "Lain?"}):
        first |= change
        seen.add(d.digest(from_mapping(mapping)))
    mapping["bagian"][0]["butir"].reverse()
    seen.add(d.digest(from_mapping(mapping)))
    assert len(seen) == 7


def test_a_field_with_its_default_is_not_written_so_that_new_fields_change_no_stored_form(form: d.Form) -> None:
    written = to_mapping(form)["bagian"][1]["butir"][0]
    assert set(written) == {"kode", "jenis", "teks", "skala", "unsur"}
    assert set(to_mapping(form)["bagian"][0]["butir"][0]) <= {field.name for field in fields(d.Item)}
    # told once and for all: a stored form must keep its fingerprint through later releases
    plain = d.Form("a", 1, "A", "lain", bagian=(d.Section("b", "B", butir=(d.Item("c", d.TEXT, "C"),)),))
    assert d.canonical(plain) == (
        b'{"bagian":[{"butir":[{"jenis":"teks","kode":"c","teks":"C"}],"judul":"B","kode":"b"}],'
        b'"jenis":"lain","judul":"A","kode":"a","versi":1}'
    )
