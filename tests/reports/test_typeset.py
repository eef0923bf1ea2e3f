"""Typesetting in a process of its own: the same bytes as inside, nothing kept behind, a failure that says why."""

import json
import resource
from datetime import UTC, datetime

import pytest

from reports import pdf
from reports.model import Column, Paragraph, Report, Table
from reports.typeset import compiled, typeset

MADE = datetime(2026, 6, 1, tzinfo=UTC)


def _report(text: str, rows: int = 0) -> Report:
    listed = Table("daftar", (Column("No."), Column("Nama", 4)), tuple((str(n), f"Nama {n}") for n in range(rows)))
    return Report(("Dinas Sosial",), "Judul", "", (Paragraph(text), listed), "kaki", "{nomor} dari {jumlah}")


def test_the_process_sets_what_this_one_would() -> None:
    data = json.dumps(_report("isi", 3).as_data())
    moment = int(MADE.timestamp())
    assert typeset("layout.typ", data, moment) == compiled("layout.typ", data, moment)


def test_a_character_that_no_font_draws_costs_the_claim_alone() -> None:
    drawn, undrawn = (pdf.render(_report(text), MADE) for text in ("biasa", "\U00012000"))
    assert b"pdfuaid" in drawn and b"pdfuaid" not in undrawn
    assert undrawn.startswith(b"%PDF")


def test_long_lists_leave_nothing_behind() -> None:
    """Inside the server each list of 600 people was kept: ten of them took it from 20 MiB to more than 2 GiB."""
    pdf.render(_report("isi", 300), MADE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for place in range(3):
        pdf.render(_report(f"isi {place}", 300), MADE)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 * 1024  # KiB


def test_a_layout_that_is_wrong_says_so() -> None:
    with pytest.raises(RuntimeError, match="typesetting failed"):
        typeset("layout.typ", "bukan json", 0)
