"""Papers of the demonstration school: printed for title review, some at the county, some sealed, one refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from xingtan.domains.papers import api as papers
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

from . import cast
from .clock import Clock

MARK = "青原区教师继续教育学时验印专用章"
PRINTED, SUBMITTED, SEALED = 8, 6, 3


def fill(clock: Clock, year: policies.TrainingYear, show: Callable[[str], None]) -> None:
    """Eight statements of hours stand: three sealed, one refused for want of a signature, two at the county, two still at the school."""
    clerk, county = cast.actor("clerk"), cast.actor("county")
    people = list(teachers.teachers_in_post(clerk.scope).order_by("name_pinyin", "pk")[:PRINTED])
    lin = cast.teacher_actor("林知微").teacher_id or 0
    ids = dict.fromkeys([lin, *(one.pk for one in people)])
    days = (date(clock.running - 3, 9, 1), clock.today)
    asked = papers.asked_for(papers.Kind.HOURS, days=days, training_year=year, purpose="职称评审", today=clock.today)
    at = clock.now - timedelta(days=3)
    printing = papers.print_papers(actor=clerk, asked=asked, teacher_ids=list(ids)[:PRINTED], now=at)
    found = sorted(papers.papers_of(clerk.scope, printing.public_id), key=lambda one: one.teacher_id != lin)
    wanted = [one.pk for one in found]
    papers.submit(actor=clerk, paper_ids=wanted[:SUBMITTED], now=at + timedelta(hours=1))
    papers.seal(actor=county, paper_ids=wanted[:SEALED], mark=MARK, now=clock.now - timedelta(days=1))
    why = papers.Why(papers.Reason.NOT_SIGNED.value)
    papers.refuse(actor=county, paper_ids=wanted[SEALED : SEALED + 1], why=why, now=clock.now - timedelta(days=1))
    show(f"  {len(found)} papers printed, {SEALED} of them sealed")
