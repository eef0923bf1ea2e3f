"""A draft as a grid to type in: one row per item; what the grid does not show is kept as it was."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from domain.errors import InvalidInput, PilarError, Problem
from domain.forms import definition
from domain.forms.definition import FORM_KINDS, ITEM_KINDS, KEYED, SCALE, WITH_OPTIONS, Form, Item
from domain.forms.parsing import to_mapping
from domain.permissions import Actor
from services import instruments, wording
from ui import feedback
from ui.bimtek.events_grids import rows_of
from ui.bimtek.events_saving import attempt, show
from ui.profile import entry
from ui.text import bimtek as t

Row = dict[str, Any]
LETTERS = "abcdef"
COLUMNS = (
    *("kode", "bagian", "jenis", "teks", "ringkas", "wajib", "tujuan"),
    *(f"pilihan_{letter}" for letter in LETTERS),
    *("kunci", "poin", "skala", "label"),
)
# What an item has beside the columns of the grid; one that changed its kind keeps only what every kind has.
_KEPT = ("petunjuk", "pasangan", "unsur", "min", "max", "bulat", "panjang", "baris")


def _plain_options(item: Item) -> bool:
    """True when the options are the first letters of the alphabet, so that the grid can show them."""
    return "".join(option.kode for option in item.pilihan) == LETTERS[: len(item.pilihan)] and bool(item.pilihan)


def grid_of(form: Form) -> pd.DataFrame:
    """The items of a form as rows of COLUMNS; options that the grid cannot show stay empty, and so as they are."""
    rows = []
    for section in form.bagian:
        for item in section.butir:
            row: Row = dict.fromkeys(COLUMNS)
            row |= {"kode": item.kode, "bagian": section.judul, "jenis": item.jenis, "teks": item.teks}
            row |= {"ringkas": item.ringkas or None, "wajib": item.wajib, "tujuan": item.tujuan}
            if _plain_options(item):
                row |= {f"pilihan_{option.kode}": option.teks for option in item.pilihan}
            if item.kunci:
                row |= {"kunci": ", ".join(item.kunci), "poin": item.poin}
            if item.skala is not None:
                row |= {"skala": f"{item.skala.min}-{item.skala.max}", "label": "; ".join(item.skala.labels) or None}
            rows.append(row)
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.astype({"wajib": "boolean", "poin": "Float64"})


def mapping_of(head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], base: Form) -> Row:
    """The definition that the head and the typed rows describe, over the draft they started from, as plain values.

    Rows of one section stand together under its title, in the order in which the titles first appear.
    """
    kept = {item["kode"]: item for section in to_mapping(base).get("bagian", ()) for item in section["butir"]}
    known = {item.kode: item for item in definition.items(base)}
    sections: dict[str, Row] = {}
    taken = {section.judul: section for section in base.bagian}
    codes = {section.kode for section in base.bagian}
    for row in rows:
        title = str(row.get("bagian") or "")
        if title not in sections:
            old = taken.get(title)
            code = old.kode if old else _free(codes)
            codes.add(code)
            sections[title] = {"kode": code, "judul": title, "petunjuk": old.petunjuk if old else "", "butir": []}
        kode = str(row.get("kode") or "")
        sections[title]["butir"].append(_item(row, kept.get(kode, {}), known.get(kode)))
    found = {name: getattr(base, name) for name in ("kode", "versi", "sumber", "catatan")}
    return found | dict(head) | {"bagian": list(sections.values())}


def _free(codes: set[str]) -> str:
    number = len(codes) + 1
    while f"bagian_{number}" in codes:
        number += 1
    return f"bagian_{number}"


def _item(row: Mapping[str, Any], old: Mapping[str, Any], before: Item | None) -> Row:
    jenis = str(row.get("jenis") or "")
    same = before is not None and before.jenis == jenis
    names = _KEPT if same else ("petunjuk", "pasangan")
    item: Row = {name: old[name] for name in names if name in old}
    item |= {"kode": str(row.get("kode") or ""), "jenis": jenis, "teks": str(row.get("teks") or "")}
    item["wajib"] = row.get("wajib") is not False
    for name in ("ringkas", "tujuan"):
        if row.get(name):
            item[name] = str(row[name])
    options = [
        {"kode": letter, "teks": str(row[f"pilihan_{letter}"])} for letter in LETTERS if row.get(f"pilihan_{letter}")
    ]
    if options:
        item["pilihan"] = options
    elif same and "pilihan" in old and before is not None and not _plain_options(before):
        item["pilihan"] = old["pilihan"]
    if jenis in WITH_OPTIONS and "pilihan" not in item:
        item["pilihan"] = []
    if row.get("kunci"):
        item["kunci"] = [part.strip() for part in str(row["kunci"]).replace(";", ",").split(",") if part.strip()]
    if row.get("poin") is not None and (jenis in KEYED or row["poin"]):
        item["poin"] = float(row["poin"])
    if scale := _scale(row, old.get("skala") if same else None):
        item["skala"] = scale
    return item


def _scale(row: Mapping[str, Any], old: Mapping[str, Any] | None) -> Row | None:
    text = str(row.get("skala") or "").replace("\u2013", "-").strip()
    if not text:
        return None
    least, _, most = text.partition("-")
    found: Row = {"balik": bool(old and old.get("balik"))}
    for name, part in (("min", least), ("max", most)):
        if part.strip().lstrip("-").isdecimal():
            found[name] = int(part)
    labels = [part.strip() for part in str(row.get("label") or "").split(";") if part.strip()]
    return found | ({"labels": labels} if labels else {})


def aims_of(text: str) -> list[Row]:
    """Aims from lines of "kode nama"."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [{"kode": line.split()[0].rstrip(":"), "nama": line.partition(" ")[2].strip()} for line in lines]


def where(problem: Problem, data: Mapping[str, Any]) -> str:
    """The place of a mistake in the words of the grid: "Butir s03 / Kunci"."""
    parts = problem.facts
    try:
        item = data["bagian"][int(parts["bagian"]) - 1]["butir"][int(parts["butir"]) - 1]
    except (KeyError, IndexError, ValueError):  # a mistake of the form as a whole
        return t.isian(problem.column) if problem.column else t.INSTRUMEN
    name = parts.get("isian", "")
    shown = f"{t.KOLOM_SUSUN['kode']} {item['kode'] or '-'}"
    return f"{shown} / {t.KOLOM_SUSUN.get(name) or t.isian(name)}" if name else shown


def _columns() -> dict[str, Any]:
    config, titles = st.column_config, t.KOLOM_SUSUN
    columns: dict[str, Any] = {
        "kode": config.TextColumn(titles["kode"], required=True, max_chars=24, width=80, pinned=True),
        "bagian": config.TextColumn(titles["bagian"], max_chars=200, width=120),
        "jenis": config.SelectboxColumn(
            titles["jenis"],
            options=list(ITEM_KINDS),
            required=True,
            format_func=lambda kind: t.JENIS_BUTIR[str(kind)],
            width=150,
        ),
        "teks": config.TextColumn(titles["teks"], required=True, max_chars=2000, width=360),
        "ringkas": config.TextColumn(titles["ringkas"], max_chars=60, width=140),
        "wajib": config.CheckboxColumn(titles["wajib"], default=True, width=70),
        "tujuan": config.TextColumn(titles["tujuan"], max_chars=24, width=100),
        "kunci": config.TextColumn(titles["kunci"], max_chars=60, width=80),
        "poin": config.NumberColumn(titles["poin"], min_value=0, max_value=1000, width=70),
        "skala": config.TextColumn(titles["skala"], max_chars=9, width=80),
        "label": config.TextColumn(titles["label"], max_chars=600, width=200),
    }
    for letter in LETTERS:
        title = t.PILIHAN_KOLOM.format(huruf=letter.upper())
        columns[f"pilihan_{letter}"] = config.TextColumn(title, max_chars=500, width=180)
    return columns


def builder(by: Actor, draft: Mapping[str, Any], jenis_fixed: bool) -> None:
    """The grid of a draft and the fields of its head; checked as a whole, stored when everything is right."""
    base = instruments.form(by, draft["id"])
    prefix = f"susun_{draft['id']}_{draft['versi']}"
    st.caption(t.SUSUN_URAIAN)
    with st.form(prefix, enter_to_submit=False, border=False):
        head: Row = {"judul": entry.text(t.JUDUL_INSTRUMEN, f"{prefix}_judul", base.judul, most=200) or ""}
        st.session_state.setdefault(f"{prefix}_jenis", base.jenis)
        head["jenis"] = st.selectbox(
            t.JENIS_PILIH,
            list(FORM_KINDS),
            None,
            lambda kind: t.JENIS_INSTRUMEN[kind],
            key=f"{prefix}_jenis",
            disabled=jenis_fixed,
        )
        head["pengantar"] = entry.text(t.PENGANTAR, f"{prefix}_pengantar", base.pengantar, most=5000, long=True) or ""
        with st.container(horizontal=True):
            head["acak"] = st.checkbox(t.ACAK, value=base.acak, key=f"{prefix}_acak")
            head["anonim"] = st.checkbox(t.ANONIM_INSTRUMEN, value=base.anonim, key=f"{prefix}_anonim")
        aims = "\n".join(f"{aim.kode} {aim.nama}" for aim in base.tujuan)
        head["tujuan"] = aims_of(entry.text(t.TUJUAN_TEKS, f"{prefix}_tujuan", aims, most=5000, long=True) or "")
        typed = st.data_editor(
            grid_of(base),
            key=f"{prefix}_butir",
            num_rows="dynamic",
            hide_index=True,
            column_config=_columns(),
            alt=t.SUSUN_ALT,
            placeholder="",
        )
        if st.form_submit_button(t.SUSUN_SIMPAN, type="primary", width="stretch"):
            data = mapping_of(head, rows_of(typed), base)
            try:
                found = instruments.check(by, data)
            except InvalidInput as error:
                _show(error, data)
            except PilarError as error:
                show(error)
            else:
                attempt(
                    prefix,
                    lambda token: instruments.save_draft(by, draft["id"], draft["versi"], found, token),
                    t.DRAF_TERSIMPAN,
                )


def _show(error: InvalidInput, data: Mapping[str, Any]) -> None:
    lines = [
        f"- **{feedback.escape(where(p, data))}**: {feedback.escape(str(wording.of_problem(p)))}"
        for p in error.problems
    ]
    st.error("\n".join(lines), title=wording.of_error(error).reason, icon=":material/error:")


def skeleton(title: str, jenis: str) -> Row:
    """The smallest definition of a kind that can be stored: one section with one item to write over."""
    item: Row = {"kode": "b01", "jenis": SCALE, "teks": t.CONTOH_BUTIR, "skala": {"min": 1, "max": 4}}
    if jenis == "prepost":
        options = [{"kode": letter, "teks": t.CONTOH_PILIHAN.format(huruf=letter.upper())} for letter in "abcd"]
        item = {"kode": "b01", "jenis": "pilihan", "teks": t.CONTOH_BUTIR, "pilihan": options, "kunci": ["a"]}
    elif jenis == "rtl":
        item = {"kode": "b01", "jenis": "paragraf", "teks": t.CONTOH_BUTIR}
    section = {"kode": "bagian_1", "judul": t.CONTOH_BAGIAN, "butir": [item]}
    return {"kode": "instrumen", "versi": 1, "judul": title, "jenis": jenis, "bagian": [section]}
