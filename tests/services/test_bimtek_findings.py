"""What the papers conclude and advise: worked out by hand, by fixed rules, and nothing where nothing stands out."""

from collections.abc import Callable
from pathlib import Path

from domain.permissions import Actor
from services import bimtek_findings as findings
from services import results
from tests.bimtek_random import filled
from tests.bimtek_rows import SATISFACTION, TEST, Stored, store_event
from tests.services.test_results import answer, letters

ActorOf = Callable[..., Actor]


def _event(pre: dict[int, str], post: dict[int, str], people: int) -> Stored:
    roster = [(f"Peserta {chr(65 + place)}", "lks", "LKS Melati") for place in range(people)]
    made = store_event(people=roster, phases={"pre": TEST, "post": TEST, "kepuasan": SATISFACTION})
    for phase, every in (("pre", pre), ("post", post)):
        for person, text in every.items():
            answer(made, phase, person, letters(text))
    return made


def test_what_six_people_come_to(fresh_db: Path, actor: ActorOf) -> None:
    """Six rise from 25 to 75; items 1 and 3 are of "teknis", 2 and 4 of "daring"; nobody was right in item 4."""
    made = _event(dict.fromkeys(range(6), "baaa"), dict.fromkeys(range(6), "bbba"), 6)
    found = results.results(actor("pelatih", "33.71"), made.event_id)
    said = findings.conclusions(found)
    assert said[:2] == [
        "Semua 6 peserta naik 50,0 poin.",
        "Hanya 6 peserta: angka dapat berubah banyak bila peserta bertambah.",
    ]
    advised = findings.advice(found)
    assert (
        "Perkuat materi Pendaftaran daring: rata-rata post-test 50,0, terendah di antara tujuan pelatihan." in advised
    )
    assert "Bahas kembali Soal 4: pada post-test masih sukar bagi peserta." in advised
    test = findings.test(found)
    assert test is not None
    assert [row[:4] for row in test["soal"]] == [
        ["Soal 1", "Pertanyaan 1?", "6 dari 6", "6 dari 6"],
        ["Soal 2", "Pertanyaan 2?", "0 dari 6", "6 dari 6"],
        ["Soal 3", "Pertanyaan 3?", "0 dari 6", "6 dari 6"],
        ["Soal 4", "Pertanyaan 4?", "0 dari 6", "0 dari 6"],
    ]
    assert [row[:4] for row in test["tujuan"]] == [
        ["Kemampuan teknis", "6", "50,0", "100,0"],
        ["Pendaftaran daring", "6", "0,0", "50,0"],
    ]


def test_the_lowest_unsur_is_named_from_five_answers_on(fresh_db: Path, actor: ActorOf) -> None:
    made, by = _event({}, {}, 6), actor("pelatih", "33.71")
    wanted = "Perbaiki unsur terendah pada Evaluasi uji: Pelayanan panitia (3,00 dari 4)."
    for place in range(4):
        answer(made, "kepuasan", None, {"S1": 3}, kunci=f"puas-{place}")
    assert wanted not in findings.advice(results.results(by, made.event_id))
    answer(made, "kepuasan", None, {"S1": 3}, kunci="puas-5")
    assert wanted in findings.advice(results.results(by, made.event_id))


def test_nobody_answered_so_nothing_is_concluded(fresh_db: Path, actor: ActorOf) -> None:
    made = store_event(people=[])
    found = results.results(actor("pelatih", "33.71"), made.event_id)
    assert findings.test(found) is None and findings.conclusions(found) == [] and findings.advice(found) == []
    assert findings.attendance(found) == [] and findings.competence(found) is None
    assert findings.scores(found, []) == []


def test_scores_of_everybody_of_the_roster_and_of_who_was_struck_after_answering(
    fresh_db: Path, actor: ActorOf
) -> None:
    made = _event({0: "bbaa", 1: "bbbb"}, {0: "bbba", 2: "aaaa"}, 4)
    found = results.results(actor("pelatih", "33.71"), made.event_id)
    roster = [{"id": id} for id in made.people if id != made.people[2]]
    rows = {row["label"]: row for row in findings.scores(found, roster) or []}
    told = {name: (row["pre"], row["post"], row["selisih"], row["gain"], row["lulus"]) for name, row in rows.items()}
    assert told == {
        "Peserta A": (50.0, 75.0, 25.0, 0.5, True),
        "Peserta B": (100.0, None, None, None, None),
        "Peserta D": (None, None, None, None, None),
        "Peserta C": (None, 0.0, None, None, False),
    }
    cells = findings.score_cells(findings.scores(found, roster) or [])
    assert cells[0] == ["1", "Peserta A", "LKS", "LKS Melati", "50,0", "75,0", "25,0", "0,50", "ya"]
    assert cells[1][4:] == ["100,0", "-", "-", "-", "-"]


def test_groups_of_fewer_than_five_are_closed_to_those_who_may_see_no_names(fresh_db: Path, actor: ActorOf) -> None:
    made = filled(2, 14)
    named = findings.test(results.results(actor("pelatih", "33.71"), made.event_id))
    closed = findings.test(results.results(actor("kepala_dinas", "33.71"), made.event_id))
    assert named is not None and closed is not None
    small = [row for row in named["asal"] if int(row[1]) < 5]
    assert small and closed["asal_tutup"] == len(small)
    assert closed["asal"] == [row for row in named["asal"] if int(row[1]) >= 5]
