"""Names of people made comparable, kinds of institutions guessed from their words, institutions counted apart."""

from typing import Any

import pytest

from domain.roster import Counts, count, guess_kind, institutions, person_key


@pytest.mark.parametrize(
    ("nama", "key"),
    [
        ("H. Contoh Satu, S.Sos, M.Si", "contoh satu"),
        ("CONTOH SATU", "contoh satu"),
        ("Dwi Contoh S.Sos MPSSp", "dwi contoh"),
        ("Prof. Dr. Contoh Dua", "contoh dua"),
        ("Ibu Contoh", "contoh"),
        ("Contoh Si", "contoh si"),  # a last name, not a degree
        ("M. Contoh Tiga", "m contoh tiga"),
        ("Drs.", "drs"),
        ("Nur'aini Contoh", "nur aini contoh"),
        ("", ""),
    ],
)
def test_titles_and_degrees_do_not_make_another_person(nama: str, key: str) -> None:
    assert person_key(nama) == key


@pytest.mark.parametrize(
    ("instansi", "kind"),
    [
        ("LKS Melati", ("lks", True)),
        ("LKSA Harapan", ("lks", True)),
        ("Panti Asuhan Dinas Bersama", ("lks", True)),
        ("Yys. Kasih Ibu", ("lks", True)),
        ("LKKS Kota Contoh", ("lkks", True)),
        ("Lembaga Koordinasi Kesejahteraan Sosial", ("lkks", True)),
        ("Dinas Sosial Kab. Contoh", ("dinas", True)),
        ("Dinsos P3A", ("dinas", True)),
        ("UPTD Panti Sosial Dinas Sosial", ("dinas", True)),
        ("Puskesmas Contoh", ("lain", False)),
        ("Lembaga Adat", ("lain", False)),
        ("", ("lain", False)),
        (None, ("lain", False)),
    ],
)
def test_the_words_of_an_institution_tell_its_kind(instansi: str | None, kind: tuple[str, bool]) -> None:
    assert guess_kind(instansi) == kind


def row(number: int, instansi: str | None, **more: Any) -> dict[str, Any]:
    base = {"id": number, "instansi": instansi, "kabkota_kode": None, "lks_id": None, "aktif": True, "jenis": "lks"}
    return base | {"kelamin": None, "di_tempat": False, "lks_nama": None, "lks_kabkota": None} | more


def test_a_linked_lks_is_one_institution_however_it_is_written() -> None:
    rows = [
        row(1, "Panti Melati", lks_id=7, lks_nama="Panti Asuhan Melati", lks_kabkota="33.71"),
        row(2, "PA Melati"),  # as the register has it
        row(3, "panti  melati", kabkota_kode="33.71"),  # as the linked row has it
        row(4, "Panti Melati", kabkota_kode="33.72"),  # another city's
        row(5, None),
    ]
    found = institutions(rows)
    assert found[1] == found[2] == found[3] == 7
    assert found[4] != 7 and 5 not in found


def test_one_name_in_two_regions_is_two_institutions() -> None:
    rows = [row(1, "LKS Harapan", kabkota_kode="33.71"), row(2, "LKS Harapan", kabkota_kode="33.72")]
    assert len(set(institutions(rows).values())) == 2
    assert len(set(institutions([*rows, row(3, "LKS Harapan")]).values())) == 3  # nobody knows which of the two
    one = [rows[0], row(3, "LKS Harapan")]
    assert len(set(institutions(one).values())) == 1


def test_only_those_who_take_part_count() -> None:
    rows = [
        row(1, "LKS A", kelamin="P"),
        row(2, "LKS A", kelamin="L", di_tempat=True),
        row(3, "LKS B", aktif=False),
        row(4, "LKKS", jenis="lkks"),
    ]
    by_kind = {"lks": (2, 1), "lkks": (1, 1)}
    assert count(rows) == Counts(3, 2, by_kind, women=1, men=1, walk_ins=1, without_institution=0)
    assert count([]) == Counts(0, 0, {}, 0, 0, 0, 0)
