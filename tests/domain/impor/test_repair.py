"""Each kind of damaged cell: the exact value it becomes, what is listed, or the code it is refused with."""

from datetime import date, datetime

import phonenumbers
import pytest

from domain.impor import repair

TODAY = date(2026, 11, 21)


def codes(found: repair.Outcome) -> list[str]:
    return [step.code for step in found.steps]


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        ("  Panti \t Asuhan\u00a0Contoh ", "Panti Asuhan Contoh", ["spasi"]),
        ("Panti\x00Contoh", "PantiContoh", ["karakter_kendali"]),
        ("Panti \u202eContoh\u202c", "Panti Contoh", ["karakter_tersembunyi"]),
        ("Panti \u200bContoh", "Panti Contoh", ["karakter_tersembunyi"]),
        ("Andre\u0301", "André", ["bentuk_unicode"]),
        ("AndrÃ©", "André", ["huruf_rusak"]),
        ("Al-Amin â€“ Bima", "Al-Amin – Bima", ["huruf_rusak"]),
        ("Juâ€™at", "Ju’at", ["huruf_rusak"]),
        ("â€œContohâ€\x9d", "“Contoh”", ["huruf_rusak"]),
        ("AndrÃƒÂ©", "André", ["huruf_rusak"]),
        ("AndrÃ© — ok", "André — ok", ["huruf_rusak"]),
        ("Contoh_x000D_\nBaris", "Contoh Baris", ["kode_xml", "spasi"]),
        ("Panti 🏠 Contoh", "Panti 🏠 Contoh", []),
        ("São Tomé Ã", "São Tomé Ã", []),
        ("Robert'); DROP TABLE lks;--", "Robert'); DROP TABLE lks;--", []),
        (12.0, "12", []),
        (7, "7", []),
    ],
)
def test_text(cell: repair.Cell, value: str, listed: list[str]) -> None:
    found = repair.clean_text(cell)
    assert (found.value, codes(found), found.refused) == (value, listed, None)


@pytest.mark.parametrize("cell", ["-", "n/a", "NULL", "–", "(kosong)", "N.A."])
def test_words_for_empty_are_listed(cell: str) -> None:
    found = repair.clean_text(cell)
    assert found.value is None
    assert codes(found) == ["dianggap_kosong"]


@pytest.mark.parametrize("cell", [None, "", "   ", "\u00a0"])
def test_blank_cells_are_just_blank(cell: repair.Cell) -> None:
    assert repair.clean_text(cell) == repair.Outcome()


def test_error_cells() -> None:
    assert repair.clean_text("#REF!").refused == repair.Note("galat_rumus", {"galat": "#REF!"})
    lookup = repair.clean_text("#N/A")
    assert (lookup.value, lookup.refused, [doubt.code for doubt in lookup.doubts]) == (None, None, ["galat_na"])
    missing = repair.clean_text(repair.FORMULA_WITHOUT_VALUE)
    assert missing.refused == repair.Note("rumus_tanpa_nilai")


def test_a_date_in_a_text_column_is_refused() -> None:
    assert repair.clean_text(date(2024, 5, 12)).refused == repair.Note("teks_jadi_tanggal")


def test_long_markup_and_formula_text() -> None:
    long = repair.read_text("x" * 201, 200)
    assert long.refused is not None
    assert (long.refused.code, long.refused.facts) == ("terlalu_panjang", {"panjang": "201", "batas": "200"})
    for text in ("=HYPERLINK(1)", "+SUM(1)", "-1+1", "@SUM(A1)"):
        found = repair.read_text(text, 200)
        assert (found.value, [doubt.code for doubt in found.doubts]) == (text, ["teks_mirip_rumus"])
    html = repair.read_text("<script>alert(1)</script>", 200)
    assert (html.value, [doubt.code for doubt in html.doubts]) == ("<script>alert(1)</script>", ["teks_mirip_kode"])
    assert repair.read_text("@contoh", 200, formula_doubt=False).doubts == ()


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        (25, 25, []),
        (25.0, 25, []),
        ("25", 25, []),
        ("0", 0, []),
        ("1.234", 1234, ["pemisah_ribuan"]),
        ("12.345", 12345, ["pemisah_ribuan"]),
        ("1,000,000", 1_000_000, ["pemisah_ribuan"]),
        ("1.234,00", 1234, ["angka_indonesia"]),
        ("1,234.00", 1234, ["angka_inggris"]),
        ("12,0", 12, ["angka_indonesia"]),
        ("25 orang", 25, ["satuan_dibuang"]),
        ("Nihil", 0, ["nihil_nol"]),
    ],
)
def test_counts(cell: repair.Cell, value: int, listed: list[str]) -> None:
    found = repair.read_count(cell)
    assert (found.value, codes(found), found.refused) == (value, listed, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.234,5", "bukan_bulat"),
        ("1,234.5", "bukan_bulat"),
        (1.234, "bukan_bulat"),
        ("1,234", "angka_ambigu"),
        ("1.2", "angka_ambigu"),
        ("-5", "angka_negatif"),
        (-5.0, "angka_negatif"),
        ("1.000.001", "angka_terlalu_besar"),
        ("1,2E+03", "angka_ilmiah"),
        ("± 30", "bukan_angka"),
        ("30-40", "bukan_angka"),
        ("banyak", "bukan_angka"),
        (True, "bukan_angka"),
        (float("nan"), "bukan_bulat"),
        (date(2024, 5, 12), "angka_jadi_tanggal"),
    ],
)
def test_counts_refused(cell: repair.Cell, code: str) -> None:
    found = repair.read_count(cell)
    assert found.value is None
    assert found.refused is not None
    assert found.refused.code == code


def test_true_is_not_one_in_the_cache() -> None:
    """lru_cache takes 1, 1.0 and True for one key unless it is typed."""
    assert repair.read_count(1).value == 1
    assert repair.read_count(True).refused is not None


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        (date(2024, 5, 12), date(2024, 5, 12), []),
        (datetime(2024, 5, 12, 8, 30), date(2024, 5, 12), []),  # noqa: DTZ001 - workbooks hold no zone
        ("2024-05-12", date(2024, 5, 12), []),
        ("2024-05-12 00:00:00", date(2024, 5, 12), ["tanggal_teks"]),
        ("12/05/2024", date(2024, 5, 12), ["tanggal_teks"]),
        ("5-12-2024", date(2024, 12, 5), ["tanggal_teks"]),
        ("12 Mei 2024", date(2024, 5, 12), ["tanggal_teks"]),
        ("12 Pebruari 2024", date(2024, 2, 12), ["tanggal_teks"]),
        ("3 Nopember 2019", date(2019, 11, 3), ["tanggal_teks"]),
        ("Senin, 22 Juli 2019", date(2019, 7, 22), ["tanggal_teks"]),
        ("12-Agt-2020", date(2020, 8, 12), ["tanggal_teks"]),
        ("1-5-98", date(1998, 5, 1), ["tahun_dua_angka"]),
        ("1-5-26", date(2026, 5, 1), ["tahun_dua_angka"]),
        ("1-5-27", date(1927, 5, 1), ["tahun_dua_angka"]),
        (45424.0, date(2024, 5, 12), ["tanggal_serial"]),
        ("45424", date(2024, 5, 12), ["tanggal_serial"]),
        (20240512, date(2024, 5, 12), ["tanggal_teks"]),
    ],
)
def test_dates(cell: repair.Cell, value: date, listed: list[str]) -> None:
    found = repair.read_date(cell, TODAY)
    assert (found.value, codes(found), found.refused) == (value, listed, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Mei 2024", "tanggal_tanpa_hari"),
        ("05/2024", "tanggal_tanpa_hari"),
        ("2012", "hanya_tahun"),
        (2012.0, "hanya_tahun"),
        ("31/02/2024", "tanggal_mustahil"),
        ("31-6-2020", "tanggal_mustahil"),
        ("05/13/2024", "tanggal_bulan_dulu"),
        ("12 Foo 2024", "bulan_tidak_dikenal"),
        ("22/11/2026", "tanggal_masa_depan"),
        (date(2030, 1, 1), "tanggal_masa_depan"),
        ("1 Mei 1700", "tanggal_terlalu_lama"),
        ("kemarin", "tanggal_tidak_dikenal"),
        ("2020 s.d. 2024", "tanggal_tidak_dikenal"),
        (30, "tanggal_tidak_dikenal"),
        (-1, "tanggal_tidak_dikenal"),
        (True, "tanggal_tidak_dikenal"),
    ],
)
def test_dates_refused(cell: repair.Cell, code: str) -> None:
    found = repair.read_date(cell, TODAY)
    assert found.value is None
    assert found.refused is not None
    assert found.refused.code == code


def test_expiry_days_may_lie_ahead_but_not_for_ever() -> None:
    assert repair.read_date("31/12/2029", TODAY, future=True).value == date(2029, 12, 31)
    assert repair.read_date("31-12-29", TODAY, future=True).value == date(2029, 12, 31)
    far = repair.read_date("31/12/2099", TODAY, future=True).refused
    assert far is not None
    assert far.code == "tanggal_terlalu_jauh"


def test_serials_of_the_1904_system() -> None:
    assert repair.read_date(43962, TODAY, date1904=True).value == date(2024, 5, 12)


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        ("3371010101900001", "3371010101900001", []),
        ("'3371 0101 0190 0001", "3371010101900001", ["tanda_baca_dibuang"]),
        (3371010101900001, "3371010101900001", []),
        (3371010101900001.0, "3371010101900001", []),
        ("3371010101900010", "3371010101900010", []),
    ],
)
def test_nik(cell: repair.Cell, value: str, listed: list[str]) -> None:
    found = repair.read_nik(cell)
    assert (found.value, codes(found), found.refused) == (value, listed, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (3371010101900000.0, "angka_rusak"),  # Excel's fifteen digits: the last one has become 0
        (9171010101900001.0, "angka_rusak"),  # beyond 2**53
        ("3,37101E+15", "angka_rusak"),
        ("3.37E+15", "angka_rusak"),
        (3.5, "angka_rusak"),
        ("337101010190001", "nik_bukan_16"),
        (337101010190001.0, "nik_bukan_16"),
        ("tidak tahu", "nik_bukan_16"),
    ],
)
def test_nik_refused(cell: repair.Cell, code: str) -> None:
    found = repair.read_nik(cell)
    assert found.value is None
    assert found.refused is not None
    assert found.refused.code == code


def test_nik_with_odd_parts_is_kept_with_a_doubt() -> None:
    known = frozenset({"33"})
    odd_day = repair.read_nik("3371013901900001", known)
    assert (odd_day.value, [doubt.code for doubt in odd_day.doubts]) == ("3371013901900001", ["nik_tanggal_lahir"])
    woman = repair.read_nik("3371014101900001", known)
    assert (woman.value, woman.doubts) == ("3371014101900001", ())
    elsewhere = repair.read_nik("9971010101900001", known)
    assert (elsewhere.value, [doubt.code for doubt in elsewhere.doubts]) == ("9971010101900001", ["nik_wilayah"])


def test_nik_is_masked_in_lists() -> None:
    assert repair.mask_digits("3371010101900001") == "3371********0001"


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        ("0812-3456-7890", "+6281234567890", ["telepon_internasional"]),
        ("+6281234567890", "+6281234567890", []),
        ("6281234567890", "+6281234567890", ["telepon_internasional"]),
        ("+62 (0)812 3456 7890", "+6281234567890", ["telepon_internasional"]),
        ("(0274) 512345", "+62274512345", ["telepon_internasional"]),
        (81234567890.0, "+6281234567890", ["nol_depan"]),
        (6281234567890, "+6281234567890", ["telepon_internasional"]),
        ("81234567890", "+6281234567890", ["nol_depan"]),
        ("HP. 081234567890", "+6281234567890", ["telepon_internasional"]),
    ],
)
def test_phones(cell: repair.Cell, value: str, listed: list[str]) -> None:
    found = repair.read_phone(cell)
    assert (found.value, codes(found), found.refused) == (value, listed, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0812-3456-7890 / 0274-512345", "telepon_ganda"),
        ("8,12E+10", "angka_ilmiah"),
        ("512345", "telepon_tanpa_kode_area"),
        ("tidak punya", "telepon_tidak_dikenal"),
        ("0812", "telepon_tidak_dikenal"),
        (8.5, "angka_rusak"),
    ],
)
def test_phones_refused(cell: repair.Cell, code: str) -> None:
    found = repair.read_phone(cell)
    assert found.value is None
    assert found.refused is not None
    assert found.refused.code == code


@pytest.mark.parametrize(
    ("cell", "value", "listed"),
    [
        (-7.4765, -7.4765, []),
        ("-7.4765", -7.4765, []),
        ("-7,4765", -7.4765, ["koma_desimal"]),
        ("\u22127,4765", -7.4765, ["koma_desimal"]),
        ("7°28'35.4\" LS", -7.4765, ["derajat_menit_detik"]),
        ("110°13′12″ BT", 110.22, ["derajat_menit_detik"]),
        ("7,4765 LS", -7.4765, ["arah_mata_angin"]),
    ],
)
def test_degrees(cell: repair.Cell, value: float, listed: list[str]) -> None:
    found = repair.read_degrees(cell)
    assert (found.value, codes(found), found.refused) == (value, listed, None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (-74765, "koordinat_tanpa_koma"),
        ("-7.476.550", "koordinat_tanpa_koma"),
        ("7°75'00\" LS", "koordinat_tidak_dikenal"),
        ("dekat pasar", "koordinat_tidak_dikenal"),
        ("1,1E+02", "angka_ilmiah"),
    ],
)
def test_degrees_refused(cell: repair.Cell, code: str) -> None:
    found = repair.read_degrees(cell)
    assert found.value is None
    assert found.refused is not None
    assert found.refused.code == code


def test_swapped_coordinates_only_when_certain() -> None:
    assert repair.pair_coordinates(-7.4765, 110.2201) == (-7.4765, 110.2201, False)
    assert repair.pair_coordinates(110.2201, -7.4765) == (-7.4765, 110.2201, True)
    assert repair.pair_coordinates(7.4765, 110.2201) == repair.Note("koordinat_di_luar_indonesia")
    assert repair.pair_coordinates(48.85, 2.35) == repair.Note("koordinat_di_luar_indonesia")


def test_net_addresses_and_npwp() -> None:
    assert repair.read_email("mailto:lks@contoh.or.id").value == "lks@contoh.or.id"
    for wrong in ("a@b", "a b@contoh.id", "a@contoh.id; b@contoh.id"):
        assert repair.read_email(wrong).refused == repair.Note("surel_tidak_sah")
    assert repair.read_site("contoh.or.id").value == "contoh.or.id"
    assert repair.read_site("javascript:alert(1).x").refused == repair.Note("situs_tidak_sah")
    assert repair.read_npwp("01.234.567.8-901.000").value == "01.234.567.8-901.000"
    lost = repair.read_npwp(12345678901000.0).refused
    assert lost is not None
    assert lost.code == "nol_depan_hilang"


def test_the_short_way_for_mobile_numbers_says_what_the_library_says() -> None:
    """phonenumbers took a sixth of an import; the pattern that stands in for it must never be wider or narrower."""
    for start in range(100):
        for length in range(5, 14):
            national = f"8{start:02d}{'2345678901'[: length - 3]}".ljust(length, "7")[:length]
            parsed = phonenumbers.parse("+62" + national, "ID")
            valid = phonenumbers.is_valid_number(parsed)
            mobile = valid and phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
            short = repair._mobile("0" + national, "0" + national, ())
            assert (short is not None) <= valid, national
            assert short is not None or not mobile, national
            for written in (f"0{national}", f"+62{national}", f"62{national}", f"0{national[:3]}-{national[3:]}"):
                found = repair.read_phone(written)
                if valid:
                    assert (found.value, found.doubts) == (f"+62{national}", ()), written


@pytest.mark.parametrize("cell", ["08١٢٣٤٥٦٧٨٩", "0812+3456789", "0812345678x9"])
def test_only_plain_digits_go_the_short_way(cell: str) -> None:
    assert str(repair.read_phone(cell).value or "").isascii()
