"""Which row is the header and which column is which item: by id and text only; what is merely alike is proposed."""

from domain.forms import parsing
from domain.forms.definition import Form
from domain.impor import responses
from tests.bimtek_rows import TEST

FORM = parsing.from_mapping(TEST)
MATRIX = parsing.from_mapping(
    {
        "kode": "m", "versi": 1, "judul": "M", "jenis": "lain",
        "bagian": [{"kode": "A", "judul": "A", "butir": [
            {"kode": "M", "jenis": "matriks", "teks": "Nilailah", "skala": {"min": 1, "max": 4},
             "baris": [{"kode": "x", "teks": "Materi"}, {"kode": "y", "teks": "Ruang"}]},
            {"kode": "A1", "jenis": "teks", "teks": "Saran"}, {"kode": "A2", "jenis": "teks", "teks": "Saran"},
        ]}],
    }
)  # fmt: skip


def targets(headers: list[str], form: Form = FORM) -> list[tuple[str | None, str | None]]:
    return [(p.target, p.how) for p in responses.propose(headers, form)]


def test_ids_and_texts_are_taken_alike_ones_only_proposed() -> None:
    found = targets(
        ["Cap waktu", "Nama Lengkap *", "Kode peserta", "p1", "2. Pertanyaan 2?", "butir.P3", "Pertanyan 4"]
    )
    assert found == [
        (None, None), ("nama", "teks"), ("kode", "teks"), ("butir.P1", "kode"), ("butir.P2", "teks"),
        ("butir.P3", "kode"), ("butir.P4", "mirip"),
    ]  # fmt: skip


def test_no_item_is_taken_by_two_columns_and_no_ambiguous_text_by_itself() -> None:
    assert targets(["P1", "Pertanyaan 1?", ""]) == [("butir.P1", "kode"), (None, None), (None, None)]
    assert targets(["Saran", "A2"], MATRIX) == [(None, None), ("butir.A2", "kode")]
    assert targets(["Nilailah [Materi]", "m.y", "Nilailah"], MATRIX)[:2] == [
        ("butir.M.x", "teks"),
        ("butir.M.y", "kode"),
    ]


def test_the_header_stands_below_title_rows() -> None:
    rows = [
        ("Hasil Google Form",),
        (),
        ("Cap waktu", "Nama", "Pertanyaan 1?"),
        ("22/05", "A", "b"),
        (None, " "),
        (1, "B"),
    ]
    table = responses.find_table("Lembar1", rows, FORM)
    assert table is not None and (table.header_row, table.headers) == (3, ("Cap waktu", "Nama", "Pertanyaan 1?"))
    assert [number for number, _ in table.rows] == [4, 6]
    assert responses.pick(table, table.rows[1][1], {1: "nama", 2: "butir.P1"}) == ("", "B", {"P1": None})
    assert responses.find_table("Kosong", [("x", "y"), (1, 2)], FORM) is None
