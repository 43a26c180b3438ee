"""Rows that the addresses of seats name: a project whose seats came down to Lin's school, and one of her county that she may press for."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from tests.county.matrix_quotas import ROWS
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.projects.models import Project
from xingtan.domains.quotas import api as quotas

OFFICES = ("province", "city", "county", "clerk")
OTHERS = {"reviewer": "clerk", "supervisor": "province"}
OF_PROJECT = ("bureau:quota_board", "bureau:quota_grant")


class Quotas:
    """Eight seats at the top, four of them down to the school, level by level."""

    def __init__(self, world) -> None:
        self.project = self._project("matrix seats", cast.actor("province"), world.year)
        self.pressed = self._project("matrix press", cast.actor("county"), world.year)
        quota = quotas.grant(actor=cast.actor("province"), project_id=self.project.pk, seats=8, now=NOW)
        self.quotas = {"province": quota}
        for giver, taker in pairwise(OFFICES):
            actor, office = cast.actor(giver), cast.actor(taker).organisation_id
            quotas.share_out(actor=actor, quota_id=self.quotas[giver].pk, targets={office: 4}, now=NOW)
            self.quotas[taker] = quotas.Quota.everywhere.get(project=self.project, organisation_id=office)

    def _project(self, title: str, actor, year):
        days = {"opens_on": NOW.date() - timedelta(days=1), "closes_on": NOW.date() + timedelta(days=9)}
        return Project.everywhere.create(
            training_year=year, organiser_id=actor.organisation_id, title=title, tier="province", kind="outreach", state="published",
            made_at=NOW, published_at=NOW, has_seats=True, ways=["own"], approval_steps=0, **days,
        )  # fmt: skip

    def words(self, name: str, login: str) -> dict[str, object] | None:
        if name not in ROWS or name == "bureau:quotas":
            return None
        if name == "trainee:rush":
            return {"pid": self.pressed.public_id}
        if name in OF_PROJECT:
            return {"pid": self.project.public_id}
        return {"pid": self.quotas.get(OTHERS.get(login, login), self.quotas["county"]).public_id}
