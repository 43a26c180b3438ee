"""Parameters of a request read into values; whatever is not as the standard says is refused with its name."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec

from xingtan.domains.statements import api as statements

from .answers import Problem
from .requests import Request

UUID_TEXT = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
TRUTHS = {"true": True, "false": False}


def only(request: Request, known: Collection[str]) -> None:
    """No parameter is there but these (part three, 3.2; 4.1.5)."""
    for name in request.query:
        if name not in known:
            alike = next((one for one in known if one.lower() == name.lower()), "")
            hint = f" Did you mean `{alike}`?" if alike else f" It takes {', '.join(sorted(known)) or 'none'}."
            raise Problem(400, name[:100] or "query", f"This request has no such parameter.{hint}")


def required(request: Request, name: str) -> str:
    """The parameter's text, which must be there and not empty."""
    if not request.query.get(name):
        raise Problem(400, name, f"The parameter `{name}` is required.")
    return request.query[name]


def uuid_of(request: Request, name: str) -> UUID | None:
    """A UUID, None when it was not sent."""
    text = request.query.get(name)
    if text is None:
        return None
    if not UUID_TEXT.fullmatch(text):
        raise Problem(400, name, f"The parameter `{name}` is a UUID.")
    return UUID(text)


def truth_of(request: Request, name: str) -> bool:
    """True or false; false when it was not sent."""
    text = request.query.get(name, "false")
    if text not in TRUTHS:
        raise Problem(400, name, f"The parameter `{name}` is `true` or `false`.")
    return TRUTHS[text]


def moment_of(request: Request, name: str) -> int | None:
    """Epoch microseconds of a timestamp, None when it was not sent. A `+` that arrived as a space is read as what was meant."""
    text = request.query.get(name)
    if text is None:
        return None
    try:
        zoned = re.sub(r" (\d\d:?\d\d)$", r"+\1", text)
        statements.timestamp(zoned)
        return statements.micros(zoned)
    except ValueError:
        raise Problem(400, name, f"The parameter `{name}` is a timestamp of ISO 8601, as 2026-11-22T08:00:00Z.") from None


def iri_of(request: Request, name: str) -> str | None:
    """An IRI, None when it was not sent."""
    text = request.query.get(name)
    if text is None:
        return None
    try:
        statements.iri(text)
    except statements.Malformed:
        raise Problem(400, name, f"The parameter `{name}` is an IRI with a scheme.") from None
    return text


def agent_of(request: Request, *, may_be_group: bool = False) -> dict[str, Any] | None:
    """The parameter `agent` as an Agent (or a Group with an identifier), None when it was not sent."""
    text = request.query.get("agent")
    if text is None:
        return None
    try:
        found = statements.parsed(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise Problem(400, "agent", "The parameter `agent` is an Agent as JSON.") from None
    try:
        (statements.ACTOR if may_be_group else statements.AGENT)(found)
    except statements.Malformed as wrong:
        raise Problem(400, f"agent{wrong.path.removeprefix('$')}", f"The parameter `agent` is not an Agent: {wrong.why}.") from None
    if statements.identity(found) is None:
        raise Problem(400, "agent", "A group without an identifier cannot be asked for.")
    return dict(found)


def required_agent(request: Request) -> dict[str, Any]:
    """The parameter `agent`, which must be there."""
    required(request, "agent")
    return agent_of(request) or {}


def refuse_reading(request: Request) -> None:
    """Raises 403 for a key that may not read at all."""
    if not (request.sender.may_read or request.sender.reads_projects):
        raise Problem(403, "Authorization", "This key may not read.")
