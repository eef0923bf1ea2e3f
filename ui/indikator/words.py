"""Figures as words: a share never without numerator and denominator, an estimate never without "sekitar"."""

from domain import figures
from services import indicators
from services.indicators import Compared, Figure
from ui.text import indikator as t


def number(figure: Figure, value: float | None) -> str:
    """A value of the figure's indicator in its decimals."""
    share = figure.definition.is_share
    return figures.decimal(value, 1) + "%" if share and value is not None else plain(figure, value)


def plain(figure: Figure, value: float | None) -> str:
    """A value without sign or unit."""
    return figures.decimal(value, 1 if figure.definition.is_share else figure.definition.desimal)


def value(figure: Figure) -> str:
    """The value with its unit, "sekitar" in front of an estimate, a dash for none; small counts of persons stay hidden."""
    if figure.terlindung:
        return t.terlindung(indicators.limits().lindung)
    if figure.nilai is None:
        return figures.MISSING
    told = t.nilai_satuan(number(figure, figure.nilai), figure.satuan)
    return f"{t.SEKITAR} {told}" if figure.sekitar else told


def of_what(figure: Figure) -> str:
    """The line under a value: numerator of denominator for a share, else when it is of."""
    if figure.nilai is None:
        return t.BELUM_ADA if not figure.terlindung else when(figure)
    if figure.definition.is_share and figure.penyebut:
        return figures.out_of(figure.pembilang, figure.penyebut)
    return when(figure)


def when(figure: Figure) -> str:
    """The period and series of what is stated, the date of what is counted."""
    if figure.periode is None:
        return t.PER_TANGGAL.format(tanggal=figures.date_long(figure.tanggal)) if figure.tanggal else figures.MISSING
    told = t.PADA_PERIODE.format(periode=figure.periode)
    return f"{told}, {t.SERI.format(nama=figure.seri)}" if figure.seri else told


def category(figure: Figure) -> str | None:
    """The class a value falls into, with whose class it is."""
    if figure.kategori is None:
        return None
    words = t.KELAS_BPS if figure.definition.kelas == "ipm" else t.KELAS_SPM
    return words.format(nama=figure.kategori)


def signed(figure: Figure, value_: float | None) -> str:
    """A difference with its sign."""
    if value_ is None:
        return figures.MISSING
    sign = "+" if value_ > 0 else "-" if value_ < 0 else ""
    return sign + plain(figure, abs(value_))


def beside(one: Compared) -> str:
    """A region beside the one that was asked about, with its class and the difference."""
    if one.figure.nilai is None:
        return t.TANPA_PEMBANDING.format(nama=one.nama)
    named = f" ({one.figure.kategori})" if one.figure.kategori else ""
    told = number(one.figure, one.figure.nilai)
    return t.SELISIH.format(nama=one.nama, nilai=told, kategori=named, selisih=signed(one.figure, one.selisih))


def goal(figure: Figure) -> str | None:
    """The target with how far it is reached; None without a target."""
    if figure.target is None:
        return None
    reached = figures.decimal(figure.capaian, 1)
    return t.TARGET.format(nilai=number(figure, figure.target), capaian=reached)
