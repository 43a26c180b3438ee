"""Revoking a page, and issuing a new one in its place."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise

from xingtan.core.units import format_hours
from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates.access import REISSUE, REVOKE
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.certificates.rules import refuse_reissue, refuse_revocation
from xingtan.domains.certificates.states import PageState
from xingtan.domains.certificates.words import REVOKE_REASONS
from xingtan.domains.determination import api as determination_room
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .issuing import LINK, write_pages


@atomic
def revoke(*, actor: Actor, page_id: int, reason: str, words: str = "", now: datetime) -> CertificatePage:
    """The page proves nothing from now on, and everyone who checks it is told why; doing it again changes nothing."""
    require(actor, REVOKE)
    page = _held(actor, page_id)
    if page.state == PageState.REVOKED:
        return page
    if why := refuse_revocation(PageState(page.state), reason, words):
        raise Refused(why)
    page.state, page.ended_at, page.end_reason = PageState.REVOKED.value, now, reason
    page.end_words, page.ended_by_id, page.ended_in_id = words.strip(), actor.account_id, actor.organisation_id
    page.save(update_fields=["state", "ended_at", "end_reason", "end_words", "ended_by_id", "ended_in"])
    record(actor, "certificates.revoked", "certificate_page", [page.pk], now=now, detail={"reason": reason})
    owner = teachers.teachers_by_id([page.certificate.teacher_id])[page.certificate.teacher_id]
    params = {"year": page.training_year.year, "reason": words.strip() or _in_chinese(REVOKE_REASONS[reason])}
    tell([owner.account_id], "certificate_revoked", source=f"revoked:{page.pk}", params=params, link=LINK, now=now)
    return page


@atomic
def reissue(*, actor: Actor, page_id: int, now: datetime) -> CertificatePage:
    """A new page with today's verified hours stands in the place of the revoked one, with a number of its own version and a new code."""
    require(actor, REISSUE)
    page = _held(actor, page_id)
    latest = CertificatePage.everywhere.filter(certificate=page.certificate, training_year=page.training_year).order_by("-version").first()
    found = determination_room.facts_for_pages([page.determination_id])
    verified = sum(line.recognised for line in found[0].lines) + found[0].determination.numbers.get("by_exam", 0) if found else 0
    required = page.determination.required_centi if page.determination.verdict == Verdict.QUALIFIED else 0
    if why := refuse_reissue(PageState(page.state), is_latest=latest == page, verified_centi=verified, required_centi=required):
        raise Refused(why, have=format_hours(verified), need=format_hours(required))
    write_pages(found, actor=actor, now=now)
    return CertificatePage.everywhere.get(determination_id=page.determination_id, state=PageState.VALID)


def _held(actor: Actor, page_id: int) -> CertificatePage:
    rows = (
        CertificatePage.objects.within(actor.scope)
        .select_for_update(of=("self",))
        .select_related("certificate", "training_year", "determination")
    )
    page: CertificatePage | None = rows.filter(pk=page_id).first()
    if page is None:
        raise NotInScope
    return page


def _in_chinese(words: Promise | str) -> str:
    """A message to a teacher is Chinese, whatever language the officer reads."""
    with translation.override("zh-hans"):
        return str(words)
