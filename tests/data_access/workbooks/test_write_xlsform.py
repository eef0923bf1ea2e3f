import io
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import openpyxl
import pytest
from pyxform.xls2xform import convert

from data_access.assets import ready_made_forms
from data_access.workbooks.write_xlsform import PARTICIPANT, item_names, xlsform
from domain.forms.definition import Form, items
from domain.forms.parsing import from_mapping
from tests.form_rows import example

XF = "{http://www.w3.org/2002/xforms}"


def sheets(data: bytes) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [
            {str(name): value for name, value in zip(head, row, strict=True) if value is not None} for row in rows
        ]
    return found


def converted(form: Form) -> tuple[ElementTree.Element, list[str]]:
    """The XForm that pyxform makes of it, and its warnings; pyxform raises for anything that is no XLSForm."""
    result = convert(io.BytesIO(xlsform(form)), validate=False, file_type=".xlsx")
    return ElementTree.fromstring(result.xform.encode()), result.warnings


def binds(root: ElementTree.Element) -> dict[str, dict[str, str]]:
    return {bind.attrib["nodeset"].rpartition("/")[2]: dict(bind.attrib) for bind in root.iter(f"{XF}bind")}


@pytest.mark.parametrize("form", [*ready_made_forms().values(), from_mapping(example())], ids=lambda form: form.kode)
def test_pyxform_takes_every_form_without_a_warning(form: Form) -> None:
    root, warnings = converted(form)
    assert warnings == []
    names = binds(root)
    for kode, name in item_names(form).items():
        rows = next(item for item in items(form) if item.kode == kode).baris
        assert all(f"{name}_{row.kode}" in names for row in rows) if rows else name in names
    assert (PARTICIPANT in names) is not form.anonim


def test_every_kind_gets_its_type_with_its_limits() -> None:
    rows = {row["name"]: row for row in sheets(xlsform(from_mapping(example())))["survey"] if "name" in row}
    assert {
        kode: rows[kode]["type"].partition(" ")[0] for kode in ("p1", "p2", "p3", "s1", "n1", "n2", "d1", "x1")
    } == {
        "p1": "select_one",
        "p2": "select_multiple",
        "p3": "select_one",
        "s1": "select_one",
        "n1": "decimal",
        "n2": "integer",
        "d1": "date",
        "x1": "text",
    }
    assert (rows["m1"]["type"], rows["m1"]["appearance"]) == ("begin_group", "table-list")
    assert rows["m1_1"]["type"] == rows["m1_2"]["type"]
    assert rows["n1"]["constraint"] == ". >= 0 and . <= 100.5"
    assert rows["n1"]["constraint_message::Indonesian (id)"] == "Tulis angka dari 0 sampai 100,5."
    assert rows["x1"]["constraint"] == "string-length(.) <= 10"
    assert rows["x2"]["appearance"] == "multiline"
    assert rows["p1"]["required"] == "yes" and "required" not in rows["n1"]
    assert rows["p1"]["label::Indonesian (id)"] == "Satu jawaban?"


def test_limits_keep_all_their_digits() -> None:
    data = example()
    data["bagian"][1]["butir"][2] |= {"min": -0.00001, "max": 1_466_741}
    data["bagian"][1]["butir"][3] |= {"min": 1}
    rows = {row["name"]: row for row in sheets(xlsform(from_mapping(data)))["survey"] if "name" in row}
    assert rows["n1"]["constraint"] == ". >= -0.00001 and . <= 1466741"
    assert rows["n2"]["constraint"] == ". >= 1"
    assert rows["n2"]["constraint_message::Indonesian (id)"] == "Tulis angka 1 atau lebih."


def test_choices_carry_the_same_ids_as_the_answers_here() -> None:
    book = sheets(xlsform(from_mapping(example())))
    lists: dict[str, list[str]] = {}
    for row in book["choices"]:
        lists.setdefault(row["list_name"], []).append(row["name"])
    assert sorted(lists.values()) == [
        ["0", "1", "2", "3", "4"],
        ["1", "2", "3"],
        ["a", "b", "c"],
        ["a", "b", "c", "d"],
        ["benar", "salah"],
    ]


def test_equal_scales_share_one_list() -> None:
    book = sheets(xlsform(ready_made_forms()["evaluasi_narasumber"]))
    assert [row["name"] for row in book["choices"]] == ["1", "2", "3", "4"]


def test_settings_name_the_form_and_its_version() -> None:
    (settings,) = sheets(xlsform(from_mapping(example())))["settings"]
    assert settings == {
        "form_title": "Contoh semua jenis",
        "form_id": "contoh",
        "version": "2",
        "default_language": "Indonesian (id)",
    }


def test_the_key_is_not_in_it_whatever_it_is() -> None:
    data = example()
    before = sheets(xlsform(from_mapping(data)))
    first, second, third = data["bagian"][0]["butir"]
    first |= {"kunci": ["d"], "poin": 917.5, "tujuan": "rahasia", "pasangan": "rahasia2"}
    second["kunci"], third["kunci"] = ["b"], ["benar"]
    data["tujuan"].append({"kode": "rahasia", "nama": "rahasia"})
    data |= {"sumber": "rahasia", "catatan": "rahasia"}
    after = xlsform(from_mapping(data))
    assert sheets(after) == before
    words = "".join(str(value) for rows in sheets(after).values() for row in rows for value in row.values())
    assert "rahasia" not in words and "917" not in words


def test_names_are_valid_and_unique_even_when_ids_are_not() -> None:
    data = example()
    for place, kode in enumerate(("1", "b_1", "meta", "P9", "p9", PARTICIPANT)):
        data["bagian"][1]["butir"].append({"kode": kode, "jenis": "teks", "teks": f"Pertanyaan {place}?"})
    data["bagian"].append({"kode": "9", "butir": [{"kode": "bagian_9", "jenis": "tanggal", "teks": "Tanpa judul"}]})
    form = from_mapping(data)
    names = item_names(form)
    assert (names["1"], names["b_1"], names["meta"], names["P9"], names["p9"]) == ("b_1", "b_1_", "meta_", "P9", "p9_")
    root, warnings = converted(form)
    assert set(names.values()) - {"m1"} <= set(binds(root))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) for name in names.values())


@pytest.mark.parametrize("first", [True, False])
def test_the_rows_of_a_matrix_share_no_name_with_another_item(first: bool) -> None:
    data = example()
    row = {"kode": "m1_2", "jenis": "teks", "teks": "Bernama seperti baris kedua"}
    data["bagian"][0 if first else 1]["butir"].append(row)
    form = from_mapping(data)
    names = item_names(form)
    assert len({names["m1_2"], *(f"{names['m1']}_{place}" for place in "12")}) == 3
    root, _ = converted(form)
    nodes = [bind.attrib["nodeset"].rpartition("/")[2] for bind in root.iter(f"{XF}bind")]
    assert len(nodes) == len(set(nodes))


@pytest.mark.parametrize("text", ["${p1} dan ${tidak_ada}", "=1+1", "@x", "-3", "<b>tebal</b> & lain", "# *x* \\ \n y"])
def test_any_text_stays_text(text: str) -> None:
    data = example()
    data["bagian"][0]["butir"][0] |= {"teks": text, "petunjuk": text}
    data["bagian"][0]["butir"][0]["pilihan"][0]["teks"] = text.replace("\n", " ")
    form = from_mapping(data)
    root, _ = converted(form)
    label = next(node for node in root.iter(f"{XF}text") if node.attrib["id"].endswith("/p1:label"))
    shown = "".join(label.itertext()).strip()
    assert shown.replace("$ {", "${").split() == text.split()
    book = openpyxl.load_workbook(io.BytesIO(xlsform(form)))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)
