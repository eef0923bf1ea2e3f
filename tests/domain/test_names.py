"""Which names are the same institution, and what of a name a search insists on."""

import pytest

from domain.names import name_key, search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yayasan Kasih Ibu", "YAYASAN  KASIH   IBU"),
        ("Ysn. Kasih Ibu", "Yayasan Kasih Ibu"),
        ("Yay Kasih Ibu", "yys. kasih ibu"),
        ("PA Al-Hikmah", "Panti Asuhan Al Hikmah"),
        ("Panti Wreda Sejahtera", "PW Sejahtera"),
        ("Lembaga Kesejahteraan Sosial Anak Mawar", "LKSA Mawar"),
        ("Lembaga Kesejahteraan Sosial Mawar", "LKS Mawar"),
        ("Nurul ’Ain", "Nurul 'Ain"),
        ("Nurul 'Ain", "Nurul Ain"),
        ("Café Kasih", "Cafe\u0301 Kasih"),
        ("Panti (Putra) Mulia", "Panti Putra Mulia"),
    ],
)
def test_the_same_name_has_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Panti Asuhan Mawar", "Panti Asuhan Melati"),
        ("LKSA Mawar", "LKS Mawar"),
        ("Panti Asuhan Mawar 1", "Panti Asuhan Mawar 2"),
        ("Yayasan 幸福", "Yayasan 平和"),
        ("幸福", "平和"),
        ("Organisasi Sosialita", "Orsos Ita"),
        ("Lembaga Kesejahteraan Sosial Anakku", "LKSA ku"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    """A key that left out foreign letters made two institutions of one "Yayasan"; one import then overwrote the other."""
    assert name_key(one) != name_key(other)


def test_the_key_is_exact() -> None:
    assert name_key("  Yys. AL-IKHLAS (Putri) ") == "yayasan al ikhlas putri"
    assert name_key("Lembaga Kesejahteraan Sosial Anak Mawar") == "lksa mawar"
    assert name_key("---") == "---"


@pytest.mark.parametrize(
    ("nama", "key"),
    [
        ("Panti Asuhan Yayasan Kasih Ibu", "kasih ibu"),
        ("Panti Asuhan", "panti asuhan"),
        ("Orsos Melati Putih", "melati putih"),
        ("LKS-LU Senja", "senja"),
    ],
)
def test_a_search_goes_by_the_telling_words(nama: str, key: str) -> None:
    assert search_key(nama) == key
