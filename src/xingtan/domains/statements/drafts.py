"""A checked statement made ready to be stored: its text, and what it will be found by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from xingtan.core.xapi import ENCODER
from xingtan.foundation.db import uuid7

from .keys import ACTIVITY, AGENT, RELATED_ACTIVITY, RELATED_AGENT, VERB, VOIDED_KEY, identity, key_of
from .states import Sender


class Definition(NamedTuple):
    """What a statement says of an activity."""

    key: int
    iri: str
    said: dict[str, Any]


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


def drafts(statements: Iterable[dict[str, Any]], sender: Sender, teacher_ids: Mapping[str, int]) -> tuple[Draft, ...]:
    """The checked and tidied statements as this sender's drafts."""
    authority = b',"authority":' + ENCODER.encode(sender.authority)
    return tuple([_draft(one, sender, authority, teacher_ids) for one in statements])


def _draft(statement: dict[str, Any], sender: Sender, authority: bytes, teacher_ids: Mapping[str, int]) -> Draft:
    is_named = "id" in statement
    if not is_named:
        statement["id"] = str(uuid7())
    actor, what, context = statement["actor"], statement["object"], statement.get("context")
    who, found = identity(actor), Found()
    found.members(actor)
    activity_key, refers_to = found.object(what)
    if context is not None:
        found.context(context)
    return Draft(
        given_id=statement["id"],
        statement_id=_hex(statement["id"]),
        is_named=is_named,
        provider_id=sender.provider_id,
        credential_id=sender.credential_id,
        teacher_id=teacher_ids.get(own_account(actor)) if teacher_ids else None,
        actor_key=key_of(AGENT, who) if who else None,
        verb_key=key_of(VERB, statement["verb"]["id"]),
        activity_key=activity_key,
        registration=_hex(context["registration"]) if context and "registration" in context else None,
        refers_to=refers_to,
        head=ENCODER.encode(statement)[:-1] + authority,
        is_timed="timestamp" in statement,
        mentions=found.mentions(who, what.get("id")),
        definitions=tuple(found.definitions),
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


class Found:
    """What else a statement is found by: direct agents, and agents and activities that are merely related; and what it defines."""

    __slots__ = ("activities", "agents", "definitions", "direct")

    def __init__(self) -> None:
        self.direct: list[str] = []
        self.agents: list[str] = []
        self.activities: list[str] = []
        self.definitions: list[Definition] = []

    def members(self, actor: Mapping[str, Any]) -> None:
        """A group is found by its members too."""
        if "member" in actor:
            self.direct += [who for member in actor["member"] if (who := identity(member))]

    def object(self, what: Mapping[str, Any]) -> tuple[int | None, str | None]:
        """The key of an object that is an activity, or the id of a statement that it refers to."""
        kind = what.get("objectType", "Activity")
        if kind == "Activity":
            self._define(what)
            return key_of(ACTIVITY, what["id"]), None
        if kind == "StatementRef":
            return None, _hex(what["id"])
        if kind == "SubStatement":
            self._substatement(what)
        else:
            self.direct += _people(what)
        return None, None

    def context(self, context: Mapping[str, Any]) -> None:
        """Whom and what a context names."""
        for name in ("instructor", "team"):
            if name in context:
                self.agents += _people(context[name])
        for one in context.get("contextAgents", ()):
            self.agents += _people(one["agent"])
        for one in context.get("contextGroups", ()):
            self.agents += _people(one["group"])
        for activities in context.get("contextActivities", EMPTY).values():
            for activity in activities:
                self.activities.append(activity["id"])
                self._define(activity)

    def mentions(self, actor: str | None, object_id: str | None) -> tuple[int, ...]:
        """The keys, each once, without those that stand in the statement's own columns."""
        keys = {key_of(RELATED_ACTIVITY, one) for one in self.activities if one != object_id}
        if self.direct or self.agents:
            direct = set(self.direct) - {actor}
            keys.update(key_of(AGENT, who) for who in direct if who)
            keys.update(key_of(RELATED_AGENT, who) for who in self.agents if who != actor and who not in direct)
        return tuple(keys)

    def _define(self, activity: Mapping[str, Any]) -> None:
        if "definition" in activity:
            iri = activity["id"]
            self.definitions.append(Definition(key_of(ACTIVITY, iri), iri, activity["definition"]))

    def _substatement(self, substatement: Mapping[str, Any]) -> None:
        what = substatement["object"]
        kind = what.get("objectType", "Activity")
        self.agents += _people(substatement["actor"])
        if kind == "Activity":
            self.activities.append(what["id"])
            self._define(what)
        elif kind != "StatementRef":
            self.agents += _people(what)
        self.context(substatement.get("context", EMPTY))


EMPTY: Mapping[str, Any] = {}


def _people(agent: Mapping[str, Any]) -> list[str]:
    """Identities of an agent or group and its members."""
    return [who for one in (agent, *agent.get("member", ())) if (who := identity(one))]
