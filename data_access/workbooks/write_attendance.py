"""The attendance list as a workbook to print and sign: A4, one sheet per session, columns as offices use them."""

import io
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from data_access.assets import ASSETS
from data_access.workbooks.table import clean, sheet_name

_WIDTHS = (5, 28, 5, 20, 28, 16, 22, 10)
_ROW_HEIGHT = 26  # room for a signature
_A4 = 9


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The fixed words of the list (assets/teks/daftar_hadir.toml)."""
    return tomllib.loads((ASSETS / "teks" / "daftar_hadir.toml").read_text(encoding="utf-8"))


def attendance_workbook(event: Mapping[str, Any], sheets: Sequence[Mapping[str, Any]]) -> bytes:
    """An .xlsx with one sheet per session: tanggal, mulai, selesai, materi, jp, narasumber (names), orang (rows).

    A person's row: nama, kelamin, jabatan, instansi, telepon, hadir ("09.31" or ""); the signature stays empty.
    """
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as book:
        styles = {
            "judul": book.add_format({"bold": True, "font_size": 14}),
            "label": book.add_format({"bold": True}),
            "isi": book.add_format({"quote_prefix": True}),
            "kepala": book.add_format(
                {"bold": True, "border": 1, "bg_color": "#E8EEF4", "text_wrap": True, "align": "center"}
            ),
            "sel": book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True, "quote_prefix": True}),
            "tengah": book.add_format({"border": 1, "valign": "vcenter", "align": "center"}),
        }
        for number, held in enumerate(sheets, 1):
            sheet = book.add_worksheet(sheet_name(f"{number} {held['tanggal']:%d-%m} {held['materi']}"))
            _sheet(sheet, event, held, styles)
    return output.getvalue()


def _day(day: date) -> str:
    names = words()
    return f"{names['nama_hari'][day.weekday()]}, {day.day} {names['nama_bulan'][day.month - 1]} {day.year}"


def _sheet(sheet: Worksheet, event: Mapping[str, Any], held: Mapping[str, Any], styles: Mapping[str, Any]) -> None:
    w = words()
    title = f"{w['judul']} · {w['contoh']}" if event["contoh"] else w["judul"]
    sheet.write_string(0, 0, title, styles["judul"])
    hours = " - ".join(part for part in (held["mulai"], held["selesai"]) if part)
    zone = f" {event['zona']}" if hours else ""
    about = {
        "kegiatan": event["judul"],
        "penyelenggara": event["penyelenggara"],
        "tempat": event["tempat"] or "-",
        "hari": _day(held["tanggal"]),
        "waktu": f"{hours}{zone}" or "-",
        "materi": held["materi"],
        "narasumber": ", ".join(held["narasumber"]) or "-",
        "jp": f"{held['jp']:g}".replace(".", ","),
    }
    row = 1
    for name, text in about.items():
        sheet.write_string(row, 0, w[name], styles["label"])
        sheet.write_string(row, 2, clean(str(text)), styles["isi"])
        row += 1
    row += 1
    sheet.repeat_rows(row)
    for column, name in enumerate(w["kolom"]):
        sheet.write_string(row, column, name, styles["kepala"])
        sheet.set_column(column, column, _WIDTHS[column])
    people = [*held["orang"], *[{}] * int(w["baris_kosong"])]  # empty rows for those who come unannounced
    for number, person in enumerate(people, 1):
        at = row + number
        sheet.set_row(at, _ROW_HEIGHT)
        sheet.write_number(at, 0, number, styles["tengah"])
        for column, name in enumerate(("nama", "kelamin", "jabatan", "instansi", "telepon"), 1):
            sheet.write_string(at, column, clean(str(person.get(name) or "")), styles["sel"])
        sheet.write_blank(at, 6, None, styles["sel"])
        sheet.write_string(at, 7, person.get("hadir") or "", styles["tengah"])
    sheet.freeze_panes(row + 1, 2)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{w['petugas']}: ........................&R{w['halaman']}")
