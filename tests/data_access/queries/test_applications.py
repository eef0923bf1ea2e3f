"""Reads of the door: each answers for one key, ticket or link, and the limits count what they say."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from data_access import secrets
from data_access.engine import reading, writing
from data_access.queries import applications as queries
from data_access.tables_pengajuan import pengajuan
from domain.permissions import Scope
from services import clock
from tests.application_rows import ADDRESS, hand_in, jpeg, new_key, upload


def test_an_application_is_found_by_key_ticket_and_id_alone(fresh_db: Path) -> None:
    mine, other = hand_in(), hand_in(nama="Panti Lain")
    with reading() as connection:
        found = queries.by_key(connection, mine.kunci)
        assert found is not None and found["id"] == mine.id != other.id
        assert queries.by_ticket(connection, secrets.fingerprint(mine.ticket)) == found
        assert queries.by_id(connection, mine.id) == found
        assert queries.by_key(connection, new_key()) is None
        assert queries.by_ticket(connection, mine.ticket) is None
        assert queries.fields(connection, mine.id)["nama"]["nilai"] == "Panti Asuhan Kasih Uji"
        assert [step["status"] for step in queries.steps(connection, mine.id)] == ["diterima"]
        assert queries.request(connection, None) is None and queries.conflicts(connection, mine.id) == set()
        assert queries.of_lks(connection, 1) == []


def test_bytes_are_counted_by_address_time_and_whether_somebody_looked(fresh_db: Path) -> None:
    ack, now = hand_in(), clock.now()
    content = jpeg(20, 20)
    upload(ack.kunci, content)
    upload(new_key(), content, "npwp")
    day = timedelta(days=1)
    with reading() as connection:
        assert queries.bytes_from(connection, ADDRESS, now - day) == 2 * len(content)
        assert queries.bytes_from(connection, ADDRESS, now + day) == 0
        assert queries.bytes_from(connection, "lain", now - day) == 0
        assert queries.bytes_unseen(connection, now - day) == 2 * len(content)
        assert len(queries.orphans(connection, now + day)) == 1 and queries.orphans(connection, now - day) == []
        assert [row["syarat"] for row in queries.files(connection, ack.kunci)] == ["akta"]
        assert queries.known_paper(connection, "akta") and not queries.known_paper(connection, "foto_ketua")
    with writing() as connection:
        connection.execute(update(pengajuan).values(status="diperiksa"))
    with reading() as connection:
        assert queries.bytes_unseen(connection, now - day) == len(content)
        assert len(list(queries.file_keys(connection))) == 2


def test_links_of_nobody_are_none(fresh_db: Path) -> None:
    with reading() as connection:
        assert queries.link(connection, 1) is None and queries.link_by_mark(connection, "x") is None
        assert queries.links(connection, Scope(None), 1) == []
        assert queries.noted(connection, "tiket", ADDRESS, clock.now()) == (0, 0)
