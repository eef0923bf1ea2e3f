"""Colours and the finishing touch of every chart: Indonesian numbers, quiet axes, readable labels."""

from typing import Any

import altair as alt
from altair.utils import schemapi

schemapi.disable_debug_mode()  # each part would be validated as it is made, half the cost of a chart
INK, LABEL, GRID, OUTLINE = "#0E1822", "#3A4754", "#E3E8ED", "#6B7785"
REST = "#A9B4BF"  # "Lainnya", "Belum diisi": always with OUTLINE around it
# A kluster keeps its colour on every screen; whatever is not listed is REST.
KLUSTER = {
    "anak": "#124C82",
    "lansia": "#E4743D",
    "disabilitas": "#1C9487",
    "tuna_sosial": "#913453",
    "napza": "#746218",
    "korban_kekerasan": "#7F6ABD",
}
SEQUENTIAL = [
    "#ECF1F8", "#D0DBEB", "#B2C6E0", "#94B1D4", "#759DC9", "#5489BC", "#2F76AD", "#076298", "#044F7B", "#013C60",
]  # fmt: skip
# Ordered values get a ramp from strong to weak; the last of each axis is "Belum diisi".
AXIS = {
    "hukum": {"berbadan_hukum": "#124C82", "tidak_berbadan_hukum": "#94B1D4", "kosong": "#E3E7EC"},
    "aktif": {
        "aktif": "#0F6B4F",
        "tidak_aktif": "#E4743D",
        "alamat_tidak_ditemukan": "#913453",
        "kosong": "#E3E7EC",
    },
    "tumbuh": {
        "mandiri": "#013C60",
        "berkembang": "#2F76AD",
        "tumbuh": "#94B1D4",
        "embrio": "#D0DBEB",
        "kosong": "#F3F6F9",
    },
    "daftar": {"terdaftar": "#124C82", "belum_terdaftar": "#94B1D4", "dicabut": "#913453", "kosong": "#E3E7EC"},
    "akreditasi": {
        "A": "#013C60",
        "B": "#2F76AD",
        "C": "#94B1D4",
        "tidak_layak": "#E4743D",
        "belum": "#D0DBEB",
        "kosong": "#F3F6F9",
    },
}
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
LOCALE: dict[str, Any] = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]},
    "time": {
        "dateTime": "%A, %e %B %Y %X",
        "date": "%d/%m/%Y",
        "time": "%H.%M.%S",
        "periods": ["AM", "PM"],
        "days": ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
        "shortDays": ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
        "months": MONTHS,
        "shortMonths": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    },
}
FONT = "'Source Sans', 'Source Sans 3', sans-serif"


def finish(chart: Any) -> Any:
    """The chart with Pilar's configuration; called last, on the outermost chart, because only there Vega-Lite reads it."""
    words: dict[str, Any] = {"labelFont": FONT, "titleFont": FONT, "labelColor": LABEL, "titleColor": LABEL}
    return chart.configure(
        locale=LOCALE,
        background="transparent",
        font=FONT,
        axis=alt.AxisConfig(
            **words,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight=400,
            gridColor=GRID,
            domain=False,
            ticks=False,
            labelPadding=6,
        ),
        legend=alt.LegendConfig(**words, labelFontSize=13, titleFontSize=13, titleFontWeight=600, symbolStrokeWidth=1),
        text=alt.MarkConfig(fill=INK, font=FONT, fontSize=13),
        view=alt.ViewConfig(stroke=None),
    )


def as_spec(chart: Any) -> dict[str, Any]:
    """The finished chart as the plain specification that screens draw and cache."""
    # The shape is checked once, in the tests (to_dict() validates there); at run time that costs more than the chart.
    return dict(finish(chart).to_dict(validate=False))
