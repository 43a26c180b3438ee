"""Reading statements: one, or a page of those that match, as far as the sender may see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connections

from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.db import BEATS

from .finding import COLUMNS, STATEMENTS, VOIDINGS, Filters, Row, Sql, Wanted, arms, as_uuid, not_voided, references
from .keys import ACTIVITY, VOIDED_KEY, key_of
from .models import Activity, Attachment
from .states import Sender

Visible = Callable[[Sequence[Row]], list[Row]]
LATEST = (
    f"SELECT (SELECT max(id) FROM {STATEMENTS}), "  # noqa: S608 -- our own name
    f"EXISTS (SELECT 1 FROM {STATEMENTS} WHERE provider_id = %s AND refers_to IS NOT NULL)"
)
# A page that hides most of what it finds stops here; its `more` goes on from the same place.
MOST_PORTIONS = 20


class Found(NamedTuple):
    """A page of statements in the asked order, and behind which one the next page begins (None: there is no more)."""

    rows: list[Row]
    following: int | None


class Standing(NamedTuple):
    """How far the store can be read: up to this moment (epoch microseconds, 0: nothing is there), and whether the provider refers at all."""

    through: int
    has_references: bool


def consistent_through(provider_id: int) -> Standing:
    """Every statement stored up to this moment can be read now.

    Ids are given in the order of commits, so whoever sees one sees all before it.
    """
    with connections[BEATS].cursor() as cursor:
        cursor.execute(LATEST, (provider_id,))
        latest, has_references = cursor.fetchone()
    return Standing(latest or 0, bool(has_references))


def find_statements(sender: Sender, wanted: Wanted, *, has_references: bool = True) -> Found:
    """The statements that match and that the sender may read, `wanted.limit` at most."""
    return find_by(sender, wanted, lambda rows: _visible(sender, rows), has_references=has_references)


def find_by(sender: Sender, wanted: Wanted, visible: Visible, *, has_references: bool = True) -> Found:
    """The statements that match among those of the sender's provider that are visible, `wanted.limit` at most."""
    kept: list[Row] = []
    portion, last = wanted._replace(limit=wanted.limit + 1), 0
    for _ in range(MOST_PORTIONS):
        rows = _portion(sender, portion, has_references=has_references)
        kept.extend(visible(rows))
        if len(kept) > wanted.limit:
            return Found(kept[: wanted.limit], kept[wanted.limit - 1].id)
        if len(rows) < portion.limit:
            return Found(kept, None)
        last = rows[-1].id
        portion = onward(portion, last)
    return Found(kept, last)


def onward(wanted: Wanted, last: int) -> Wanted:
    """The same request behind the statement that was given last."""
    return wanted._replace(since=last) if wanted.ascending else wanted._replace(until=last - 1)


def _portion(sender: Sender, wanted: Wanted, *, has_references: bool) -> list[Row]:
    """What matches, in order and once each, `wanted.limit` at most."""
    filters = Filters(sender, wanted)
    found = {row.id: row for row in _rows(_union(arms(filters)))}
    if filters.are_there and has_references:
        found |= {row.id: row for row in _rows(references(filters))}
    order = sorted(found, reverse=not wanted.ascending)
    return [found[one] for one in order[: wanted.limit]]


def _union(ways: Sequence[Sql]) -> Sql:
    if len(ways) == 1:
        return ways[0]
    text = " UNION ALL ".join(f"SELECT * FROM ({way.text}) AS way{place}" for place, way in enumerate(ways))  # noqa: S608 -- made in `finding`
    return Sql(text, tuple(value for way in ways for value in way.params))


def _rows(asked: Sql) -> list[Row]:
    with connections[BEATS].cursor() as cursor:
        cursor.execute(asked.text, asked.params)
        return list(map(Row._make, cursor.fetchall()))


def _visible(sender: Sender, rows: Sequence[Row]) -> list[Row]:
    """What the sender wrote itself and may read; of its provider's other keys only what is about teachers of its projects."""
    if not sender.credential_id or not sender.reads_projects:
        return [row for row in rows if sender.may_read]
    about = {row.teacher_id for row in rows if row.teacher_id is not None}
    known = taught(sender.provider_id, sender.project_ids, about) if about else frozenset()
    own = sender.credential_id if sender.may_read else -1
    return [row for row in rows if row.credential_id == own or row.teacher_id in known]


def taught(provider_id: int, project_ids: Collection[int], teacher_ids: Iterable[int]) -> frozenset[int]:
    """Those of these teachers who chose something of the provider in these projects, or in any where none is named."""
    chosen = enrolment.ChosenOffer.objects.filter(offer__provider_id=provider_id, selection__teacher_id__among=list(teacher_ids))
    chosen = chosen.exclude(selection__state=enrolment.State.WITHDRAWN)
    if project_ids:
        chosen = chosen.filter(selection__project_id__in=project_ids)
    return frozenset(chosen.values_list("selection__teacher_id", flat=True))


def find_statement(sender: Sender, statement_id: UUID, *, is_voided: bool = False) -> Row | None:
    """The statement with this id, if the sender may read it and it is voided as asked."""
    return statement_by(sender, statement_id, lambda rows: _visible(sender, rows), is_voided=is_voided)


def statement_by(sender: Sender, statement_id: UUID, visible: Visible, *, is_voided: bool) -> Row | None:
    """The statement with this id among those of the sender's provider that are visible, if it is voided as asked."""
    voided = f"EXISTS (SELECT 1 FROM {VOIDINGS} v WHERE v.target = s.statement_id AND v.provider_id = s.provider_id)"  # noqa: S608 -- our own names
    standing = Sql(f"(s.verb_key <> {VOIDED_KEY} AND {voided})") if is_voided else not_voided()
    conditions = [*Filters(sender, Wanted()).owned("s"), standing]
    where = " AND ".join(one.text for one in conditions)
    params = (as_uuid(statement_id), *(value for one in conditions for value in one.params))
    rows = _rows(Sql(f"SELECT {COLUMNS} FROM {STATEMENTS} s WHERE s.statement_id = %s AND {where}", params))  # noqa: S608 -- our own names
    return next(iter(visible(rows)), None)


def attachments_of(provider_id: int, digests: Collection[str]) -> list[Attachment]:
    """The bytes that are kept of these attachments, each once, in a steady order."""
    return list(Attachment.objects.filter(provider_id=provider_id, sha2__in=set(digests)).order_by("sha2"))


def definitions_of(provider_id: int, iris: Collection[str]) -> dict[str, str]:
    """The canonical definition (JSON) of each of these activities that has one."""
    keys = {key_of(ACTIVITY, iri) for iri in iris}
    found = Activity.objects.filter(provider_id=provider_id, key__in=keys)
    return {one.iri: one.definition for one in found if one.iri in iris}
