"""Bodies sent to the participant's door, read with limits: form-encoded fields or one JSON object."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers

from domain.errors import InvalidInput, Problem

LIMIT, MOST_FIELDS, DEEPEST = 65_536, 1_000, 5
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
_LONGEST = 300  # characters of a field that is no answer


@dataclass(frozen=True)
class Body:
    """What was sent: fields that are no answers as single texts, and the answers in the shape that they came in."""

    values: Mapping[str, Any]
    shape: str

    def text(self, name: str) -> str | None:
        """A field that is no answer; None when it is absent, empty, or no short text."""
        value = self.values.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        return value if isinstance(value, str) and 0 < len(value.strip()) and len(value) <= _LONGEST else None


def _broken(code: str = "isian_rusak") -> InvalidInput:
    return InvalidInput([Problem("", "", code)])


def kind(headers: Headers) -> str | None:
    """The media type of the body when it is one of the two that are read."""
    name = headers.get("content-type", "").partition(";")[0].strip().lower()
    return name if name in (FORM, JSON) else None


def read(media_type: str, body: bytes) -> Body:
    """The body's fields; InvalidInput when it is no such body, or has too many fields or levels."""
    return Body(_form(body), "medan") if media_type == FORM else Body(_json(body), "json")


def _form(body: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError as error:  # too many fields, or bytes that no browser sends unescaped
        raise _broken() from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _constant(text: str) -> None:
    raise ValueError(text)  # NaN and Infinity are not JSON


def _json(body: bytes) -> dict[str, Any]:
    try:
        # RecursionError: more levels than the reader has; ValueError: no JSON, no UTF-8, a number of 5,000 digits
        found = json.loads(body, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise _broken() from error
    if not isinstance(found, dict):
        raise _broken()
    _measure(found)
    return found


def _measure(value: Any) -> None:
    """Refuses an object with too many values or levels."""
    level, count = [value], 0
    for _ in range(DEEPEST):
        deeper: list[Any] = []
        for part in level:
            inner = part.values() if isinstance(part, dict) else part
            count += len(inner)
            deeper += [one for one in inner if isinstance(one, dict | list)]
        if count > MOST_FIELDS:
            raise _broken()
        if not deeper:
            return
        level = deeper
    raise _broken()
