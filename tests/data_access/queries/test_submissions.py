"""Reads of the participant's door: one link, one code, one person; nothing of the neighbour."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert

from data_access import engine, secrets
from data_access.commands import submissions as commands
from data_access.queries import submissions as queries
from data_access.tables_bimtek import kehadiran
from tests import bimtek_rows
from tests.bimtek_rows import STORED, Stored


def submission(event: Stored, person: int | None, key: str, **more: object) -> dict[str, object]:
    return {
        "formulir_id": event.forms["pre"], "peserta_id": person, "kunci": key, "sidik_isi": "x", "jawaban": {},
        "keadaan": "terhitung", "diterima_pada": STORED, "cara": "ponsel",
    } | more  # fmt: skip


def test_links_codes_and_keys(fresh_db: Path) -> None:
    event, other = bimtek_rows.store_event(), bimtek_rows.store_event()
    first, second = event.people[:2]
    with engine.writing() as connection:
        commands.add(connection, [submission(event, first, "k1", keadaan="revisi"), submission(event, first, "k2")])
        commands.add(connection, [submission(event, second, "k3", keadaan="menunggu", terlambat=True)])
        connection.execute(
            insert(kehadiran).values(sesi_id=event.sessions[0], peserta_id=first, cara="pindai", pada=STORED)
        )
    with engine.reading() as connection:
        links = [event.link, event.links["pre"], other.links["post"], "XXXXXX"]
        assert queries.forms(connection, links).keys() == {event.links["pre"], other.links["post"]}
        assert queries.events(connection, links).keys() == {event.link}
        assert [row["fase"] for row in queries.forms_of(connection, event.event_id)] == [
            "pre",
            "post",
            "penyelenggaraan",
        ]
        marks = [secrets.fingerprint(event.codes[0]), secrets.fingerprint(other.codes[1])]
        found = queries.people(connection, marks, [event.people[2]])
        assert {row["id"] for row in found} == {first, other.people[1], event.people[2]}
        assert queries.people(connection, [], []) == []
        assert {k: row["revisi"] for k, row in queries.by_key(connection, ["k1", "k2", "k3", "k4"]).items()} == {
            "k1": False, "k2": True, "k3": False,
        }  # fmt: skip
        sent = queries.sent(connection, [event.forms["pre"]], event.people)
        ids = queries.ids_by_key(connection, ["k2", "k3"])
        assert sent == {(event.forms["pre"], first): (2, ids["k2"]), (event.forms["pre"], second): (1, None)}
        assert queries.receipts(connection, first, [event.forms["pre"]])[event.forms["pre"]]["kunci"] == "k2"
        today = queries.sessions_on(connection, event.event_id, STORED.date(), first)
        assert [(row["materi"], row["hadir"]) for row in today] == [("Materi hari 1", STORED)]
        assert queries.sessions_on(connection, event.event_id, STORED.date(), second)[0]["hadir"] is None
        sealed = queries.sealed_code(connection, first)
        assert sealed is not None and secrets.unseal(sealed) == event.codes[0]
        assert queries.sealed_code(connection, 999_999) is None
        assert len(queries.definitions(connection, [1, 2, 999])) == 2


def test_failures_are_counted_by_address_and_kind(fresh_db: Path) -> None:
    def wrong(address: str, tried: bool, minutes: int) -> dict[str, object]:
        return {"alamat": address, "tautan": "ABCDEF", "dicoba": tried, "pada": STORED - timedelta(minutes=minutes)}

    with engine.writing() as connection:
        listed = [wrong("a", True, 0), wrong("a", False, 0), wrong("a", False, 0), wrong("b", False, 5)]
        commands.note_failures(connection, listed, STORED - timedelta(hours=1))
    with engine.reading() as connection:
        found = queries.failures(connection, STORED - timedelta(minutes=1))
    assert found == {("a", True): 1, ("a", False): 2}
