"""The five sample events as the articles published them, and nothing invented that is not marked."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.engine import reading
from data_access.tables_bimtek import formulir, kegiatan, kiriman, peserta
from domain.permissions import Actor
from services import results, samples


def _events() -> dict[str, dict[str, object]]:
    with reading() as connection:
        return {row["judul"]: dict(row) for row in connection.execute(select(kegiatan)).mappings()}


@pytest.mark.parametrize(
    ("words", "begins", "ends", "people", "organiser"),
    [
        ("Magelang", date(2020, 2, 13), date(2020, 2, 13), 22, "dinas"),
        ("Sulawesi Barat", date(2017, 3, 8), date(2017, 3, 8), 40, "dinas"),
        ("Bima", date(2017, 9, 11), date(2017, 9, 11), 30, "dinas"),
        ("Kalimantan Tengah", date(2019, 7, 22), date(2019, 7, 24), None, "dinas"),
        ("Sumatera Barat", date(2025, 5, 22), date(2025, 5, 23), None, "lkks"),
    ],
)
def test_each_event_stands_as_published(
    words: str, begins: date, ends: date, people: int | None, organiser: str,
    seeded_db: Path, actor: Callable[..., Actor],
) -> None:  # fmt: skip
    event = next(row for title, row in _events().items() if words in title)
    assert (event["mulai"], event["selesai"], event["penyelenggara_jenis"]) == (begins, ends, organiser)
    assert event["contoh"] and event["sumber"]
    found = results.results(actor("admin"), int(str(event["id"])))
    if people is not None:
        assert found.counts.people == people
    else:
        assert "tidak diberitakan" in str(event["catatan"])


def test_magelang_is_22_people_from_11_lks(seeded_db: Path, actor: Callable[..., Actor]) -> None:
    event = next(row for title, row in _events().items() if "Magelang" in title)
    counts = results.results(actor("admin"), int(str(event["id"]))).counts
    assert (counts.people, counts.lks, counts.institutions) == (22, 11, 11)


def test_kalteng_has_its_pre_test_on_day_one_and_its_post_test_on_day_three(seeded_db: Path) -> None:
    event = next(row for title, row in _events().items() if "Kalimantan" in title)
    with reading() as connection:
        query = (
            select(formulir.c.fase, kiriman.c.diterima_pada)
            .join(kiriman, kiriman.c.formulir_id == formulir.c.id)
            .where(formulir.c.kegiatan_id == event["id"], formulir.c.fase.in_(("pre", "post")))
        )
        days = {(phase, at.date()) for phase, at in connection.execute(query)}
    assert days == {("pre", date(2019, 7, 22)), ("post", date(2019, 7, 24))}


def test_nobody_is_named_and_everybody_is_marked(seeded_db: Path) -> None:
    with reading() as connection:
        names = list(connection.execute(select(peserta.c.nama, peserta.c.contoh)))
    assert len(names) > 100
    assert all("contoh" in name and sample for name, sample in names)


def test_some_people_have_one_side_only_as_in_every_real_room(seeded_db: Path, actor: Callable[..., Actor]) -> None:
    kinds: Counter[str] = Counter()
    for event in _events().values():
        found = results.results(actor("admin"), int(str(event["id"])))
        assert found.knowledge is not None
        assert found.knowledge.pairs.n >= 15
        kinds.update(one.side for one in found.unpaired)
    assert kinds["pre"] and kinds["post"]


def test_taking_the_samples_out_leaves_no_event_behind(seeded_db: Path, actor: Callable[..., Actor]) -> None:
    samples.remove(actor("admin"))
    assert _events() == {}
    with reading() as connection:
        assert connection.execute(select(peserta.c.id)).all() == []
        assert connection.execute(select(kiriman.c.id)).all() == []
