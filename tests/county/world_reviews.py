"""Rows that the addresses of the review chain name: a batch of each office, a late entry and an appeal of Lin."""

from __future__ import annotations

from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.models import Appeal, LateEntry, ReviewBatch


class Reviews:
    """A late entry of Lin that waits, an appeal about one of her entries, and a batch of whoever's office asks."""

    def __init__(self, world) -> None:
        self.lin = world.lin
        self.entry = CreditEntry.everywhere.filter(teacher=world.lin).order_by("pk")[0]
        self.year = policies.current_year_for(cast.actor("province"))
        province = cast.actor("province").organisation_id
        self.late = LateEntry.everywhere.create(
            teacher=world.lin, school=world.lin.school, office_id=province, training_year=self.year, component="course", title="补登",
            centi=100, happened_on=self.year.first_on, reason_code="mistake", reason="漏登", asked_at=NOW,
        )  # fmt: skip
        self.appeal = Appeal.everywhere.create(
            teacher=world.lin, school=world.lin.school, training_year=self.year, entry=self.entry, office=self.entry.county,
            words="学时少了", filed_at=NOW, answer_by=NOW.date(),
        )  # fmt: skip

    def words(self, name: str, login: str) -> dict[str, object] | None:
        if name in ("bureau:batch", "bureau:batch_look", "bureau:batch_pass", "bureau:batch_drop"):
            return {"pid": self.batch_of(login).public_id}
        if name.startswith("bureau:late_") and name not in ("bureau:late_entries", "bureau:late_ask"):
            return {"pid": self.late.public_id}
        appeals = ("bureau:appeal", "bureau:appeal_answer", "trainee:appeal", "trainee:appeal_withdraw", "trainee:appeal_carry_up")
        return {"pid": self.appeal.public_id} if name in appeals else None

    def batch_of(self, login: str) -> ReviewBatch:
        """A batch of the office that asks; the county's for everybody without one."""
        office = cast.actor(login if login in ("county", "city", "province") else "county").organisation_id
        values = {"step": "county_review", "entry_ids": [self.entry.pk], "entry_count": 1, "centi": 1, "seed": "0", "drawn_at": NOW}
        held = ReviewBatch.everywhere.filter(organisation_id=office, training_year=self.year, step="county_review").order_by("pk").first()
        return held or ReviewBatch.everywhere.create(organisation_id=office, training_year=self.year, **values)
