"""The demonstration's plans: needs asked and answered, plans of schools, county, city and province in every state, a plan that became projects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from xingtan.domains.plans import api as plans
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.surveys import api as surveys

from . import cast
from .clock import Clock

ANSWERING = 42
CIRCULAR = "各学校：\n请根据本校教师队伍建设规划和需求调研结果，于 8 月 31 日前在平台编制并上报年度培训计划，作为本学年选派教师的依据。"
TEXTS = ("工学矛盾突出，希望安排在假期。", "", "学校离县城远，线上更方便。", "", "", "缺少实验教学方面的培训。")
QUESTIONS = (
    surveys.Asking(
        "many", "今年您希望参加哪些方面的培训？", ["师德修养", "专业知识", "教育理论", "教育科研", "教学技能与教育技术", "科学与人文素养"]
    ),
    surveys.Asking("one", "哪种培训形式最适合您？", ["面授", "线上", "线上线下结合", "在本校"]),
    surveys.Asking("scale", "去年的培训与您的需要符合吗？"),
    surveys.Asking("number", "今年您最多可以脱产培训几天？"),
    surveys.Asking("text", "您参加培训有什么困难？（请不要写人名）", (), is_required=False),
)
SENT = (
    plans.Wanted(
        "小学语文骨干教师研修", "professional", "send", "primary", "chinese", "subject", 3, 60_00, 1_800_00, "每人上一节县级公开课"
    ),
    plans.Wanted("班主任工作能力提升", "ethics", "send", "primary", "", "class_head", 2, 40_00, 800_00, "形成班级案例集"),
    plans.Wanted("信息技术应用能力提升", "skill", "send", "primary", "", "technology", 5, 72_00, 900_00, "通过能力测评"),
)
OWN = (
    plans.Wanted("校本教研：单元整体教学", "professional", "run", "primary", "", "", 20, 12_00, 2_000_00, "每组完成两个单元设计"),
    plans.Wanted("师德师风专题学习", "ethics", "run", "", "", "", 30, 8_00, 600_00, "人人撰写心得"),
)


def fill(clock: Clock, year: policies.TrainingYear, show: Callable[[str], None]) -> None:
    """Plans of the running year stand in every state, and teachers have been asked before."""
    county = cast.actor("county")
    _ask(clock, year, county)
    called = plans.Call(year.pk, "year", "school", date(clock.running, 8, 31), "请按《学校教师队伍建设规划》编制年度培训计划")
    plans.call_for_plans(actor=county, call=called, now=clock.at(7, 10))
    said = plans.Issued(
        "关于编制年度教师培训计划的通知", CIRCULAR, ["school"], f"青教人〔{clock.running}〕12 号", date(clock.running, 8, 31)
    )
    circular = plans.issue_circular(actor=county, issued=said, now=clock.at(7, 10))
    plans.reply_to_circular(actor=cast.actor("clerk"), circular_id=circular.pk, words="已收到，按期上报。", now=clock.at(7, 11))
    clerks = cast.actors_of_schools(Role.SCHOOL_CLERK)
    own = cast.actor("clerk")
    others = [one for pk, one in sorted(clerks.items()) if county.scope.holds(one.scope.first) and pk != own.organisation_id][:9]
    for place, clerk in enumerate([own, *others]):
        _school(clock, year, clerk, place)
    _county(clock, year, county)
    _above(clock, year)
    show(f"  plans of {len(others) + 3} units, a survey answered by {ANSWERING} teachers")


def _ask(clock: Clock, year: policies.TrainingYear, county: Actor) -> None:
    first, last = date(clock.running, 7, 10), date(clock.running, 7, 25)
    asked = surveys.Wanted("年度培训需求调研", first, last, ["teacher"], "编制年度计划以前，先听听您的需要。", "needs", year.pk)
    made = surveys.draft_survey(actor=county, wanted=asked, questions=QUESTIONS, now=clock.at(7, 10))
    surveys.open_survey(actor=county, survey_id=made.pk, now=clock.at(7, 10))
    keys = [question.pk for question in surveys.questions_of(made)]
    for place, teacher in enumerate(teachers.teachers_in_post(county.scope).order_by("name_initials", "pk")[:ANSWERING]):
        said: list[surveys.Value] = [sorted({place % 6, (place * 5) % 6}), place % 4, 2 + place % 4, place % 6, TEXTS[place % 6]]
        traits = {"stage": teacher.stage, "subject": teacher.subject}
        surveys.answer(actor=_acting(teacher), survey=made, values=dict(zip(keys, said, strict=True)), traits=traits, now=clock.at(7, 15))
    surveys.close_survey(actor=county, survey_id=made.pk, now=clock.at(7, 26))
    after = surveys.Wanted(
        "本学年培训满意度调研", clock.today, clock.today + timedelta(days=14), ["teacher"], "三分钟，匿名。", "after", year.pk
    )
    running = surveys.draft_survey(actor=county, wanted=after, questions=QUESTIONS[1:], now=clock.now)
    surveys.open_survey(actor=county, survey_id=running.pk, now=clock.now)


def _acting(teacher: teachers.Teacher) -> Actor:
    return Actor(teacher.account_id, Role.TEACHER, teacher.school_id, teacher.school.scope, teacher.name, teacher.pk)


def _school(clock: Clock, year: policies.TrainingYear, clerk: Actor, place: int) -> None:
    """The first six are accepted (the cast's own only in part), then two wait, one was returned, one is being written."""
    lines = [*SENT[: 1 + (place + 2) % 3], *OWN[: 1 + place % 2]]
    plan = _written(clock, year, clerk, lines)
    if place == 9:
        return
    plan = plans.submit(actor=clerk, plan_id=plan.pk, now=clock.at(8, 10 + place))
    county = cast.actor("county")
    if place < 6:
        held = plans.lines_of([plan.pk])[plan.pk]
        answers = {held[0].pk: plans.Answer(2, 1_200_00, "名额有限，先保两人")} if place == 0 else {}
        plans.accept(actor=county, plan_ids=[plan.pk], answers=answers, words="同意", now=clock.at(8, 25))
    elif place == 8:
        plans.return_plan(actor=county, plan_id=plan.pk, words="信息技术人数超过在岗人数的三分之一，请核实。", now=clock.at(8, 25))


def _written(clock: Clock, year: policies.TrainingYear, actor: Actor, lines: Sequence[plans.Wanted]) -> plans.Plan:
    now = clock.at(8, 5)
    plan = plans.start_plan(actor=actor, training_year_id=year.pk, now=now)
    goals = "围绕课堂教学改革，全员达标，骨干先行。"
    return plans.save_lines(actor=actor, plan_id=plan.pk, version=plan.version, goals=goals, lines=lines, now=now)


def _county(clock: Clock, year: policies.TrainingYear, county: Actor) -> None:
    """The county gathers what its schools send, the city accepts, and two of the lines are project drafts."""
    plan = plans.start_plan(actor=county, training_year_id=year.pk, now=clock.at(8, 26))
    plan = plans.gather(actor=county, plan_id=plan.pk, now=clock.at(8, 26))
    plan = plans.submit(actor=county, plan_id=plan.pk, now=clock.at(8, 27))
    plans.accept(actor=cast.actor("city"), plan_ids=[plan.pk], answers={}, words="同意，抓紧实施", now=clock.at(8, 29))
    days = (year.first_on, year.last_on)
    became = [plans.Became(line.pk, "face_to_face", *days) for line in plans.lines_of([plan.pk])[plan.pk][:2]]
    plans.make_projects(actor=county, plan_id=plan.pk, wanted=became, now=clock.at(8, 30))


def _above(clock: Clock, year: policies.TrainingYear) -> None:
    _written(
        clock, year, cast.actor("city"), [plans.Wanted("市级学科带头人培养", "research", "run", "", "", "subject", 60, 90_00, 300_000_00)]
    )
    province = cast.actor("province")
    lines = [plans.Wanted("省级骨干校长高级研修", "theory", "run", "", "", "principal", 150, 80_00, 1_500_000_00, "每人一份学校发展规划")]
    plan = _written(clock, year, province, lines)
    plans.adopt(actor=province, plan_id=plan.pk, now=clock.at(8, 31))
