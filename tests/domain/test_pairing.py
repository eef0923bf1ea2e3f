"""Who is joined with whom, which submission counts, and what is only proposed."""

import pytest

from domain.pairing import FIRST, LAST, Pairing, Submission, near_matches, pair


def sub(person: str | None, phase: str, order: int = 1, percent: float = 50, complete: bool = True) -> Submission:
    return Submission(person, phase, order, percent, complete)


def counted(found: Pairing) -> list[tuple[str, float, float]]:
    return [(one.person, one.pre.percent, one.post.percent) for one in found.pairs]


def test_ids_match_after_trimming_and_case_only() -> None:
    found = pair([sub("P01 ", "pre"), sub(" p01", "post", percent=70), sub("P-02", "pre"), sub("P02", "post")])
    assert counted(found) == [("P01", 50, 70)]
    assert [one.person for one in found.only_pre] == ["P-02"]
    assert [one.person for one in found.only_post] == ["P02"]
    assert found.union == 3


def test_first_complete_pre_and_last_complete_post() -> None:
    found = pair(
        [
            sub("A", "pre", 1, 10, complete=False), sub("A", "pre", 2, 20), sub("A", "pre", 3, 30),
            sub("A", "post", 6, 80, complete=False), sub("A", "post", 4, 60), sub("A", "post", 5, 70),
        ]
    )  # fmt: skip
    assert counted(found) == [("A", 20, 70)]
    assert (found.ignored_pre, found.ignored_post) == (2, 2)


@pytest.mark.parametrize(
    ("pre_rule", "post_rule", "wanted"), [(FIRST, FIRST, (10, 60)), (LAST, LAST, (20, 70)), (LAST, FIRST, (20, 60))]
)
def test_the_rule_is_a_setting_of_the_event(pre_rule: str, post_rule: str, wanted: tuple[float, float]) -> None:
    made = [sub("A", "pre", 2, 20), sub("A", "pre", 1, 10), sub("A", "post", 3, 60), sub("A", "post", 4, 70)]
    assert counted(pair(made, pre_rule, post_rule)) == [("A", *wanted)]


def test_partial_submissions_count_where_there_is_no_complete_one() -> None:
    found = pair([sub("A", "pre", 1, 10, False), sub("A", "pre", 2, 20, False), sub("A", "post", 3, 60, False)])
    assert counted(found) == [("A", 10, 60)]
    assert found.ignored_pre == 1


def test_other_phases_are_not_looked_at() -> None:
    found = pair([sub("A", "pre"), sub("A", "post"), sub("A", "kepuasan"), sub("B", "pasca3")])
    assert len(found.pairs) == 1 and not found.only_pre and not found.only_post


def test_anonymous_submissions_are_never_joined() -> None:
    found = pair([sub(None, "pre"), sub(" ", "pre"), sub(None, "post")])
    assert found.anonymous and not found.pairs
    assert (len(found.pre), len(found.post), found.union) == (2, 1, 0)
    one_side = pair([sub("A", "pre"), sub(None, "post")])
    assert one_side.anonymous
    assert not pair([sub("A", "pre"), sub("A", "post"), sub(None, "post")]).anonymous
    assert not pair([]).anonymous


@pytest.mark.parametrize(
    ("before", "after", "distance"),
    [
        ("Siti Contoh", "Siti Contho", 1),
        ("P01", "P-1", 0),
        ("P 07", "P07", 0),
        ("P1O", "P10", 0),
        ("KX7M2PQA", "KX7M2PQB", 1),
        ("337101001", "337101010", 1),
    ],
)
def test_near_ids_are_proposed(before: str, after: str, distance: int) -> None:
    found = near_matches(pair([sub(before, "pre"), sub(after, "post"), sub("Orang Lain", "post")]))
    assert [(one.pre, one.post, one.distance) for one in found] == [(before, after, distance)]


@pytest.mark.parametrize(("before", "after"), [("P01", "P02"), ("P1", "P10"), ("Andi", "Budi"), ("A", "B")])
def test_other_people_are_not(before: str, after: str) -> None:
    found = pair([sub(before, "pre"), sub(after, "post")])
    assert not found.pairs
    assert (len(found.only_pre), len(found.only_post)) == (1, 1)
    assert near_matches(found) == ()
