"""Issuing statements: frozen with their facts, numbered, under one signed root, for one person or a county."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Max

from xingtan.core.calendar import local_day
from xingtan.domains.certificates import api as certificates
from xingtan.domains.eligibility.access import ISSUE_OWN_STATEMENT, ISSUE_STATEMENTS
from xingtan.domains.eligibility.content import content_of, person_of
from xingtan.domains.eligibility.models import Statement, StatementRun
from xingtan.domains.eligibility.numbering import number_of, number_prefix, serial_of
from xingtan.domains.eligibility.queries.evidence import known_of
from xingtan.domains.eligibility.rules import refuse_asking
from xingtan.domains.eligibility.states import Effect
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_rows, public_id
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import tell_progress
from xingtan.foundation.keys import sign
from xingtan.foundation.ledger.digests import canonical, merkle_paths, merkle_root, text_digest
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

PORTION = 500
FIELDS = ("public_id", "run", "number", "check_code", "teacher", "school", "finding", "in_force", "frozen", "digest", "path")


class Draft(NamedTuple):
    """A statement before it has its number."""

    teacher_id: int
    school_id: int
    person: dict[str, str]
    content: dict[str, Any]


@atomic
def issue_statements(
    *, actor: Actor, teacher_ids: Collection[int], on: date, known_at: datetime | None = None, job: Job | None = None, now: datetime
) -> StatementRun:
    """Each of these teachers has a statement for the day, of what was known by the moment (now); all of them or none.

    `NotInScope` for a teacher elsewhere; `Refused` for a day or moment to come, and for nobody at all.
    """
    require(actor, ISSUE_STATEMENTS)
    wanted = sorted(set(teacher_ids))
    if teachers.teachers_in(actor.scope).filter(pk__among=wanted).count() != len(wanted):
        raise NotInScope
    return _issue(actor, wanted, on, known_at or now, now, job=job)


@atomic
def issue_own(*, actor: Actor, on: date, known_at: datetime | None = None, now: datetime) -> Statement:
    """The teacher has a statement of the own years for that day, of what was known by the moment (now)."""
    require(actor, ISSUE_OWN_STATEMENT)
    if actor.teacher_id is None:
        raise NotInScope
    run = _issue(actor, [actor.teacher_id], on, known_at or now, now)
    return Statement.everywhere.get(run=run)


def _issue(actor: Actor, wanted: Sequence[int], on: date, known_at: datetime, now: datetime, *, job: Job | None = None) -> StatementRun:
    if not wanted:
        raise Refused("eligibility_nobody")
    if why := refuse_asking(on, known_at, today=local_day(now), now=now):
        raise Refused(why)
    drafts = list(_drafts(wanted, on, known_at, job))
    numbers = _numbers(drafts, local_day(now).year)
    codes = _codes(len(drafts))
    salted = [
        {"salt": secrets.token_hex(8), "number": number, "check_code": code, "person": draft.person, "content": draft.content}
        for draft, number, code in zip(drafts, numbers, codes, strict=True)
    ]
    run = _insert(actor, drafts, salted, (on, known_at, now))
    record(actor, "eligibility.issued", "statement_run", [run.pk], now=now, detail={"statements": len(drafts)})
    return run


def _drafts(wanted: Sequence[int], on: date, known_at: datetime, job: Job | None) -> Iterator[Draft]:
    for start in range(0, len(wanted), PORTION):
        for known in known_of(wanted[start : start + PORTION], on, known_at):
            person = person_of(known.teacher, certificates.masked_further)
            yield Draft(known.teacher.pk, known.profile.school.pk, person, content_of(known, on, known_at))
        if job is not None:
            tell_progress(job, min(start + PORTION, len(wanted)), len(wanted))


def _numbers(drafts: Sequence[Draft], year: int) -> list[str]:
    """The next numbers of each county and year, in the drafts' order; one transaction at a time gives them."""
    places = certificates.places_of({one.school_id for one in drafts})
    list(Organisation.everywhere.select_for_update(no_key=True).filter(parent=None).order_by("pk").values_list("pk"))
    prefixes = [number_prefix(year, places[one.school_id]) for one in drafts]
    last = {prefix: _last_serial(prefix) for prefix in set(prefixes)}
    numbers = []
    for prefix in prefixes:
        last[prefix] += 1
        numbers.append(number_of(prefix, last[prefix]))
    return numbers


def _last_serial(prefix: str) -> int:
    given = Statement.everywhere.filter(number__gte=f"{prefix}0000000", number__lte=f"{prefix}9999999")
    highest = given.aggregate(highest=Max("number"))["highest"]
    return serial_of(highest) if highest else 0


def _codes(count: int) -> list[str]:
    """So many check codes that no page and no statement has."""
    codes: set[str] = set()
    while len(codes) < count:
        more = set(certificates.fresh_codes(count - len(codes)))
        codes |= more.difference(Statement.everywhere.filter(check_code__among=more).values_list("check_code", flat=True))
    return list(codes)


def _insert(actor: Actor, drafts: Sequence[Draft], salted: Sequence[dict[str, Any]], when: tuple[date, datetime, datetime]) -> StatementRun:
    """The run is signed and its statements stand; what is stored is the very text that was digested."""
    on, known_at, now = when
    texts = [canonical(one) for one in salted]
    digests = [text_digest(text) for text in texts]
    run = StatementRun(
        organisation_id=actor.organisation_id or drafts[0].school_id,
        account_id=actor.account_id,
        on=on,
        known_at=known_at,
        issued_at=now,
        statement_count=len(drafts),
        counts=dict(Counter(one.content["finding"] for one in drafts)),
        in_force=_in_force(drafts),
        root=merkle_root(digests),
    )
    run.signature = sign(run.message())
    run.save(force_insert=True)
    insert_rows(
        Statement,
        FIELDS,
        (
            (
                public_id(), run.pk, one["number"], one["check_code"], draft.teacher_id, draft.school_id, draft.content["finding"],
                _codes_in_force(draft), text, digest, json.dumps([side[0] + neighbour for side, neighbour in path]),
            )
            for draft, one, text, digest, path in zip(drafts, salted, texts, digests, merkle_paths(digests), strict=True)
        ),
    )  # fmt: skip
    return run


def _blocking(draft: Draft) -> list[dict[str, Any]]:
    return [one for one in draft.content["effects"] if one["effect"] == Effect.IN_FORCE]


def _codes_in_force(draft: Draft) -> str:
    return "".join(f" {one['code']} " for one in _blocking(draft))[:600]


def _in_force(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """Each consequence that is in force for somebody, with its names and how many people, the most frequent first."""
    found: dict[str, dict[str, Any]] = {}
    for draft in drafts:
        for one in _blocking(draft):
            row = found.setdefault(one["code"], {"code": one["code"], "zh": one["zh"], "en": one["en"], "people": 0})
            row["people"] += 1
    return sorted(found.values(), key=lambda row: (-row["people"], row["code"]))
