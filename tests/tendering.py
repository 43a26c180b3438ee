"""A province that calls for providers: officers, a supervisor, three bidders, eight experts; and the acts that lead a tender to its end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests import enrolling
from xingtan.core.tendering import Attached, CriterionKind, Offered
from xingtan.domains.registers import api as registers
from xingtan.domains.tenders import api as tenders
from xingtan.domains.tenders.models import Keyholder
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.grants import actor_of as acting
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.tree import add_children

NOW = enrolling.NOW
OPENS, CLOSES = NOW + timedelta(days=1), NOW + timedelta(days=11)
WITHIN, AFTER = NOW + timedelta(days=3), CLOSES + timedelta(minutes=5)
CRITERIA = (
    tenders.CriterionRow(CriterionKind.MATCH, "符合度", 40),
    tenders.CriterionRow(CriterionKind.PLAN, "方案", 20),
    tenders.CriterionRow(CriterionKind.PRICE, "报价", 10),
    tenders.CriterionRow(CriterionKind.DEFENCE, "现场问难", 30),
)


def call(**changes):
    told = {
        "title": "骨干教师培训承训机构遴选", "content": "二十天集中研修", "requirements": "三年以上经验", "opens_at": OPENS,
        "closes_at": CLOSES, "places": 2, "panel_size": 3, "criteria": CRITERIA, "pass_tenths": 500,
    }  # fmt: skip
    return tenders.Call(**(told | changes))


def offered(name="明德教师研修中心", price=100_000_00, files=(), **texts):
    said = {"plan": f"{name}的方案", "courses": "十门课程", "team": "主讲五人", "record": "承训三年"} | texts
    return Offered(said, ["苏桐"], price, [Attached(*one) for one in files])


def expert(cast, number, workplace="省教育科学研究所", now=NOW):
    day = date(2026, 9, 1)
    wanted = registers.Nomination(f"专家{number}", f"{workplace}{number}", "experts", "评审", "正高级", day, None)
    one = registers.nominate(actor=cast.zhou, office_id=cast.province.pk, wanted=wanted, now=NOW)
    registers.decide_nominations(actor=cast.mei, ids=[one.pk], is_approved=True, reason="", now=NOW)
    return tenders.name_expert(actor=cast.mei, pool=one.public_id, login=f"expert{number}", now=now)


def actor_for(account_id, role):
    grant = Grant.objects.select_related("organisation", "account").get(account_id=account_id, role=role)
    return acting(grant, name=grant.account.name)


def build(experts=5):
    cast = enrolling.build()
    names = ("赣鄱师训网", "江右教育研究院")
    cast.providers = [cast.provider, *add_children(cast.province, [{"kind": "provider", "name": name} for name in names])]
    cast.bidders = [enrolling.actor_of(Role.PROVIDER_STAFF, one) for one in cast.providers]
    cast.supervisor = enrolling.actor_of(Role.SUPERVISOR, cast.province)
    cast.experts = [expert(cast, number) for number in range(experts)]
    return cast


def drafted(cast, **changes):
    return tenders.draft_tender(actor=cast.mei, project=cast.project.public_id, call=call(**changes), now=NOW)


def key_for(cast, tender, actor, side):
    grant = Grant.objects.get(account_id=actor.account_id)
    tenders.appoint(actor=cast.mei, pid=tender.public_id, grant_id=grant.pk, side=tenders.Side(side), now=NOW)
    passphrase = tenders.make_key(actor=actor, pid=tender.public_id, now=NOW)
    tenders.confirm_key(actor=actor, pid=tender.public_id, passphrase=passphrase, now=NOW)
    return passphrase


def published(cast, **changes):
    tender = drafted(cast, **changes)
    cast.passphrases = {
        cast.mei: key_for(cast, tender, cast.mei, "office"), cast.supervisor: key_for(cast, tender, cast.supervisor, "witness"),
    }  # fmt: skip
    return tenders.publish_tender(actor=cast.mei, pid=tender.public_id, now=NOW)


def sealed(cast, tender, bids=None):
    for number, actor in enumerate(cast.bidders):
        what = (bids or {}).get(number) or offered(cast.providers[number].name, 100_000_00 + number * 10_000_00)
        tenders.submit(actor=actor, pid=tender.public_id, offered=what, now=WITHIN)


def opened(cast, tender, now=AFTER):
    for actor, passphrase in cast.passphrases.items():
        tender = tenders.turn_key(actor=actor, pid=tender.public_id, passphrase=passphrase, now=now)
    return tenders.tender_in(cast.mei.scope, tender.public_id)


def seated(cast, tender):
    tenders.draw_panel(actor=cast.mei, pid=tender.public_id, now=AFTER)
    for actor in judges(tender):
        tenders.declare(actor=actor, pid=tender.public_id, has_interest=False, now=AFTER)
    tenders.begin_review(actor=cast.mei, pid=tender.public_id, now=AFTER)


def judges(tender):
    return [actor_for(one.expert.account_id, "expert") for one in tenders.panel_of(tender) if one.state != "recused"]


def judge(tender, tenths, *, is_defence=False, now=AFTER):
    """Every judge gives every bid these tenths for each criterion of the part; `tenths` takes the place of the judge and the code."""
    for number, actor in enumerate(judges(tender)):
        for bid in tenders.standing_bids(tender):
            marks = {one.pk: tenths(number, bid.code) for one in tenders.judged_on(tender, is_defence=is_defence)}
            tenders.keep_review(actor=actor, pid=tender.public_id, code=bid.code, marks=marks, words="有据", is_final=True, now=now)


def flat(_number, code):
    return 950 - 100 * "ABC".index(code)


def ranked(cast, tender):
    judge(tender, flat)
    tenders.begin_defence(actor=cast.mei, pid=tender.public_id, now=AFTER)
    judge(tender, flat, is_defence=True)
    return tenders.rank(actor=cast.mei, pid=tender.public_id, now=AFTER)


def days_from(now, posted=7, objections=3):
    first = now.date()
    return notices.Days(first, first + timedelta(days=posted), first + timedelta(days=posted + objections))


def announced(cast, tender):
    return tenders.announce(actor=cast.mei, pid=tender.public_id, days=days_from(AFTER), now=AFTER)


OVER = AFTER + timedelta(days=12)
TERMS = tenders.Terms(80_000_00, 50, date(2026, 10, 1), date(2027, 6, 30), [tenders.Target("合格率", 95, "%")])


def to_ranked(cast, **changes):
    tender = published(cast, **changes)
    sealed(cast, tender)
    tender = opened(cast, tender)
    seated(cast, tender)
    ranked(cast, tender)
    return tenders.tender_in(cast.mei.scope, tender.public_id)


def holders(tender):
    return Keyholder.objects.filter(tender=tender)


def at(day, hour=4):
    return datetime(2026, 9, day, hour, tzinfo=UTC)
