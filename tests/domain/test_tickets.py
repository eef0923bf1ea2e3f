"""Tickets: told apart from guesses by their check characters, and forgiving about how they are typed."""

from domain import tickets
from domain.bimtek import ALPHABET

KEY = b"k" * 32


def test_a_ticket_is_known_by_its_own_key_only() -> None:
    made = {tickets.new_ticket(KEY) for _ in range(500)}
    assert len(made) == 500
    for ticket in made:
        assert len(ticket) == tickets.TICKET_LENGTH == 12 and set(ticket) <= set(ALPHABET)
        assert tickets.well_formed(ticket, KEY)
    assert not any(tickets.well_formed(ticket, b"x" * 32) for ticket in list(made)[:50])


def test_one_wrong_letter_is_told_without_a_list() -> None:
    ticket = tickets.new_ticket(KEY)
    others = [
        ticket[:at] + letter + ticket[at + 1 :] for at in range(12) for letter in ALPHABET if letter != ticket[at]
    ]
    assert sum(tickets.well_formed(other, KEY) for other in others) <= 1  # 348 guesses, one in 810,000 passes
    assert not tickets.well_formed(ticket + "A", KEY) and not tickets.well_formed("", KEY)


def test_spaces_dashes_and_small_letters_are_one_ticket() -> None:
    ticket = tickets.new_ticket(KEY)
    shown = tickets.shown_ticket(ticket)
    assert shown == f"{ticket[:4]}-{ticket[4:8]}-{ticket[8:]}"
    assert tickets.clean_ticket(f"  {shown.lower()} ") == ticket
    assert tickets.clean_ticket(shown.replace("-", " – ")) == ticket
