"""Which statements a request asks for, as SQL that walks indexes only: one arm for each way in which a statement can match.

Every arm is ordered by id and cut before it meets the others; a condition that must not choose an index says `+ 0`, and a join whose left
side must come first says CROSS (SQLite keeps that order). Both engines.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections

from xingtan.foundation.db import BEATS

from .keys import ACTIVITY, AGENT, RELATED_ACTIVITY, RELATED_AGENT, VERB, VOIDED_KEY, identity, key_of
from .states import Sender

STATEMENTS, MENTIONS, VOIDINGS = "statements_statement", "statements_mention", "statements_voiding"
COLUMNS = "s.id, s.content, s.credential_id, s.teacher_id"


class Wanted(NamedTuple):
    """The filters of a request. `since` (later than) and `until` (not later than) are epoch microseconds of `stored`."""

    agent: str | None = None
    verb: str | None = None
    activity: str | None = None
    registration: UUID | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: int | None = None
    until: int | None = None
    ascending: bool = False
    limit: int = 100


class Row(NamedTuple):
    """A statement that was found: when it was stored, its text, who wrote it and whom it is about."""

    id: int
    content: str
    credential_id: int
    teacher_id: int | None


class Sql(NamedTuple):
    """A condition with its values."""

    text: str
    params: tuple[Any, ...] = ()


def as_uuid(value: UUID) -> Any:  # noqa: ANN401 -- what the engine takes for a UUID
    """The value as the engine's column holds it."""
    return value.hex if connections[BEATS].vendor == "sqlite" else value


def not_voided(alias: str = "s") -> Sql:
    """The statement stands: nothing of its provider voids it, or it voids another itself."""
    voided = f"EXISTS (SELECT 1 FROM {VOIDINGS} v WHERE v.target = {alias}.statement_id AND v.provider_id = {alias}.provider_id)"  # noqa: S608 -- our own names
    return Sql(f"({alias}.verb_key = {VOIDED_KEY} OR NOT {voided})")


def mentioned(alias: str, keys: list[int]) -> str:
    """The statement is found by one of these keys."""
    return f"EXISTS (SELECT 1 FROM {MENTIONS} m WHERE m.seq = {alias}.id AND m.key IN ({', '.join(map(str, keys))}))"  # noqa: S608 -- whole numbers


class Filters:
    """The conditions of one request, as the arms need them."""

    def __init__(self, sender: Sender, wanted: Wanted) -> None:
        self.sender = sender
        self.wanted = wanted
        self.agent_key = key_of(AGENT, wanted.agent) if wanted.agent is not None else None
        self.agent_keys = self._agent_keys()
        self.activity_key = key_of(ACTIVITY, wanted.activity) if wanted.activity is not None else None
        related = wanted.activity is not None and wanted.related_activities
        self.activity_keys = [key_of(RELATED_ACTIVITY, wanted.activity or "")] if related else []
        self.verb_key = key_of(VERB, wanted.verb) if wanted.verb is not None else None
        self.is_of_authority = wanted.related_agents and wanted.agent is not None and wanted.agent == identity(sender.authority)

    def _agent_keys(self) -> list[int]:
        if self.wanted.agent is None:
            return []
        kinds = (AGENT, RELATED_AGENT) if self.wanted.related_agents else (AGENT,)
        return [key_of(kind, self.wanted.agent) for kind in kinds]

    @property
    def are_there(self) -> bool:
        """True when the request filters by anything but time."""
        asked = (None if self.is_of_authority else self.agent_key, self.activity_key, self.verb_key, self.wanted.registration)
        return any(one is not None for one in asked)

    def owned(self, alias: str) -> list[Sql]:
        """What the sender may read at all; every index that an arm walks begins with the provider."""
        sender = self.sender
        found = [Sql(f"{alias}.provider_id = %s", (sender.provider_id,))]
        if sender.teacher_id is not None:
            found.append(Sql(f"{alias}.teacher_id = %s", (sender.teacher_id,)))
        if sender.registration is not None:
            found.append(Sql(f"{alias}.registration = %s", (as_uuid(sender.registration),)))
        if sender.credential_id and not sender.reads_projects:
            found.append(Sql(f"{alias}.credential_id = %s", (sender.credential_id,)))
        return found

    def matching(self, alias: str, *, without: str = "") -> list[Sql]:
        """The request's filters but the one that already drives the arm."""
        found = []
        if self.agent_key is not None and without != "agent" and not self.is_of_authority:
            found.append(Sql(f"({alias}.actor_key + 0 = {self.agent_key} OR {mentioned(alias, self.agent_keys)})"))
        if self.activity_key is not None and without != "activity":
            direct = f"{alias}.activity_key + 0 = {self.activity_key}"
            found.append(Sql(f"({direct} OR {mentioned(alias, self.activity_keys)})" if self.activity_keys else f"({direct})"))
        if self.verb_key is not None and without != "verb":
            found.append(Sql(f"{alias}.verb_key + 0 = {self.verb_key}"))
        if self.wanted.registration is not None and without != "registration":
            found.append(Sql(f"{alias}.registration = %s", (as_uuid(self.wanted.registration),)))
        return found

    def window(self, column: str) -> list[Sql]:
        """The time that was asked for."""
        found = []
        if self.wanted.since is not None:
            found.append(Sql(f"{column} > %s", (self.wanted.since,)))
        if self.wanted.until is not None:
            found.append(Sql(f"{column} <= %s", (self.wanted.until,)))
        return found


def arms(filters: Filters) -> list[Sql]:
    """The ways in which a statement can match by itself, each ordered and cut."""
    if filters.agent_key is not None and not filters.is_of_authority:
        return [_direct(filters, "agent", f"s.actor_key = {filters.agent_key}"), *_by_mention(filters, "agent", filters.agent_keys)]
    if filters.wanted.registration is not None:
        return [_direct(filters, "registration", "s.registration = %s", as_uuid(filters.wanted.registration))]
    if filters.activity_key is not None:
        direct = _direct(filters, "activity", f"s.activity_key = {filters.activity_key}")
        return [direct, *_by_mention(filters, "activity", filters.activity_keys)]
    if filters.verb_key is not None:
        return [_direct(filters, "verb", f"s.verb_key = {filters.verb_key}")]
    return [_direct(filters, "", "1 = 1")]


def _direct(filters: Filters, without: str, driver: str, *params: object) -> Sql:
    conditions = [Sql(driver, params), *filters.owned("s"), *filters.matching("s", without=without)]
    return _arm(f"{STATEMENTS} s", [*conditions, *filters.window("s.id"), not_voided()], "s.id", filters.wanted)


def _by_mention(filters: Filters, without: str, keys: list[int]) -> list[Sql]:
    """An arm for each key: with two keys at once the index would give no order."""
    rest = [*filters.owned("s"), *filters.matching("s", without=without), *filters.window("m.seq"), not_voided()]
    source = f"{MENTIONS} m CROSS JOIN {STATEMENTS} s"
    return [_arm(source, [Sql(f"m.key = {key} AND s.id = m.seq"), *rest], "m.seq", filters.wanted) for key in keys]


def references(filters: Filters) -> Sql:
    """Statements whose target matches, or whose target's target does: by reference they match as well (part two, 2.4.4.3; 4.1.6.1)."""
    target = [*filters.owned("t"), *filters.matching("t")]
    text = (
        f"WITH RECURSIVE refs AS (SELECT r.id, r.statement_id, r.refers_to FROM {STATEMENTS} r "  # noqa: S608 -- our own names
        "WHERE r.provider_id = %s AND r.refers_to IS NOT NULL), "
        f"matched AS (SELECT r.id, r.statement_id FROM refs r CROSS JOIN {STATEMENTS} t WHERE t.statement_id = r.refers_to "
        f"AND {_all(target).text} UNION SELECT r.id, r.statement_id FROM refs r JOIN matched m ON r.refers_to = m.statement_id) "
    )
    shown = _all([*filters.owned("s"), *filters.window("s.id"), not_voided()])
    order = "" if filters.wanted.ascending else " DESC"
    text += f"SELECT {COLUMNS} FROM matched m CROSS JOIN {STATEMENTS} s WHERE s.id = m.id AND {shown.text} ORDER BY s.id{order} LIMIT %s"  # noqa: S608 -- our own names
    return Sql(text, (filters.sender.provider_id, *_all(target).params, *shown.params, filters.wanted.limit))


def _arm(source: str, conditions: list[Sql], column: str, wanted: Wanted) -> Sql:
    where = _all(conditions)
    order = "" if wanted.ascending else " DESC"
    text = f"SELECT {COLUMNS} FROM {source} WHERE {where.text} ORDER BY {column}{order} LIMIT %s"  # noqa: S608 -- our own names
    return Sql(text, (*where.params, wanted.limit))


def _all(conditions: list[Sql]) -> Sql:
    return Sql(" AND ".join(one.text for one in conditions), tuple(value for one in conditions for value in one.params))
