"""A report as data, and what text may be in any document."""

import pytest

from reports.model import BREAK, Heading, Paragraph, Report, Table, breakable, lengths, plain


def test_a_report_is_plain_data_in_which_every_block_says_what_it_is() -> None:
    blocks = (Heading("Satu"), Paragraph("isi"), Table("daftar", (), ()))
    found = Report(("kop",), "judul", "sub", blocks, "kaki", "{nomor}").as_data()
    assert [block["jenis"] for block in found["isi"]] == ["Heading", "Paragraph", "Table"]
    assert found["isi"][0] == {"jenis": "Heading", "teks": "Satu", "tingkat": 1}
    assert found["kop"] == ("kop",) and found["tanda"] == ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, ""),
        (12, "12"),
        (" a\r\nb\rc ", "a\nb\nc"),
        ("a\x00\x1b\ud800b\ufffe", "ab"),
        ("x\u202ey\u2066z", "xyz"),
        ("e\u0301", "é"),
        ("=1+1 #$ {{ x }}", "=1+1 #$ {{ x }}"),
        ("مؤسسة", "مؤسسة"),
    ],
)
def test_text_is_kept_as_typed_but_for_what_no_document_may_hold(given: object, kept: str) -> None:
    assert plain(given) == kept


def test_only_words_that_are_too_long_can_be_broken() -> None:
    assert breakable("pendek panjangsekali", 8) == "pendek " + BREAK.join("panjangsekali")
    assert breakable("pas delapan", 7) == "pas delapan"
    assert breakable("delapan!", 7).replace(BREAK, "") == "delapan!"


def test_a_word_is_not_broken_inside_a_character() -> None:
    assert breakable("a\u0323b", 1) == "a\u0323" + BREAK + "b"
    assert breakable("👩\u200d👧x", 1) == "👩\u200d👧" + BREAK + "x"


def test_bars_are_shares_of_the_longest() -> None:
    assert lengths([5, 10, 0, -3]) == [0.5, 1.0, 0.0, 0.0]
    assert lengths([0, 0]) == [0.0, 0.0] and lengths([]) == []
