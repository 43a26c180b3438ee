"""Issuing pages: frozen, hashed, under a signed root, for one teacher or a province."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Max

from xingtan.core.calendar import local_day
from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates.frozen import Holder, frozen_page
from xingtan.domains.certificates.models import Certificate, CertificatePage, IssueRun
from xingtan.domains.certificates.states import PageState
from xingtan.domains.determination import api as determination_room
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_rows, public_id
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.keys import sign
from xingtan.foundation.ledger.digests import canonical, merkle_paths, merkle_root, text_digest
from xingtan.foundation.people.roles import OPERATOR, Actor
from xingtan.foundation.scope.changing import names_on
from xingtan.foundation.scope.models import Organisation

from .numbering import certificates_for, fresh_codes

EARNED = (Verdict.QUALIFIED, Verdict.EXEMPT)
PORTION = 4_096
LINK = "/my/certificates/"
FIELDS = (
    "public_id", "certificate", "training_year", "determination", "run", "version", "check_code", "frozen", "digest", "path",
    "state", "issued_at", "end_reason", "end_words",
)  # fmt: skip


class Place(NamedTuple):
    """A certificate's place for a year."""

    certificate_id: int
    training_year_id: int


def issue_due(payload: Mapping[str, Any], now: datetime) -> None:
    """`determination.examined`: every final verdict that earns one has its page; those that have one already are left alone."""
    issue(payload["determinations"], now=now)


@atomic
def issue(determination_ids: Collection[int], *, now: datetime) -> int:
    """Each of these year verdicts that is final and earns it has a page, an older page of that year is superseded; returns how many are new."""
    wanted, count = sorted(set(determination_ids)), 0
    for start in range(0, len(wanted), PORTION):
        portion = wanted[start : start + PORTION]
        paged = set(CertificatePage.everywhere.filter(determination_id__among=portion).values_list("determination_id", flat=True))
        facts = _one_a_person(determination_room.facts_for_pages([pk for pk in portion if pk not in paged]))
        count += write_pages([one for one in facts if one.determination.verdict in EARNED], actor=OPERATOR, now=now)
    return count


def _one_a_person(facts: Sequence[determination_room.PageFacts]) -> list[determination_room.PageFacts]:
    """Of two records that are one person each year's verdict once: the own before the merged record's."""
    heads = teachers.heads_of({one.determination.teacher_id for one in facts})
    found: dict[tuple[int, int], determination_room.PageFacts] = {}
    for one in sorted(facts, key=lambda fact: heads[fact.determination.teacher_id] != fact.determination.teacher_id):
        found.setdefault((heads[one.determination.teacher_id], one.determination.training_year_id), one)
    return sorted(found.values(), key=lambda fact: fact.determination.pk)


def write_pages(facts: Sequence[determination_room.PageFacts], *, actor: Actor, now: datetime) -> int:
    """The pages stand under one signed root, each the newest of its year; the caller holds the transaction."""
    if not facts:
        return 0
    rows = [one.determination for one in facts]
    _lock({row.training_year.organisation_id for row in rows})
    known = certificates_for(rows, now=now)
    own = [known[row.teacher_id, row.training_year.cycle_first] for row in rows]
    places = [Place(one.pk, row.training_year_id) for one, row in zip(own, rows, strict=True)]
    versions = _next_versions(places)
    people = _holders(rows, own, [versions[place] for place in places], local_day(now))
    contents = [frozen_page(fact, holder, local_day(now)) for fact, holder in zip(facts, people, strict=True)]
    run = _insert(places, rows, contents, now)
    _follow_schools(own, rows)
    record(actor, "certificates.issued", "issue_run", [run.pk], now=now, detail={"pages": len(rows)})
    _tell(rows, people, run, now)
    return len(rows)


def _lock(province_ids: Collection[int]) -> None:
    """Numbers of a province are given by one transaction at a time; those who only refer to the province do not wait."""
    list(Organisation.everywhere.select_for_update(no_key=True).filter(pk__in=province_ids).order_by("pk").values_list("pk"))


def _next_versions(places: Collection[Place]) -> dict[Place, int]:
    years = {place.training_year_id for place in places}
    pages = CertificatePage.everywhere.filter(certificate_id__among={place.certificate_id for place in places}, training_year_id__in=years)
    rows = pages.values_list("certificate_id", "training_year_id").annotate(last=Max("version")).order_by()
    last = {Place(certificate_id, year_id): number for certificate_id, year_id, number in rows}
    return {place: last.get(place, 0) + 1 for place in places}


def _holders(
    rows: Sequence[determination_room.Determination], own: Sequence[Certificate], versions: Sequence[int], today: date
) -> list[Holder]:
    heads = teachers.heads_of({row.teacher_id for row in rows})
    people = teachers.teachers_by_id(heads.values())
    names = _names(rows, today)
    codes = fresh_codes(len(rows))
    return [
        Holder(people[heads[row.teacher_id]], names[row.school_id, row.training_year.last_on], certificate.number, code, version)
        for row, certificate, code, version in zip(rows, own, codes, versions, strict=True)
    ]


def _names(rows: Sequence[determination_room.Determination], today: date) -> dict[tuple[int, date], tuple[str, str]]:
    """What each school was called on its year's last day, or today while the year runs; a name of before has no English."""
    schools = Organisation.everywhere.filter(pk__among={row.school_id for row in rows}).values_list("pk", "name", "name_en")
    known = {pk: (name, name_en) for pk, name, name_en in schools}
    found: dict[tuple[int, date], tuple[str, str]] = {}
    for last_on in {row.training_year.last_on for row in rows}:
        ids = {row.school_id for row in rows if row.training_year.last_on == last_on}
        for pk, name in names_on(ids, min(last_on, today)).items():
            found[pk, last_on] = known[pk] if name == known[pk][0] else (name, "")
    return found


def _insert(
    places: Sequence[Place], rows: Sequence[determination_room.Determination], contents: Sequence[dict[str, Any]], now: datetime
) -> IssueRun:
    """The run is signed and its pages stand; pages of the same years that were valid are superseded first."""
    texts = [canonical(content) for content in contents]
    digests = [text_digest(text) for text in texts]
    run = IssueRun(root=merkle_root(digests), page_count=len(digests), issued_at=now)
    run.signature = sign(run.message())
    run.save(force_insert=True)
    _supersede(places, now)
    insert_rows(CertificatePage, FIELDS, _page_rows(run, places, rows, zip(contents, texts, digests, strict=True)))
    return run


def _page_rows(
    run: IssueRun,
    places: Sequence[Place],
    rows: Sequence[determination_room.Determination],
    pages: Iterable[tuple[dict[str, Any], str, str]],
) -> Iterator[tuple[Any, ...]]:
    """The values of `FIELDS` for each page; what is stored is the very text that was digested."""
    known = list(pages)
    paths = merkle_paths([digest for _content, _text, digest in known])
    for place, row, (content, text, digest), path in zip(places, rows, known, paths, strict=True):
        yield (
            public_id(), place.certificate_id, place.training_year_id, row.pk, run.pk, content["version"], content["check_code"],
            text, digest, json.dumps([side[0] + neighbour for side, neighbour in path]),
            PageState.VALID.value, run.issued_at, "", "",
        )  # fmt: skip


def _supersede(places: Collection[Place], now: datetime) -> None:
    valid = CertificatePage.everywhere.filter(certificate_id__among={place.certificate_id for place in places}, state=PageState.VALID)
    rows = valid.filter(training_year_id__in={place.training_year_id for place in places})
    held = set(places)
    gone = [pk for pk, *place in rows.values_list("pk", "certificate_id", "training_year_id") if Place(*place) in held]
    CertificatePage.everywhere.filter(pk__among=gone).update(state=PageState.SUPERSEDED, ended_at=now)


def _follow_schools(own: Sequence[Certificate], rows: Sequence[determination_room.Determination]) -> None:
    """A certificate belongs to the school of its newest page."""
    moved: dict[int, list[int]] = defaultdict(list)
    for certificate, row in zip(own, rows, strict=True):
        if certificate.school_id != row.school_id:
            moved[row.school_id].append(certificate.pk)
    for school_id, ids in moved.items():
        Certificate.everywhere.filter(pk__among=ids).update(school_id=school_id)


def _tell(rows: Sequence[determination_room.Determination], people: Sequence[Holder], run: IssueRun, now: datetime) -> None:
    by_year: dict[int, list[int]] = defaultdict(list)
    for row, holder in zip(rows, people, strict=True):
        by_year[row.training_year.year].append(holder.teacher.account_id)
    for year, account_ids in by_year.items():
        tell(account_ids, "certificate_issued", source=f"issue:{run.pk}:{year}", params={"year": year}, link=LINK, now=now)
