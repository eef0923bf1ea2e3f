"""What lists and trails may show of a person: the tail of a number, nothing of the rest."""

from domain.lks import FIELDS
from domain.personal import PERSONAL, mask, masked


def test_numbers_keep_their_tail_and_texts_nothing() -> None:
    assert mask("ketua_nik", "3371010101900001") == "************0001"
    assert mask("ketua_telepon", "+6281234567890") == "**********7890"
    assert mask("bank_rekening", "1234") == "****"
    assert mask("ketua_alamat", "Jl. Mawar 1") == "****"
    assert mask("pengisi_email", "contoh@contoh.test") == "****"


def test_nothing_stays_nothing() -> None:
    assert (mask("ketua_nik", None), mask("ketua_nik", "")) == (None, None)


def test_only_personal_fields_are_masked() -> None:
    record = {"nama": "Panti Contoh", "telepon": "+62293000001", "ketua_telepon": "+6281234567890", "binaan_dalam": 0}
    assert masked(record) == record | {"ketua_telepon": "**********7890"}


def test_every_personal_field_is_a_field() -> None:
    assert set(PERSONAL) <= set(FIELDS)
