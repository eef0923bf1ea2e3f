"""Region codes: form, level, parents, and names as screens print them."""

import pytest

from domain.wilayah import dotted, is_kode, jenis_of, level, lineage, parent, short_name


@pytest.mark.parametrize(
    ("digits", "kode"),
    [("33", "33"), ("3371", "33.71"), ("337101", "33.71.01"), ("3371011001", "33.71.01.1001"), ("33.71", "33.71")],
)
def test_digits_become_dotted(digits: str, kode: str) -> None:
    assert dotted(digits) == kode
    assert is_kode(kode)


@pytest.mark.parametrize("digits", ["", "3", "337", "33710", "33710110", "ab", "²²", "٣٣", "-3"])
def test_other_digits_are_no_code(digits: str) -> None:
    with pytest.raises(ValueError):
        dotted(digits)


@pytest.mark.parametrize("text", ["3371", "33.7", "33.71.", "33.71.1", "33.71.01.100", "33.71\n", "٣٣", "33,71", ""])
def test_other_text_is_no_code(text: str) -> None:
    assert not is_kode(text)


def test_levels_and_parents() -> None:
    codes = [None, "33", "33.71", "33.71.01", "33.71.01.1001"]
    assert [level(kode) for kode in codes] == ["nasional", "provinsi", "kabkota", "kecamatan", "desa"]
    assert [parent(kode) for kode in codes if kode] == [None, "33", "33.71", "33.71.01"]
    assert lineage(None) == []
    assert lineage("33.71.01") == ["33", "33.71", "33.71.01"]


@pytest.mark.parametrize(
    ("kode", "jenis"),
    [
        ("33.01", "kabupaten"),
        ("33.29", "kabupaten"),
        ("33.71", "kota"),
        ("33.69", "kabupaten"),
        ("33", "provinsi"),
        ("33.71.01", "kecamatan"),
    ],
)
def test_the_digits_tell_the_kind(kode: str, jenis: str) -> None:
    assert jenis_of(kode) == jenis


@pytest.mark.parametrize(
    ("jenis", "nama", "shown"),
    [
        ("kabupaten", "Sleman", "Kab. Sleman"),
        ("kabupaten", "Kabupaten Sleman", "Kab. Sleman"),
        ("kota", "Magelang", "Kota Magelang"),
        ("kota", "Kota Magelang", "Kota Magelang"),
        ("kecamatan", "Raba", "Kec. Raba"),
        ("provinsi", "Jawa Tengah", "Jawa Tengah"),
    ],
)
def test_names_as_printed(jenis: str, nama: str, shown: str) -> None:
    assert short_name(jenis, nama) == shown
