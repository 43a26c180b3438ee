"""The demonstration's tenders: one in each state, of the province, from a draft to signed contracts, and last year's standings.

Key holders are the province's two officers and the supervisor. Two tenders wait for their keys to be turned; their passphrases stand in
the files folder's parent under `demonstration-keys.txt`, which no real site has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from xingtan.core.tendering import CriterionKind, Evaluated, EvaluationWeights, Offered
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.registers import api as registers
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.db import atomic
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.grants import actor_of
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import Actor, Role

from . import cast
from .clock import Clock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SLIPS = "demonstration-keys.txt"
EXPERTS = (
    ("罗正行", "expert", "省教育科学研究所"), ("沈既白", "expert2", "江右师范大学"), ("钟灵毓", "expert3", "豫章师范学院"),
    ("裴文昭", "expert4", "庐陵教育学院"), ("温如玉", "expert5", "省电化教育馆"), ("祝明远", "expert6", "章贡教师发展中心"),
)  # fmt: skip
K = CriterionKind
CRITERIA = (
    (K.MATCH, "方案和课程与项目的符合度", 35), (K.PLAN, "培训方案", 20), (K.COURSES, "课程与资源", 15), (K.PRICE, "报价", 5),
    (K.DEFENCE, "现场问难", 25),
)  # fmt: skip
# Title, and how far it goes.
SCENES = (
    ("信息化领导力培训承训机构遴选", "draft"),
    ("乡村教师音体美培训承训机构遴选", "published"),
    ("班主任能力提升承训机构遴选", "closed"),
    ("心理健康教育骨干培训承训机构遴选", "opened"),
    ("幼儿园骨干教师培训承训机构遴选", "reviewing"),
    ("学科骨干教师培训承训机构遴选", "defending"),
    ("新任校长任职培训承训机构遴选", "announced"),
    ("信息技术应用能力提升工程承训机构遴选", "finished"),
    ("英语教师出国研修承训机构遴选", "cancelled"),
)
ORDER = ("draft", "published", "closed", "opened", "reviewing", "defending", "announced", "finished")
TERMS = [tenders.Target("参训率", 98, "%"), tenders.Target("合格率", 95, "%"), tenders.Target("学员满意度", 90, "%")]


@atomic
def fill(clock: Clock, year: policies.TrainingYear) -> None:
    """A tender stands in every state, and the year before has standings."""
    province, now = cast.actor("province"), clock.now
    _name_experts(province, now - 60 * DAY)
    known = {one.name: one.pk for one in registers.providers_for(province)}
    rows = [Evaluated(known[name], *marks) for name, marks in (("明德教师研修中心", (902, 885, None)), ("赣鄱师训网", (861, 914, None)))]
    tenders.conclude_standings(actor=province, year=year.year - 1, rows=rows, weights=EvaluationWeights(), now=now - 50 * DAY)
    slips = [line for title, goal in SCENES for line in _Scene(year, title, goal, now).run()]
    (Path(settings.HOME) / SLIPS).write_text("\n".join(slips) + "\n", encoding="utf-8")


def _name_experts(province: Actor, now: datetime) -> None:
    office, first = province.organisation_id or 0, now.date()
    for name, login, workplace in EXPERTS:
        wanted = registers.Nomination(name, workplace, "experts", "项目评审", "正高级职称，省级评审专家", first, None)
        one = registers.nominate(actor=cast.actor("province2"), office_id=office, wanted=wanted, now=now)
        registers.decide_nominations(actor=province, ids=[one.pk], is_approved=True, reason="", now=now)
        tenders.name_expert(actor=province, pool=one.public_id, login=login, now=now)
    Account.objects.filter(login__in=[login for _name, login, _place in EXPERTS], activated_at=None).update(
        password=Account.objects.get(login="province").password, activated_at=now, activation_code=""
    )


class _Scene:
    """One tender and how far it has gone."""

    def __init__(self, year: policies.TrainingYear, title: str, goal: str, now: datetime) -> None:
        self.year, self.title, self.goal, self.now = year, title, goal, now
        self.province, self.witness = cast.actor("province"), cast.actor("supervisor")
        far = {"draft": 3 * DAY, "published": -2 * DAY, "finished": -40 * DAY, "cancelled": -30 * DAY}.get(goal, -20 * DAY)
        self.opens = now + far
        self.closes = self.opens + (12 * DAY if goal in ("draft", "published", "cancelled") else 9 * DAY)

    def run(self) -> list[str]:
        """The tender stands; answers the slips of the keys that are still to be turned."""
        project = self._project()
        rows = [tenders.CriterionRow(kind, title, weight) for kind, title, weight in CRITERIA]
        told = {"content": "按项目方案组织培训，过程可查、成果可见。", "requirements": "具有三年以上承训经验，近两年评估合格。"}
        call = tenders.Call(
            self.title,
            told["content"],
            told["requirements"],
            self.opens,
            self.closes,
            places=1,
            panel_size=5,
            criteria=rows,
            ceiling_fen=60_000_000,
        )
        begun = self.opens - 6 * HOUR
        self.pid = tenders.draft_tender(actor=self.province, project=project.public_id, call=call, now=begun).public_id
        if self.goal == "draft":
            return []
        self.keys = {one: self._key(one, side, begun) for one, side in ((self.province, "office"), (self.witness, "witness"))}
        tenders.publish_tender(actor=self.province, pid=self.pid, now=begun)
        self._bid()
        if self.goal == "cancelled":
            tenders.cancel_tender(actor=self.province, pid=self.pid, reason="出国项目暂停执行，另行通知。", now=self.opens + 5 * DAY)
            return []
        return self._go_on()

    def _go_on(self) -> list[str]:
        steps: Mapping[str, Callable[[], None]] = {
            "opened": self._open, "reviewing": self._seat, "defending": self._judge, "announced": self._announce, "finished": self._finish,
        }  # fmt: skip
        for name in ORDER[: ORDER.index(self.goal) + 1]:
            if name in steps:
                steps[name]()
        return [f"{self.title}\t{one.name}\t{phrase}" for one, phrase in self.keys.items()] if self.goal in ("published", "closed") else []

    def _project(self) -> projects.Project:
        return projects.draft_project(
            actor=self.province,
            training_year_id=self.year.pk,
            title=self.title.removesuffix("承训机构遴选"),
            tier="province",
            kind="all_staff",
            opens_on=self.year.first_on,
            closes_on=self.year.last_on,
            summary="承训机构由遴选产生。",
            now=self.opens - 7 * HOUR,
        )

    def _key(self, actor: Actor, side: str, now: datetime) -> str:
        grant = Grant.objects.filter(account_id=actor.account_id or 0).order_by("pk")[0]
        tenders.appoint(actor=self.province, pid=self.pid, grant_id=grant.pk, side=tenders.Side(side), now=now)
        passphrase = tenders.make_key(actor=actor, pid=self.pid, now=now)
        tenders.confirm_key(actor=actor, pid=self.pid, passphrase=passphrase, now=now)
        return passphrase

    def _bid(self) -> None:
        asked = tenders.ask(actor=cast.actor("provider2"), pid=self.pid, text="现场问难可否线上进行？", now=self.opens + HOUR)
        tenders.answer(actor=self.province, pid=self.pid, question=asked.public_id, words="须到现场。", now=self.opens + 2 * HOUR)
        for login, price, plan in (
            ("provider", 52_800_000, "诊断先行，按需选课；集中研修二十天，返岗实践两个月，全程跟踪。"),
            ("provider2", 48_600_000, "线上线下混合研修，工作坊主持人带教，成果以课例呈现。"),
        ):
            texts = {
                "plan": plan,
                "courses": "必修八门，选修二十门，均经省级评审。",
                "team": "主讲十二人，其中正高级五人。",
                "record": "承训三年，年均三千人。",
            }
            tenders.submit(actor=cast.actor(login), pid=self.pid, offered=Offered(texts, [], price, []), now=self.opens + DAY)

    def _open(self) -> None:
        self.at = self.closes + HOUR
        for one, phrase in self.keys.items():
            tenders.turn_key(actor=one, pid=self.pid, passphrase=phrase, now=self.at)

    def _panel(self) -> list[Actor]:
        tender = tenders.tender_in(self.province.scope, self.pid)
        ids = [one.expert.account_id for one in tenders.panel_of(tender) if one.state != tenders.PanelState.RECUSED]
        grants = Grant.objects.filter(account__in=ids, role=Role.EXPERT.value).select_related("organisation", "account").order_by("pk")
        return list({one.account_id: actor_of(one, name=one.account.name) for one in grants}.values())

    def _seat(self) -> None:
        tenders.draw_panel(actor=self.province, pid=self.pid, now=self.at)
        if cast.actor("expert").account_id not in [one.account_id for one in self._panel()]:  # who tries the demonstration finds work
            drawn = tenders.panel_of(tenders.tender_in(self.province.scope, self.pid))[0].public_id
            tenders.replace_member(actor=self.province, pid=self.pid, member=drawn, reason="临时出差，不能参加评审", now=self.at)
        for one in self._panel():
            tenders.declare(actor=one, pid=self.pid, has_interest=False, now=self.at)
        tenders.begin_review(actor=self.province, pid=self.pid, now=self.at)

    def _mark(self, *, is_defence: bool) -> None:
        tender = tenders.tender_in(self.province.scope, self.pid)
        for number, one in enumerate(self._panel()):
            for place, bid in enumerate(tenders.standing_bids(tender)):
                marks = {row.pk: 905 - 45 * place - 17 * ((number + place) % 3) for row in tenders.judged_on(tender, is_defence=is_defence)}
                told = {"code": bid.code, "marks": marks, "words": "符合度高，课程配套较好。", "is_final": True}
                tenders.keep_review(actor=one, pid=self.pid, now=self.at, **told)  # type: ignore[arg-type]  # -- by name

    def _judge(self) -> None:
        self._mark(is_defence=False)
        tenders.begin_defence(actor=self.province, pid=self.pid, now=self.at)
        told = {"question": "返岗实践如何考核？", "answer": "以课例和同伴互评为主，县级核验。"}
        tenders.note_defence(actor=self.province, pid=self.pid, code="A", now=self.at, **told)

    def _announce(self) -> None:
        self._mark(is_defence=True)
        tenders.rank(actor=self.province, pid=self.pid, now=self.at)
        first = max(self.at, self.now - DAY if self.goal == "announced" else self.at).date()
        days = notices.Days(first, first + 5 * DAY, first + 7 * DAY)
        tenders.announce(
            actor=self.province, pid=self.pid, days=days, now=max(self.at, self.now - DAY) if self.goal == "announced" else self.at
        )

    def _finish(self) -> None:
        after = self.at + 9 * DAY
        tenders.award(actor=self.province, pid=self.pid, now=after)
        tender = tenders.tender_in(self.province.scope, self.pid)
        for bid in [one for one in tenders.bids_of(tender) if one.state == tenders.BidState.CHOSEN]:
            terms = tenders.Terms((bid.price_fen or 0) - 1_000_000, 100, self.year.first_on, self.year.last_on, TERMS)
            tenders.offer_contract(actor=self.province, pid=self.pid, bid=bid.public_id, terms=terms, now=after)
            login = next(one for one in ("provider", "provider2") if cast.actor(one).organisation_id == bid.provider_id)
            tenders.answer_contract(actor=cast.actor(login), pid=self.pid, is_signed=True, now=after + HOUR)
        tenders.finish(actor=self.province, pid=self.pid, now=after + 2 * HOUR)
