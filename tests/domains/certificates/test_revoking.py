"""Revoking and issuing anew: who may, why not, and what is told."""

from __future__ import annotations

import pytest

from tests import certifying, crediting
from tests.certifying import NOW
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.credits.models import CreditEntry
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


@pytest.fixture
def page(cast):
    [made] = certifying.issued(cast)
    return made


def revoke(actor, page, reason="fraud", **more):
    return certificates.revoke(actor=actor, page_id=page.pk, reason=reason, now=NOW, **more)


def test_the_countys_officer_revokes_and_everyone_is_told(cast, page):
    revoke(cast.zhou, page, "other", words="姓名有误")
    page.refresh_from_db()
    assert (page.state, page.end_words, page.ended_in_id) == ("revoked", "姓名有误", cast.county.pk)
    assert AuditLine.objects.filter(act="certificates.revoked").count() == 1
    message = Message.objects.get(code="certificate_revoked")
    assert (message.account_id, message.params["year"]) == (cast.lin_teacher.account_id, 2026)


def test_the_same_form_twice_changes_nothing(cast, page):
    revoke(cast.zhou, page)
    revoke(cast.mei, page, "wrong_person")
    page.refresh_from_db()
    assert page.end_reason == "fraud"
    assert AuditLine.objects.filter(act="certificates.revoked").count() == 1


@pytest.mark.parametrize("who", ["chen", "he", "supervisor", "lin", "lead"])
def test_others_may_not(cast, page, who):
    with pytest.raises(NotAllowed):
        revoke(getattr(cast, who), page)


def test_another_county_does_not_see_it(cast, page):
    with pytest.raises(NotInScope):
        revoke(cast.stranger, page)


def test_only_the_province_issues_anew(cast, page):
    revoke(cast.zhou, page)
    with pytest.raises(NotAllowed):
        certificates.reissue(actor=cast.zhou, page_id=page.pk, now=NOW)


def test_a_new_page_takes_the_revoked_ones_place(cast, page):
    revoke(cast.zhou, page)
    made = certificates.reissue(actor=cast.mei, page_id=page.pk, now=NOW)
    assert (made.version, made.state, made.certificate_id) == (2, "valid", page.certificate_id)
    assert certificates.broken_proofs(made, made.run) == []
    with pytest.raises(Refused) as refused:
        certificates.reissue(actor=cast.mei, page_id=page.pk, now=NOW)
    assert refused.value.code == "page_not_revoked"


def test_a_valid_page_is_not_issued_anew(cast, page):
    with pytest.raises(Refused):
        certificates.reissue(actor=cast.mei, page_id=page.pk, now=NOW)
    assert CertificatePage.everywhere.count() == 1


def test_hours_that_were_taken_back_give_no_new_page(cast, page):
    entry = CreditEntry.everywhere.filter(teacher=cast.lin_teacher).first()
    crediting.take_back(cast, entry, "复核不成立", now=NOW)
    revoke(cast.zhou, page, "hours_reversed")
    with pytest.raises(Refused) as refused:
        certificates.reissue(actor=cast.mei, page_id=page.pk, now=NOW)
    assert refused.value.code == "hours_no_longer_there"
    assert refused.value.params["need"] == "72.0"
