"""Every public service that acts for somebody, by every role: refused exactly when the role lacks its permission.

The table is made from the services themselves: a new function that takes `by` and is not written down here fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import services
from domain.errors import NotPermitted
from domain.filters import Filters
from domain.permissions import ROLES, Actor, Permission
from services import audit

P = Permission
# What the functions of a module need, and those that need something else.
_OF_MODULE = {
    "application_doors": P.REVIEW_REGISTRATION,
    "applications": P.REVIEW_REGISTRATION,
    "application_applying": P.REVIEW_REGISTRATION,
    "application_review": P.REVIEW_REGISTRATION,
    "attachments": P.EDIT_REGISTER,
    "changes": P.VIEW_REGISTER,
    "entries": P.VIEW_REGISTER,
    "importing": P.IMPORT_REGISTER,
    "indicators": P.VIEW_REGISTER,
    "indicator_sheet": P.EXPORT_REGISTER,
    "indicator_rows": P.VIEW_REGISTER,
    "indicator_entry": P.EDIT_REGISTER,
    "indicator_import": P.EDIT_REGISTER,
    "keeping": P.EDIT_REGISTER,
    "merging": P.MERGE_LKS,
    "panels": P.VIEW_MEETINGS,
    "needs": P.VIEW_REGISTER,
    "priorities": P.VIEW_REGISTER,
    "peta": P.VIEW_REGISTER,
    "profile": P.VIEW_REGISTER,
    "register": P.VIEW_REGISTER,
    "registration": P.REVIEW_REGISTRATION,
    "samples": P.MANAGE_SAMPLE,
    "search": P.VIEW_REGISTER,
    "accounts": P.MANAGE_USERS,
    "audit": P.VIEW_AUDIT,
    "tabular": P.EXPORT_REGISTER,
    "uploads": P.IMPORT_REGISTER,
    "wall": P.VIEW_MEETINGS,
    "events": P.MANAGE_EVENTS,
    "instruments": P.MANAGE_INSTRUMENTS,
    "answer_import": P.ENTER_ANSWERS,
    "attendance": P.ENTER_ANSWERS,
    "blank_form": P.ENTER_ANSWERS,
    "kiosk": P.ENTER_ANSWERS,
    "live": P.VIEW_EVENTS,
    "followup": P.MANAGE_EVENTS,
    "results": P.VIEW_RESULTS,
    "cards": P.VIEW_EVENTS,
    "bimtek_documents": P.VIEW_RESULTS,
    "bimtek_facts": P.VIEW_EVENTS,
    "roster": P.MANAGE_EVENTS,
    "roster_import": P.MANAGE_EVENTS,
    "roster_links": P.MANAGE_EVENTS,
    "meetings": P.MANAGE_MEETINGS,
    "agenda": P.MANAGE_MEETINGS,
    "attendance_list": P.MANAGE_MEETINGS,
    "decisions": P.MANAGE_MEETINGS,
    "freezing": P.MANAGE_MEETINGS,
    "minutes": P.VIEW_MEETINGS,
    "actions": P.RECORD_ACTIONS,
    "minutes_files": P.MANAGE_MEETINGS,
    "lkks": P.VIEW_LKKS,
    "lkks_keeping": P.MANAGE_LKKS,
    "partnerships": P.MANAGE_LKKS,
    "letters": P.MANAGE_LKKS,
    "programs": P.MANAGE_PROGRAMS,
    "pilar": P.VIEW_REGISTER,
    "identity": P.MANAGE_PROGRAMS,
    "certificates": P.MANAGE_EVENTS,
    "documents": P.EXPORT_REGISTER,
    "document_drafts": P.EXPORT_REGISTER,
}
_OTHERWISE: dict[str, Permission] = {
    "minutes_files.minutes_docx": P.VIEW_MEETINGS,
    "minutes_files.minutes_pdf": P.VIEW_MEETINGS,
    "minutes_files.template": P.VIEW_MEETINGS,
    "minutes_files.template_state": P.VIEW_MEETINGS,
    "applications.reveal": P.REVEAL_PERSONAL,
    "keeping.archive": P.ARCHIVE_LKS,
    "keeping.restore": P.ARCHIVE_LKS,
    "profile.reveal": P.REVEAL_PERSONAL,
    "register.export": P.EXPORT_REGISTER,
    "register.export_rows": P.EXPORT_REGISTER,
    "registration.open_requests": P.VIEW_REGISTER,
    "registration.validity": P.VIEW_REGISTER,
    "events.get": P.VIEW_EVENTS,
    "events.legal_bases": P.VIEW_EVENTS,
    "events.listed": P.VIEW_EVENTS,
    "events.series": P.VIEW_EVENTS,
    "events.years": P.VIEW_EVENTS,
    "instruments.blank": P.VIEW_EVENTS,
    "instruments.get": P.VIEW_EVENTS,
    "instruments.listed": P.VIEW_EVENTS,
    "instruments.preview": P.VIEW_EVENTS,
    "instruments.usable": P.VIEW_EVENTS,
    "instruments.xlsform": P.VIEW_EVENTS,
    "attendance.sessions": P.VIEW_EVENTS,
    "cards.card_sheet": P.MANAGE_EVENTS,
    **dict.fromkeys(
        (f"bimtek_documents.{name}" for name in ("attendance_data", "attendance_pdf", "paper_data", "questions_pdf")),
        P.ENTER_ANSWERS,
    ),
    "bimtek_documents.answer_sheet_pdf": P.ENTER_ANSWERS,
    "roster.counts": P.VIEW_EVENTS,
    "roster.event": P.VIEW_EVENTS,
    "roster.export": P.VIEW_PERSON_RESULTS,
    "roster.people": P.VIEW_PERSON_RESULTS,
    "roster.roster": P.VIEW_PERSON_RESULTS,
    "roster.walk_in": P.ENTER_ANSWERS,
    "followup.afterwards": P.VIEW_RESULTS,
    "followup.plans": P.VIEW_PERSON_RESULTS,
    "live.accept_late": P.MANAGE_EVENTS,
    "live.conflicts": P.VIEW_PERSON_RESULTS,
    "live.definition": P.ENTER_ANSWERS,
    "live.item_counts": P.VIEW_PERSON_RESULTS,
    "live.late": P.VIEW_PERSON_RESULTS,
    "live.reject_late": P.MANAGE_EVENTS,
    "live.reset": P.MANAGE_EVENTS,
    **dict.fromkeys(("meetings.get", "meetings.listed", "meetings.manages", "agenda.offered"), P.VIEW_MEETINGS),
    **dict.fromkeys((f"actions.{name}" for name in ("counts", "get", "history", "listed")), P.VIEW_MEETINGS),
    **dict.fromkeys(("actions.open_actions", "actions.sources", "freezing.snapshot"), P.VIEW_MEETINGS),
    "lkks.reveal": P.REVEAL_PERSONAL,
    "letters.listed": P.VIEW_LKKS,
    "programs.listed": P.VIEW_REGISTER,
    "programs.get": P.VIEW_REGISTER,
    "programs.choices": P.VIEW_REGISTER,
    "pilar.add_version": P.MANAGE_PROGRAMS,
    "identity.shown": P.EXPORT_REGISTER,
    "identity.preview": P.EXPORT_REGISTER,
}
# Everybody's own things, or steps inside a service that was asked for its permission and holds the connection.
_OWN = {"accounts.change_own_password", "downloads.get", "downloads.put"}
_OWN |= {"lkks.own_region", "programs.may_keep", "identity.may_keep"}  # questions about the actor alone
_OWN |= {"jobs.drop", "jobs.look", "jobs.start", "jobs.wait", "roster.changing"}
_OWN |= {f"meeting_store.{name}" for name in ("changing", "own", "require_permission")}
_OWN |= {"snapshots.computed", "snapshots.live", "snapshots.live_item"}
_OWN |= {"application_review.working"}

_VALUES: dict[str, Any] = {
    "filters": Filters(),
    "on": date(2026, 1, 5),
    "since": date(2026, 1, 1),
    "days": 30,
    "path": Path(__file__),
    "reason": "alasan uji",
    "field": "telepon",
    "layer": "provinsi",
    "lks": 1,
    "setting": "dalam",
    "periode": "2025",
    "content": b"",
    "pemilik": "dinas",
}


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for found in pkgutil.iter_modules(services.__path__):
        module = importlib.import_module(f"services.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            if next(iter(inspect.signature(function).parameters), None) == "by":
                yield f"{found.name}.{name}", function


def _needed(name: str) -> Permission | None:
    return _OTHERWISE.get(name) or _OF_MODULE.get(name.partition(".")[0])


SERVICES = {name: function for name, function in _functions() if name not in _OWN}


def _arguments(name: str, function: Callable[..., Any]) -> dict[str, Any]:
    """Something for each argument that has no default; a refusal must come before any of it is looked at."""
    wanted = [p for p in inspect.signature(function).parameters.values() if p.name != "by" and p.default is p.empty]
    values = _VALUES | ({"filters": audit.Filters()} if name.startswith("audit.") else {})
    return {p.name: values.get(p.name, 1 if p.annotation is int else "uji") for p in wanted}


def test_the_table_names_every_service() -> None:
    """A service module without a line here would be one whose permissions nobody has thought about."""
    assert len(SERVICES) >= 60
    assert [name for name in SERVICES if _needed(name) is None] == []
    assert {name for name in _OWN} <= {name for name, _ in _functions()}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", SERVICES)
def test_a_role_without_the_permission_is_refused(
    name: str, role: str, fresh_db: Path, actor: Callable[..., Actor]
) -> None:
    needed = _needed(name)
    assert needed is not None
    by = actor(role, None, 1)
    if by.may(needed):
        return  # the other tests of the service show what it then does
    with pytest.raises(NotPermitted) as refused:
        SERVICES[name](by, **_arguments(name, SERVICES[name]))
    assert refused.value.facts == {"izin": needed.value}


@pytest.mark.parametrize("name", SERVICES)
def test_a_one_time_password_opens_nothing(name: str, fresh_db: Path, actor: Callable[..., Actor]) -> None:
    """Whoever holds a one-time password that somebody else has read aloud may do one thing: replace it."""
    by = replace(actor("admin", None, 1), must_change_password=True)
    with pytest.raises(NotPermitted):
        SERVICES[name](by, **_arguments(name, SERVICES[name]))
