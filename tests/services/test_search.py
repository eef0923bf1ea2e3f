import time
from collections.abc import Callable

import pytest

from domain.errors import NotPermitted
from domain.filters import Filters
from domain.permissions import Actor, Role, Scope
from services import register, search
from tests.register_rows import lks_row, store

Make = Callable[..., Actor]
NAMES = {
    "kasih": "Panti Asuhan Kasih Ibu",
    "mulia": "Yayasan Budi Mulia Sejahtera",
    "cempaka": "LKSA Cempaka Gempita",
    "werdha": "Panti Werdha Sinar Pelita",
    "generik": "Panti Asuhan",
}


@pytest.fixture
def register_of_names(fresh_db: object) -> dict[str, int]:
    ids = store(*[lks_row(nama, "33.71.01") for nama in NAMES.values()], lks_row("Kasih Ibu Bima", "52.72.01"))
    return dict(zip([*NAMES, "jauh"], ids, strict=True))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kasih ibu", "kasih"),
        ("kasi ibu", "kasih"),
        ("ibu kasih", "kasih"),
        ("yayasan kasih ibu", "kasih"),  # called a panti in the register
        ("Panti KASIH-IBU", "kasih"),
        ("kasihibu", "kasih"),
        ("budhi mulya", "mulia"),
        ("ysn. budi mulia", "mulia"),
        ("cempka gempta", "cempaka"),
        ("orsos cempaka", "cempaka"),
        ("sinar plita", "werdha"),
        ("cemp", "cempaka"),
    ],
)
def test_a_misspelt_name_is_found_first(register_of_names: dict[str, int], actor: Make, text: str, first: str) -> None:
    hits = search.search(actor("operator", "33.71"), text)
    assert hits and hits[0].id == register_of_names[first]
    assert register_of_names["jauh"] not in [hit.id for hit in hits]


def test_general_words_alone_find_all_that_are_called_so(register_of_names: dict[str, int], actor: Make) -> None:
    found = [hit.id for hit in search.search(actor("admin"), "panti asuhan")]
    assert set(found) == {register_of_names["kasih"], register_of_names["generik"]}
    assert found[0] == register_of_names["generik"]


def test_the_word_for_its_kind_puts_one_first_and_hides_none(fresh_db: object, actor: Make) -> None:
    yayasan, panti = store(lks_row("Yayasan Melati", "33.71"), lks_row("Panti Asuhan Melati", "33.71"))
    by = actor("admin")
    assert [hit.id for hit in search.search(by, "panti melati")] == [panti, yayasan]
    assert [hit.id for hit in search.search(by, "yayasan melati")] == [yayasan, panti]


def test_codes_and_places_are_known(register_of_names: dict[str, int], actor: Make) -> None:
    by = actor("admin")
    assert [hit.id for hit in search.search(by, "lks-33.71-0002")] == [register_of_names["mulia"]]
    assert [hit.id for hit in search.search(by, "52.72-0001")] == [register_of_names["jauh"]]
    assert [hit.id for hit in search.search(by, "kasih ibu magelang")][0] == register_of_names["kasih"]
    assert [hit.id for hit in search.search(by, "kasih ibu kota bima")][0] == register_of_names["jauh"]


@pytest.mark.parametrize("text", ["", "   ", "zzzxqw vvvw", "'; drop table lks --", "%", "\u202e", "x" * 5000])
def test_nonsense_finds_nothing(register_of_names: dict[str, int], actor: Make, text: str) -> None:
    assert search.search(actor("admin"), text) == []


def test_the_list_takes_its_order_from_the_search_unless_sorted(register_of_names: dict[str, int], actor: Make) -> None:
    by, asked = actor("admin"), Filters(cari="kasih ibu")
    frame, total = register.listing(by, asked)
    assert total == 2 and frame["id"].iloc[0] == register_of_names["kasih"]
    assert register.listing(by, asked, sort="nama")[0]["nama"].tolist() == ["Kasih Ibu Bima", NAMES["kasih"]]
    assert register.summary(by, asked, register.clock.today()).total == 2


def test_a_write_is_seen_by_the_next_search(register_of_names: dict[str, int], actor: Make) -> None:
    by = actor("admin")
    assert search.search(by, "rembulan") == []
    [new] = store(lks_row("Panti Rembulan", "33.71"))
    assert [hit.id for hit in search.search(by, "rembulan")] == [new]


def test_nobody_searches_without_the_permission(fresh_db: object) -> None:
    with pytest.raises(NotPermitted):
        search.search(Actor(1, "uji", "Uji", Role("kosong", frozenset()), Scope(None)), "kasih")


def test_a_search_in_five_thousand_names_is_quick(fresh_db: object, actor: Make) -> None:
    words = ["kasih", "ibu", "mulia", "budi", "sinar", "pelita", "tunas", "bangsa"]
    rows = [
        lks_row(f"Yayasan {words[n % 8]} {words[n // 8 % 8]} {words[n // 64 % 8]} {n}", "33.71") for n in range(5_000)
    ]
    store(*rows)
    by = actor("admin")
    search.search(by, "pelita")  # builds the index
    started = time.perf_counter()
    assert search.search(by, "mulya peltia tunas")
    assert time.perf_counter() - started < 0.3
