"""The cast of certificates at the end of its year: a second officer of the province, what was tried, posted, objected to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests import certifying, enrolling
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor, Role

JUNE = datetime(2027, 6, 20, 2, tzinfo=UTC)
LATER = JUNE + timedelta(days=3)
OVER = datetime(2027, 7, 15, 2, tzinfo=UTC)
DAYS = notices.Days(date(2027, 6, 20), date(2027, 6, 26), date(2027, 6, 30), 10)
TEXT = "乡镇集中学习的学时没有计入"


def build():
    """Lin's 72 hours are verified; Fan 范思齐 is a second officer of the province; the school's own clerk is Chen."""
    cast = certifying.build()
    cast.fan = second_officer(cast.province)
    cast.lin = Actor(
        account_id=cast.lin_teacher.account_id, role=Role.TEACHER, organisation_id=cast.school.pk, scope=cast.school.scope,
        teacher_id=cast.lin_teacher.pk,
    )  # fmt: skip
    return cast


def second_officer(province, login="fan"):
    account = Account.objects.create(login=login, name="范思齐", created_at=enrolling.NOW, activated_at=enrolling.NOW)
    Grant.objects.create(account=account, role=Role.PROVINCE_OFFICER, organisation=province, from_on=date(2020, 1, 1))
    return Actor(account_id=account.pk, role=Role.PROVINCE_OFFICER, organisation_id=province.pk, scope=province.scope)


def tried(cast, now=JUNE, actor=None):
    return room.determine(actor=actor or cast.mei, training_year_id=cast.year.pk, now=now)


def posted(cast, now=JUNE, days=DAYS):
    """A trial was run by Mei and posted."""
    tried(cast, now)
    return closing_room.publish_notice(actor=cast.mei, training_year_id=cast.year.pk, days=days, now=now)


def signed(cast, now=LATER):
    """Every school of the notice has signed."""
    notice = closing_room.notice_of(cast.year)
    notices.NoticeSignature.everywhere.filter(notice=notice).update(signed_at=now)


def ready(cast):
    """Everything is done that must be done before Fan closes the year."""
    notice = posted(cast)
    signed(cast)
    return notice


def closed(cast, now=OVER):
    ready(cast)
    return closing_room.close_year(actor=cast.fan, training_year_id=cast.year.pk, now=now)


def objection(cast, now=LATER, **values):
    notice = closing_room.notice_of(cast.year)
    return closing_room.object_to_verdict(
        **{"actor": cast.lin, "notice": notice, "teacher_id": cast.lin_teacher.pk, "text": TEXT, "now": now, **values}
    )


def lacking(cast, actor=None, now=OVER):
    found = closing_room.conditions(cast.year, actor or cast.fan, now.date())
    return {one.code.value: one.lacking for one in found if not one.is_met}
