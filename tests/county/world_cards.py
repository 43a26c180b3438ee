"""Rows that the addresses of cards and of forming classes name."""

from __future__ import annotations

from tests.county.matrix_cards import OWN, ROWS
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.admissions.models import Application
from xingtan.domains.cards.models import Card, CardReport, HoursPurchase
from xingtan.domains.projects import api as projects
from xingtan.domains.workshops import api as workshops

OF_BATCH, OF_PARCEL, OF_CARD = ("batch", "sheets"), ("parcel", "receive", "settle"), ("one", "reissue")


class Cards:
    """A card of Lin's school with its batch and parcel, an order of hers, and a draft of classes of the province's IT project."""

    def __init__(self, world) -> None:
        self.card = Card.everywhere.filter(holder=world.school, batch__isnull=False, teacher__isnull=False).order_by("pk")[0]
        self.report = CardReport.everywhere.filter(is_county=True).order_by("pk")[0]
        self.order = HoursPurchase.everywhere.create(
            training_year=world.year, teacher=world.lin, county=world.school.parent, hours_centi=20_00, price_fen=20_00,
            state="ordered", ordered_at=NOW,
        )  # fmt: skip
        province = cast.actor("province")
        self.project = projects.projects_for(province.scope, kind=projects.ProjectKind.IT_CAPABILITY).get()
        Application.everywhere.get_or_create(
            project=self.project, teacher=world.lin, defaults={"school": world.school, "way": "own", "state": "admitted", "applied_at": NOW}
        )
        rule = workshops.Rule((), 1, 500, 2000)
        workshops.propose(actor=province, project_id=self.project.pk, rule=rule, now=NOW)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        if name in OWN:
            return {"pid": self.project.public_id, **({"number": 1} if name == "bureau:class_draft" else {})}
        if name not in ROWS:
            return None
        what = name.partition(":")[2].removeprefix("card_")
        if what in OF_BATCH:
            return {"pid": self.card.batch.public_id}
        if what in OF_PARCEL:
            return {"pid": self.card.consignment.public_id}
        if what in OF_CARD:
            return {"pid": self.card.public_id}
        if what in ("purchase", "hours_cancel"):
            return {"pid": self.order.public_id}
        return {"pid": self.report.public_id} if what == "issue" else None
