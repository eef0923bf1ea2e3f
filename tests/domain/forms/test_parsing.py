import json
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from domain.errors import InvalidInput, Problem
from domain.forms.definition import Form, Option, Scale, digest, item, items, to_mapping
from domain.forms.parsing import MOST_CHARACTERS, from_mapping, from_toml, to_toml

Change = Callable[[dict[str, Any]], object]


def refused(mapping: dict[str, Any]) -> list[Problem]:
    with pytest.raises(InvalidInput) as caught:
        from_mapping(mapping)
    return caught.value.problems


def test_a_whole_form_is_read(form: Form) -> None:
    assert (form.kode, form.versi, form.jenis, form.acak, form.anonim) == ("contoh", 2, "prepost", True, False)
    assert [aim.kode for aim in form.tujuan] == ["t1", "t2"]
    assert len(items(form)) == 10
    assert item(form, "p1").kunci == ("b",)
    assert item(form, "p2").kunci == ("a", "c"), "in the order of the options"
    assert item(form, "m1").skala == Scale(1, 3, ("Kurang", "Cukup", "Baik"), balik=True)
    assert (item(form, "n1").min, item(form, "n1").max, item(form, "n2").bulat) == (0.0, 100.5, True)
    assert item(form, "s1").unsur == "Waktu"


def test_short_forms_say_the_same_as_long_ones(mapping: dict[str, Any]) -> None:
    first, second, third = mapping["bagian"][0]["butir"]
    long = from_mapping(mapping)
    first["kunci"], third["kunci"] = "b", ["salah"]
    first["pilihan"] = {kode: f"Pilihan {kode}" for kode in "abcd"}
    second["pilihan"] = [{"kode": kode, "teks": teks} for kode, teks in zip("abc", second["pilihan"], strict=True)]
    mapping["skala"] = {"nilai": mapping["bagian"][1]["butir"][1]["skala"]}
    mapping["bagian"][1]["butir"][1]["skala"] = "nilai"
    assert digest(from_mapping(mapping)) == digest(long)


def test_texts_are_composed_and_trimmed_and_lines_are_unix_lines(mapping: dict[str, Any]) -> None:
    mapping |= {"judul": "  Cafe\u0301 ", "pengantar": "satu\r\ndua\rtiga"}
    form = from_mapping(mapping)
    assert (form.judul, form.pengantar) == ("Caf\u00e9", "satu\ndua\ntiga")


def test_only_questions_and_longer_texts_keep_their_lines(mapping: dict[str, Any]) -> None:
    mapping["judul"] = "Tes\nawal  dan\takhir"
    first(mapping)["teks"] = "Satu\n\ndua"
    first(mapping)["pilihan"][0]["teks"] = "a\nb"
    form = from_mapping(mapping)
    assert form.judul == "Tes awal dan akhir"
    assert (item(form, "p1").teks, item(form, "p1").pilihan[0].teks) == ("Satu\n\ndua", "a b")


def test_values_and_fingerprint_survive_mapping_json_and_toml(form: Form) -> None:
    for again in (
        from_mapping(to_mapping(form)),
        from_mapping(json.loads(json.dumps(to_mapping(form)))),
        from_toml(to_toml(form)),
        from_toml("\ufeff" + to_toml(form).replace("\n", "\r\n")),
    ):
        assert again == form
        assert digest(again) == digest(form)
    assert to_toml(from_toml(to_toml(form))) == to_toml(form)


def test_a_key_without_points_stays_without_points(mapping: dict[str, Any]) -> None:
    mapping["bagian"][0]["butir"][0]["poin"] = 0
    form = from_mapping(mapping)
    assert item(form, "p1").poin == 0.0
    assert from_toml(to_toml(form)) == form


@pytest.mark.parametrize("text", ['"', "\\", 'a"""b', "tab\there", "a\nb", "é 😀", "\\u0041", "'", "#", "= [x]"])
def test_any_text_survives_toml(mapping: dict[str, Any], text: str) -> None:
    mapping["pengantar"] = f"x{text}x"
    mapping["bagian"][0]["butir"][0]["teks"] = f"x{text}x"
    mapping["bagian"][0]["butir"][0]["pilihan"][0]["teks"] = f"x{text}x"
    form = from_mapping(mapping)
    assert tomllib.loads(to_toml(form))["pengantar"] == f"x{text}x"
    assert from_toml(to_toml(form)) == form


def test_the_toml_reads_like_one_written_by_hand(form: Form) -> None:
    text = to_toml(form)
    assert text.startswith('kode = "contoh"\nversi = 2\njudul = "Contoh semua jenis"\n')
    assert (
        '[[bagian.butir]]\nkode = "p1"\njenis = "pilihan"\nteks = "Satu jawaban?"\ntujuan = "t1"\npoin = 2.5\n' in text
    )
    assert 'pilihan = [\n  { kode = "a", teks = "Pilihan a" },\n' in text
    assert 'skala = { min = 1, max = 3, labels = ["Kurang", "Cukup", "Baik"], balik = true }' in text


def first(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["bagian"][0]["butir"][0]
    return found


def other(data: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = data["bagian"][1]["butir"][number]
    return found


MISTAKES: list[tuple[str, Change, str, str, str]] = [
    # name, what is spoilt, column, value, code
    ("form id", lambda d: d.update(kode="dua kata"), "kode", "dua kata", "formulir_kode_keliru"),
    ("no title", lambda d: d.pop("judul"), "judul", "", "formulir_isian_wajib"),
    ("empty title", lambda d: d.update(judul=" \n"), "judul", "", "formulir_isian_wajib"),
    ("title none", lambda d: d.update(judul=None), "judul", "", "formulir_isian_wajib"),
    ("form kind", lambda d: d.update(jenis="ujian"), "jenis", "ujian", "formulir_jenis_tidak_dikenal"),
    ("version 0", lambda d: d.update(versi=0), "versi", "0", "formulir_versi_keliru"),
    ("version text", lambda d: d.update(versi="satu"), "versi", "satu", "formulir_bentuk_isian"),
    ("version true", lambda d: d.update(versi=True), "versi", "True", "formulir_bentuk_isian"),
    ("flag", lambda d: d.update(acak="ya"), "acak", "ya", "formulir_bentuk_isian"),
    ("field", lambda d: d.update(warna="merah"), "warna", "", "formulir_isian_tidak_dikenal"),
    ("NUL", lambda d: d.update(judul="a\0b"), "judul", "a?b", "formulir_karakter_terlarang"),
    ("no section", lambda d: d.update(bagian=[]), "bagian", "", "formulir_tanpa_butir"),
    ("sections as text", lambda d: d.update(bagian="x"), "bagian", "x", "formulir_bentuk_isian"),
    (
        "aim twice",
        lambda d: d["tujuan"].append({"kode": "t1", "nama": "x"}),
        "tujuan 3 / kode",
        "t1",
        "formulir_kode_ganda",
    ),
    ("section twice", lambda d: d["bagian"][1].update(kode="satu"), "bagian 2 / kode", "satu", "formulir_kode_ganda"),
    ("item twice", lambda d: other(d, 2).update(kode="p1"), "bagian 2 / butir 3 / kode", "p1", "formulir_kode_ganda"),
    (
        "pair twice",
        lambda d: other(d, 2).update(pasangan="pas2"),
        "bagian 2 / butir 3 / pasangan",
        "pas2",
        "formulir_kode_ganda",
    ),
    (
        "pair id of another item",
        lambda d: other(d, 2).update(pasangan="p1"),
        "bagian 2 / butir 3 / pasangan",
        "p1",
        "formulir_kode_ganda",
    ),
    ("item id", lambda d: first(d).update(kode="a.b"), "bagian 1 / butir 1 / kode", "a.b", "formulir_kode_keliru"),
    (
        "item id of 25",
        lambda d: first(d).update(kode="a" * 25),
        "bagian 1 / butir 1 / kode",
        "a" * 25,
        "formulir_kode_keliru",
    ),
    ("no text", lambda d: first(d).pop("teks"), "bagian 1 / butir 1 / teks", "", "formulir_isian_wajib"),
    (
        "item kind",
        lambda d: other(d, 3).update(jenis="essay"),
        "bagian 2 / butir 4 / jenis",
        "essay",
        "formulir_jenis_tidak_dikenal",
    ),
    ("aim", lambda d: first(d).update(tujuan="t9"), "bagian 1 / butir 1 / tujuan", "t9", "formulir_tujuan_tidak_ada"),
    (
        "key not an option",
        lambda d: first(d).update(kunci=["e"]),
        "bagian 1 / butir 1 / kunci",
        "e",
        "formulir_kunci_bukan_pilihan",
    ),
    (
        "two keys",
        lambda d: first(d).update(kunci=["a", "b"]),
        "bagian 1 / butir 1 / kunci",
        "a, b",
        "formulir_kunci_satu",
    ),
    (
        "key on a scale",
        lambda d: other(d, 0).update(kunci=["3"]),
        "bagian 2 / butir 1 / kunci",
        "3",
        "formulir_kunci_tidak_berlaku",
    ),
    ("negative", lambda d: first(d).update(poin=-1), "bagian 1 / butir 1 / poin", "-1", "formulir_poin_keliru"),
    (
        "infinite",
        lambda d: first(d).update(poin=float("inf")),
        "bagian 1 / butir 1 / poin",
        "inf",
        "formulir_bentuk_isian",
    ),
    (
        "points without key",
        lambda d: first(d).pop("kunci"),
        "bagian 1 / butir 1 / poin",
        "2.5",
        "formulir_poin_tanpa_kunci",
    ),
    (
        "points on a date",
        lambda d: other(d, 4).update(poin=2),
        "bagian 2 / butir 5 / poin",
        "2",
        "formulir_isian_tidak_berlaku",
    ),
    (
        "options on a text",
        lambda d: other(d, 5).update(pilihan=["x", "y"]),
        "bagian 2 / butir 6 / pilihan",
        "['x', 'y']",
        "formulir_isian_tidak_berlaku",
    ),
    (
        "one option",
        lambda d: first(d).update(pilihan=["x"], kunci="a"),
        "bagian 1 / butir 1 / pilihan",
        "1",
        "formulir_pilihan_kurang",
    ),
    (
        "option twice",
        lambda d: first(d)["pilihan"][3].update(kode="a"),
        "bagian 1 / butir 1 / pilihan 4 / kode",
        "a",
        "formulir_kode_ganda",
    ),
    (
        "options alike",
        lambda d: first(d)["pilihan"][3].update(teks="pilihan  A"),
        "bagian 1 / butir 1 / pilihan 4 / teks",
        "pilihan A",
        "formulir_pilihan_sama",
    ),
    (
        "scale upside down",
        lambda d: other(d, 0).update(skala={"min": 4, "max": 4}),
        "bagian 2 / butir 1 / skala",
        "4-4",
        "formulir_skala_terbalik",
    ),
    (
        "scale without end",
        lambda d: other(d, 0).update(skala={"min": 4}),
        "bagian 2 / butir 1 / skala",
        "",
        "formulir_skala_tanpa_batas",
    ),
    (
        "scale too wide",
        lambda d: other(d, 0).update(skala={"min": 0, "max": 100}),
        "bagian 2 / butir 1 / skala",
        "0-100",
        "formulir_skala_lebar",
    ),
    (
        "labels",
        lambda d: other(d, 0).update(skala={"min": 1, "max": 4, "labels": ["a", "b", "c"]}),
        "bagian 2 / butir 1 / skala",
        "a, b, c",
        "formulir_skala_label",
    ),
    (
        "scale field",
        lambda d: other(d, 0).update(skala={"min": 1, "max": 4, "arah": "naik"}),
        "bagian 2 / butir 1 / arah (skala)",
        "",
        "formulir_isian_tidak_dikenal",
    ),
    ("no scale", lambda d: other(d, 0).pop("skala"), "bagian 2 / butir 1 / skala", "", "formulir_skala_tidak_ada"),
    (
        "named scale",
        lambda d: other(d, 0).update(skala="mutu"),
        "bagian 2 / butir 1 / skala",
        "mutu",
        "formulir_skala_tidak_dikenal",
    ),
    ("no rows", lambda d: other(d, 1).pop("baris"), "bagian 2 / butir 2 / baris", "", "formulir_isian_wajib"),
    (
        "limits",
        lambda d: other(d, 2).update(min=101),
        "bagian 2 / butir 3 / min",
        "101-100.5",
        "formulir_batas_terbalik",
    ),
    (
        "length",
        lambda d: other(d, 5).update(panjang=0),
        "bagian 2 / butir 6 / panjang",
        "0",
        "formulir_panjang_keliru",
    ),
    (
        "item as text",
        lambda d: d["bagian"][0]["butir"].append("x"),
        "bagian 1 / butir",
        "x",
        "formulir_bentuk_isian",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "column", "value", "code"), [row[1:] for row in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_each_mistake_is_named_at_its_place_and_alone(
    mapping: dict[str, Any], spoil: Change, column: str, value: str, code: str
) -> None:
    spoil(mapping)
    assert [(problem.column, problem.value, problem.code) for problem in refused(mapping)] == [(column, value, code)]


def test_all_mistakes_are_told_at_once_with_their_place_as_facts(mapping: dict[str, Any]) -> None:
    mapping["judul"] = ""
    first(mapping).update(kunci="z", tujuan="t9")
    del other(mapping, 0)["teks"]
    problems = refused(mapping)
    assert {problem.code for problem in problems} == {
        "formulir_isian_wajib",
        "formulir_kunci_bukan_pilihan",
        "formulir_tujuan_tidak_ada",
    }
    assert len(problems) == 4
    key = next(problem for problem in problems if problem.code == "formulir_kunci_bukan_pilihan")
    assert key.facts == {"bagian": "1", "butir": "1", "isian": "kunci", "daftar": "a, b, c, d"}


def test_a_test_without_any_key_is_refused_and_another_form_is_not(mapping: dict[str, Any]) -> None:
    for entry in mapping["bagian"][0]["butir"]:
        entry.pop("kunci")
        entry.pop("poin", None)
    assert [problem.code for problem in refused(mapping)] == ["formulir_tes_tanpa_kunci"]
    assert from_mapping(mapping | {"jenis": "lain"}).jenis == "lain"


def test_a_faulty_named_scale_is_told_once(mapping: dict[str, Any]) -> None:
    mapping["skala"] = {"mutu": {"min": 4, "max": 1}}
    other(mapping, 0)["skala"] = other(mapping, 1)["skala"] = "mutu"
    problems = refused(mapping)
    assert [(problem.column, problem.code) for problem in problems] == [("skala mutu", "formulir_skala_terbalik")]


def test_too_many_items_are_refused(mapping: dict[str, Any]) -> None:
    mapping["bagian"][0]["butir"] = [{"kode": f"i{n}", "jenis": "teks", "teks": "?"} for n in range(201)]
    assert "formulir_terlalu_banyak" in {problem.code for problem in refused(mapping | {"jenis": "lain"})}


def test_twenty_seven_options_get_distinct_ids(mapping: dict[str, Any]) -> None:
    first(mapping).update(pilihan=[f"Pilihan {n}" for n in range(30)], kunci="A")
    options = item(from_mapping(mapping), "p1").pilihan
    assert options[26] == Option("A", "Pilihan 26")
    assert len({option.kode for option in options}) == 30


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("judul = ", {"baris": "1", "kolom_ke": "9"}),
        ("a = 1\nb = [1,", {"baris": "2", "kolom_ke": "8"}),
        ("a = " + "[" * 5000, {"baris": "1", "kolom_ke": "5005"}),
        ("\0", {"baris": "1", "kolom_ke": "1"}),
    ],
    ids=["no value", "open list", "deep", "NUL"],
)
def test_a_text_that_is_not_toml_is_refused_with_its_place(text: str, facts: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        from_toml(text)
    assert caught.value.problems == [Problem("", "", "formulir_bukan_toml", facts)]


def test_a_huge_text_is_refused_unread() -> None:
    with pytest.raises(InvalidInput) as caught:
        from_toml("#" * (MOST_CHARACTERS + 1))
    assert [problem.code for problem in caught.value.problems] == ["formulir_berkas_besar"]


def test_a_key_of_very_many_parts_is_refused_before_it_is_parsed() -> None:
    """100 KB of one dotted key once cost 37 seconds and ten gigabytes."""
    for text in ("a" + ".a" * 50_000 + " = 1", "[" + "b . " * 40_000 + "b]", "x = {" + '"c".' * 20_000 + "c = 1}"):
        with pytest.raises(InvalidInput) as refused:
            from_toml('kode = "x"\n' + text)
        assert [problem.code for problem in refused.value.problems] == ["formulir_bukan_toml"]
        assert refused.value.problems[0].facts["baris"] == "2"
