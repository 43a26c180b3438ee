"""Rows that the addresses of plans and surveys name: a plan and a survey of every office, and one survey that asks everybody."""

from __future__ import annotations

from datetime import timedelta

from tests.county.matrix_plans import ROWS
from tests.county.roles import SIGNED_IN
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.plans import api as plans
from xingtan.domains.plans.models import PlanLine
from xingtan.foundation.surveys import api as surveys

OFFICES = ("clerk", "county", "city", "province")
OTHERS = {"reviewer": "clerk", "supervisor": "county"}
ALONE = (
    "bureau:circulars",
    "bureau:circular_new",
    "bureau:plans",
    "bureau:plan_begin",
    "bureau:plans_accept",
    "bureau:plan_calls",
    "bureau:surveys",
    "bureau:survey_new",
    "public:surveys",
)


class Plans:
    """The offices of the cast, each with a plan of one line and a draft of a survey."""

    def __init__(self, world) -> None:
        self.plans = {login: self._plan(cast.actor(login), world.year) for login in OFFICES}
        self.drafts = {login: self._survey(cast.actor(login)) for login in OFFICES}
        asked = self._survey(
            cast.actor("province"), roles=[actor.role for actor in (cast.actor(login) for login in SIGNED_IN - {"teacher"})]
        )
        issued = plans.Issued("matrix", "matrix", ["school"], reply_by=NOW.date())
        self.circular = plans.issue_circular(actor=cast.actor("county"), issued=issued, now=NOW)
        self.asked = surveys.open_survey(actor=cast.actor("province"), survey_id=asked.pk, now=NOW)

    def _plan(self, actor, year):
        plan = plans.start_plan(actor=actor, training_year_id=year.pk, now=NOW)
        PlanLine.objects.create(plan=plan, position=1, what="matrix", area="ethics", head_count=1, hours_centi=1_00)
        return plan

    def _survey(self, actor, roles=()):
        wanted = surveys.Wanted("matrix", NOW.date() - timedelta(days=400), NOW.date() + timedelta(days=400), ["teacher", *roles])
        return surveys.draft_survey(actor=actor, wanted=wanted, questions=[surveys.Asking("text", "matrix")], now=NOW)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        if name not in ROWS or name in ALONE:
            return None
        if name.startswith("public:"):
            return {"pid": self.asked.public_id}
        if name.startswith("bureau:circular"):
            return {"pid": self.circular.public_id}
        office = OTHERS.get(login, login if login in OFFICES else "county")
        return {"pid": (self.plans if name.startswith("bureau:plan") else self.drafts)[office].public_id}
