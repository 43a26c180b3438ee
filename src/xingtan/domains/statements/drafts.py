"""A checked statement made ready to be stored: its text, and what it will be found by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from xingtan.foundation.db import uuid7

from .keys import ACTIVITY, AGENT, RELATED_ACTIVITY, RELATED_AGENT, VERB, VOIDED_KEY, identity, key_of
from .reading import ENCODER
from .states import Sender


class Definition(NamedTuple):
    """What a statement says of an activity."""

    key: int
    iri: str
    text: bytes


class Draft(NamedTuple):
    """A statement without its place in the store: `head` is its JSON without the last brace, `stored` and perhaps `timestamp`."""

    given_id: str
    statement_id: str
    is_named: bool
    provider_id: int
    credential_id: int
    teacher_id: int | None
    actor_key: int | None
    verb_key: int
    activity_key: int | None
    registration: str | None
    refers_to: str | None
    head: bytes
    is_timed: bool
    mentions: tuple[int, ...]
    definitions: tuple[Definition, ...]

    @property
    def voids(self) -> str | None:
        """The id of the statement that it voids."""
        return self.refers_to if self.verb_key == VOIDED_KEY else None

    def content(self, stamp: str) -> bytes:
        """The whole text, once it is known when it is stored."""
        timed = b"" if self.is_timed else b'","timestamp":"' + stamp.encode()
        return self.head + b',"stored":"' + stamp.encode() + timed + b'"}'


def draft(statement: dict[str, Any], sender: Sender, teacher_ids: Mapping[str, int]) -> Draft:
    """The checked and tidied statement as this sender's draft."""
    named = "id" in statement
    given = statement.setdefault("id", "") or str(uuid7())
    statement["id"] = given
    actor, what, context = statement["actor"], statement["object"], statement.get("context", {})
    direct, related = set(_members(actor)), set(_around(context))
    activity_key = refers_to = None
    kind = what.get("objectType", "Activity")
    if kind == "Activity":
        activity_key = key_of(ACTIVITY, what["id"])
    elif kind == "StatementRef":
        refers_to = _hex(what["id"])
    elif kind == "SubStatement":
        related.update(_within(what))
    else:
        direct.update(_people(what))
    who = identity(actor)
    direct.discard(who or "")
    return Draft(
        given_id=given,
        statement_id=_hex(given),
        is_named=named,
        provider_id=sender.provider_id,
        credential_id=sender.credential_id,
        teacher_id=teacher_ids.get(own_account(actor)),
        actor_key=key_of(AGENT, who) if who else None,
        verb_key=key_of(VERB, statement["verb"]["id"]),
        activity_key=activity_key,
        registration=_hex(context["registration"]) if "registration" in context else None,
        refers_to=refers_to,
        head=ENCODER.encode(statement)[:-1] + b',"authority":' + ENCODER.encode(sender.authority),
        is_timed="timestamp" in statement,
        mentions=_mentions(direct, related - {(AGENT, who), (ACTIVITY, what.get("id"))}),
        definitions=tuple(_definitions(what, context)),
    )


def own_account(actor: Mapping[str, Any]) -> str:
    """The name of the actor's account on this site; "" for everybody else."""
    account = actor.get("account")
    if account is None or actor.get("objectType") == "Group":
        return ""
    name: str = account["name"]
    return name if account["homePage"].rstrip("/") == settings.PUBLIC_URL else ""


def _hex(uuid: str) -> str:
    return uuid.replace("-", "").lower()


def dashed(hexadecimal: str) -> str:
    """A UUID in its standard form."""
    return str(UUID(hexadecimal))


def _members(actor: Mapping[str, Any]) -> Iterator[str]:
    """Identities of a group's members."""
    return (who for member in actor.get("member", ()) if (who := identity(member)))


def _people(agent: Mapping[str, Any]) -> Iterator[str]:
    """Identities of an agent or group and its members."""
    if who := identity(agent):
        yield who
    yield from _members(agent)


def _around(context: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The agents and activities of a context, each with its kind."""
    agents = [context[name] for name in ("instructor", "team") if name in context]
    agents += [one["agent"] for one in context.get("contextAgents", ())]
    agents += [one["group"] for one in context.get("contextGroups", ())]
    for agent in agents:
        for who in _people(agent):
            yield AGENT, who
    for activities in context.get("contextActivities", {}).values():
        for activity in activities:
            yield ACTIVITY, activity["id"]


def _within(substatement: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The agents and activities of a SubStatement, each with its kind."""
    what = substatement["object"]
    kind = what.get("objectType", "Activity")
    if kind == "Activity":
        yield ACTIVITY, what["id"]
    for agent in (substatement["actor"], what) if kind in ("Agent", "Group") else (substatement["actor"],):
        for who in _people(agent):
            yield AGENT, who
    yield from _around(substatement.get("context", {}))


def _mentions(direct: set[str], related: set[tuple[str, str]]) -> tuple[int, ...]:
    keys = [key_of(AGENT, who) for who in direct]
    keys += [
        key_of(RELATED_AGENT if kind == AGENT else RELATED_ACTIVITY, value)
        for kind, value in related
        if kind != AGENT or value not in direct
    ]
    return tuple(keys)


def _definitions(what: Mapping[str, Any], context: Mapping[str, Any]) -> Iterator[Definition]:
    """What the statement says of its object and of the activities around it."""
    for activities in ((what,), *context.get("contextActivities", {}).values()):
        for activity in activities:
            if "definition" in activity:
                iri = activity["id"]
                yield Definition(key_of(ACTIVITY, iri), iri, ENCODER.encode(activity["definition"]))
