"""What becomes of certificates when two records become one person, and when that is undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.certificates.models import Certificate, CertificatePage
from xingtan.domains.certificates.states import PageState, RevokeReason
from xingtan.domains.determination import api as determination_room
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import OPERATOR

from .issuing import EARNED, write_pages
from .revoking import revoke

# Whoever checks an old page reads these words, in Chinese like every message to a teacher.
JOINED, PARTED = "两份教师记录合并为一人，学年页并入证书 {number}", "两份教师记录的合并已撤销，学年页另行签发"


@atomic
def follow_merge(payload: Mapping[str, Any], now: datetime) -> None:
    """`teachers.merged`: of each cycle the person has one certificate with the pages of both; the other is superseded and says by which."""
    persons = teachers.whose([payload["into"]])
    by_cycle: dict[int, list[Certificate]] = defaultdict(list)
    rows = Certificate.everywhere.select_for_update(of=("self",)).filter(teacher_id__among=persons, joined_into=None).order_by("pk")
    for row in sorted(rows, key=lambda one: (one.teacher_id != payload["into"], one.pk)):
        by_cycle[row.cycle_first].append(row)
    for keep, *others in by_cycle.values():
        for other in others:
            _join(other, keep, now)


def _join(other: Certificate, keep: Certificate, now: datetime) -> None:
    """The other's valid pages are superseded; years that the kept one lacks have a page on it."""
    valid = CertificatePage.everywhere.filter(state=PageState.VALID)
    years = set(valid.filter(certificate=keep).values_list("training_year_id", flat=True))
    pages = list(valid.filter(certificate=other).order_by("training_year__year"))
    words = JOINED.format(number=keep.number)
    valid.filter(pk__among=[page.pk for page in pages]).update(state=PageState.SUPERSEDED, ended_at=now, end_words=words)
    other.joined_into, other.joined_at = keep, now
    other.save(update_fields=["joined_into", "joined_at"])
    record(OPERATOR, "certificates.joined", "certificate", [other.pk, keep.pk], now=now, detail={"pages": len(pages)})
    _issue([page.determination_id for page in pages if page.training_year_id not in years], now)


@atomic
def follow_parting(payload: Mapping[str, Any], now: datetime) -> None:
    """`teachers.merge_ended`: each person's pages stand on the own certificate again; what stood on the other's is revoked, with the reason."""
    persons = teachers.whose([payload["merged"], payload["into"]])
    certificates = list(Certificate.everywhere.select_for_update(of=("self",)).filter(teacher_id__among=persons).order_by("pk"))
    _reopen(certificates, persons, now)
    owners = {one.pk: persons[one.teacher_id] for one in certificates}
    pages = CertificatePage.everywhere.filter(certificate_id__among=owners).select_related("determination").order_by("pk")
    wrong = [
        one for one in pages if one.state == PageState.VALID and persons.get(one.determination.teacher_id) != owners[one.certificate_id]
    ]
    for page in wrong:
        revoke(actor=OPERATOR, page_id=page.pk, reason=RevokeReason.OTHER.value, words=PARTED, now=now)
    holding = {one.determination_id for one in pages if one.state == PageState.VALID} - {one.determination_id for one in wrong}
    _issue({one.determination_id for one in pages if one.state != PageState.REVOKED or one in wrong} - holding, now)


def _reopen(certificates: Collection[Certificate], persons: Mapping[int, int], now: datetime) -> None:
    by_id = {one.pk: one for one in certificates}
    for one in certificates:
        kept = by_id.get(one.joined_into_id or 0)
        if kept is not None and persons[kept.teacher_id] != persons[one.teacher_id]:
            one.joined_into, one.joined_at = None, None
            one.save(update_fields=["joined_into", "joined_at"])
            record(OPERATOR, "certificates.parted", "certificate", [one.pk, kept.pk], now=now)


def _issue(determination_ids: Collection[int], now: datetime) -> None:
    facts = determination_room.facts_for_pages(determination_ids)
    write_pages([one for one in facts if one.determination.verdict in EARNED], actor=OPERATOR, now=now)
