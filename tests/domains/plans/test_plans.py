"""A plan from its first line to its answer; each refusal beside the success that it bounds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import planning
from tests.planning import DAY, NOW, accept, line, lines_of, save, start, submit
from xingtan.domains.plans import api as plans
from xingtan.domains.plans.models import PlanStep
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return planning.build()


def refused(act):
    with pytest.raises(Refused) as why:
        act()
    return why.value


def test_a_school_plans_and_the_county_accepts_part(cast):
    plan = submit(cast.chen, start(cast, cast.chen, [line(), line("班主任研修", category="class_head", head_count=2)]))
    assert (plan.state, plan.above_id) == ("submitted", cast.county.pk)
    first, second = lines_of(plan)
    assert accept(cast.zhou, plan, answers={first.pk: plans.Answer(3, 600_00, "名额有限")}, words="同意") == 1
    first, second = lines_of(plan)
    assert [(one.accepted_count, one.accepted_fen, one.answer) for one in (first, second)] == [(3, 600_00, "名额有限"), (2, 800_00, "")]
    [row] = [row for row in plans.heard(cast.county, cast.year) if row.unit == cast.school]
    assert row.asked == (2, 6, 120_00, 1600_00)
    assert row.difference == (0, -1, -20_00, -200_00)
    assert plans.totals(plans.heard(cast.county, cast.year)) == ((2, 6, 120_00, 1600_00), (2, 5, 100_00, 1400_00))
    assert [step.act for step in plans.trail_of(plan)] == ["submit", "accept"]
    acts = AuditLine.objects.filter(act__startswith="plans.").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["plans.started", "plans.saved", "plans.submit", "plans.accept"]
    told = set(Message.objects.values_list("account_id", "code"))
    assert {(cast.zhou.account_id, "plan_submitted"), (cast.chen.account_id, "plan_accepted")} <= told
    assert str(PlanStep.objects.last().sums) == "[2, 6, 12000, 160000, 2, 5, 10000, 140000]"


def test_the_same_table_again_changes_nothing_and_an_older_one_is_refused(cast):
    plan = start(cast, cast.chen, [line()])
    same = [line(line_id=lines_of(plan)[0].pk)]
    assert save(cast.chen, plan, same).version == plan.version
    newer = save(cast.chen, plan, [*same, line("新教师研修")])
    assert newer.version == plan.version + 1
    assert refused(lambda: save(cast.chen, plan, same)).code == "stale"
    assert [one.what for one in lines_of(plan)] == ["语文骨干教师研修", "新教师研修"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"what": " "}, "plan_line_without_name"), ({"area": ""}, "plan_line_without_area"), ({"head_count": 0}, "plan_line_without_people"),
     ({"hours_centi": 0}, "plan_line_without_hours")],
)  # fmt: skip
def test_a_draft_may_be_half_filled_but_does_not_go_up_so(cast, changed, why):
    plan = start(cast, cast.chen, [line(), line()._replace(**changed)])
    found = refused(lambda: submit(cast.chen, plan))
    assert (found.code, found.params["line"]) == (why, 2)
    first, second = lines_of(plan)
    save(cast.chen, plan, [line(line_id=first.pk), line(line_id=second.pk)])
    assert submit(cast.chen, plan).state == "submitted"


def test_an_empty_plan_goes_nowhere_and_the_top_adopts_its_own(cast):
    assert refused(lambda: submit(cast.chen, start(cast, cast.chen))).code == "plan_empty"
    top = start(cast, cast.mei, [line(way="run")])
    assert refused(lambda: submit(cast.mei, top)).code == "plan_without_above"
    assert plans.adopt(actor=cast.mei, plan_id=top.pk, now=NOW).state == "accepted"
    assert refused(lambda: plans.adopt(actor=cast.chen, plan_id=start(cast, cast.chen, [line()]).pk, now=NOW)).code == "plan_not_the_top"
    assert plans.reopen(actor=cast.mei, plan_id=top.pk, words="国培调整", now=NOW).state == "returned"


def test_a_returned_plan_is_mended_and_goes_up_again(cast):
    plan = submit(cast.chen, start(cast, cast.chen, [line()]))
    assert refused(lambda: save(cast.chen, plan, [line()])).code == "plan_not_writable"
    assert refused(lambda: plans.return_plan(actor=cast.zhou, plan_id=plan.pk, words=" ", now=NOW)).code == "plan_reply_missing"
    plan = plans.return_plan(actor=cast.zhou, plan_id=plan.pk, words="人数过多", now=NOW)
    plan = submit(cast.chen, save(cast.chen, plan, [line(head_count=2, line_id=lines_of(plan)[0].pk)]))
    assert plans.take_back(actor=cast.chen, plan_id=plan.pk, now=NOW).state == "draft"
    assert refused(lambda: accept(cast.zhou, plan)).code == "plan_wrong_state"


@pytest.mark.parametrize("who", ["wu", "strange_officer", "chen", "watcher", "second_clerk"])
def test_nobody_but_an_office_above_answers(cast, who):
    plan = submit(cast.chen, start(cast, cast.chen, [line()]))
    with pytest.raises((NotAllowed, NotInScope)):
        accept(getattr(cast, who), plan)
    assert accept(cast.city_officer, plan) == 1


def test_nobody_writes_anothers_plan(cast):
    plan = start(cast, cast.chen, [line()])
    for who in (cast.zhou, cast.second_clerk, cast.wu):
        with pytest.raises(NotInScope):
            save(who, plan, [line()])
    with pytest.raises(NotAllowed):
        start(cast, cast.watcher)
    with pytest.raises(NotInScope):
        plans.plan_in(cast.wu.scope, plan.public_id)


def test_an_accepted_plan_of_above_is_read_below(cast):
    plan = planning.accepted(cast, cast.zhou, cast.city_officer, [line(way="run")])
    assert plans.plan_in(cast.chen.scope, plan.public_id) == plan
    assert list(plans.plans_above(cast.chen.scope, cast.year.pk)) == [plan]
    with pytest.raises(NotInScope):
        plans.plan_in(cast.wu.scope, plan.public_id)


def test_a_call_says_until_when_and_one_school_gets_longer(cast):
    call = plans.Call(cast.year.pk, "year", "school", DAY, "年度培训计划")
    plans.call_for_plans(actor=cast.zhou, call=call, now=NOW)
    plan, second = start(cast, cast.chen, [line()]), start(cast, cast.second_clerk, [line()])
    after = NOW + timedelta(days=1)
    for one, who in ((plan, cast.chen), (second, cast.second_clerk)):
        why = refused(lambda one=one, who=who: plans.submit(actor=who, plan_id=one.pk, now=after))
        assert (why.code, why.params["due_on"]) == ("plan_late", DAY.isoformat())
    longer = call._replace(due_on=DAY + timedelta(days=3))
    assert refused(lambda: plans.extend(actor=cast.zhou, unit_id=cast.school.pk, call=longer._replace(words=""), now=NOW)).code
    plans.extend(actor=cast.zhou, unit_id=cast.school.pk, call=longer, now=NOW)
    assert plans.submit(actor=cast.chen, plan_id=plan.pk, now=after).state == "submitted"
    assert refused(lambda: plans.submit(actor=cast.second_clerk, plan_id=second.pk, now=after)).code == "plan_late"
    late = {row.unit.pk: row.is_late(after.date()) for row in plans.heard(cast.county, cast.year)}
    assert late == {cast.school.pk: False, cast.second.pk: True}
    with pytest.raises(NotInScope):
        plans.extend(actor=cast.zhou, unit_id=cast.elsewhere.pk, call=longer, now=NOW)


def test_last_years_plan_is_copied_with_what_was_accepted(cast):
    before = planning.accepted(cast, cast.chen, cast.zhou, [line()])
    one = lines_of(before)[0]
    type(one).objects.filter(pk=one.pk).update(accepted_count=3)
    type(before).everywhere.filter(pk=before.pk).update(training_year=earlier(cast))
    plan = start(cast, cast.chen)
    assert plans.copy_last_year(actor=cast.chen, plan_id=plan.pk, now=NOW).version == plan.version + 1
    assert [(one.what, one.head_count, one.accepted_count) for one in lines_of(plan)] == [("语文骨干教师研修", 3, None)]
    assert refused(lambda: plans.copy_last_year(actor=cast.chen, plan_id=plan.pk, now=NOW)).code == "plan_has_lines"
    empty = start(cast, cast.second_clerk)
    assert refused(lambda: plans.copy_last_year(actor=cast.second_clerk, plan_id=empty.pk, now=NOW)).code == "plan_nothing_before"


def earlier(cast):
    year = type(cast.year)(organisation=cast.province, year=2025, pack=cast.year.pack, opened_at=NOW, cycle_first=2021, cycle_last=2025)
    year.first_on, year.last_on = cast.year.first_on - timedelta(days=365), cast.year.first_on - timedelta(days=1)
    year.save()
    return year
