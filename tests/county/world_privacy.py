"""Rows that the addresses of the registers name."""

from __future__ import annotations

from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.registers import api as registers


class Registers:
    """Lin as a cadre, an office beside her school with a head, and a school that asks to become a member."""

    def __init__(self, world) -> None:
        self.world, clerk, day = world, cast.actor("clerk"), NOW.date()
        told = {"organisation_id": world.school.pk, "kind": "leadership", "name": "继续教育领导小组", "project": "", "from_on": day}
        self.cadre = registers.appoint(actor=clerk, teacher_id=world.lin.pk, post=registers.Post("deputy", day), now=NOW)
        self.office = registers.found_office(actor=clerk, now=NOW, **told)
        self.seat = registers.seat(actor=clerk, pid=self.office.public_id, name="校长", post="", duty="head", from_on=day, now=NOW)
        asked = {"name": "新学校", "contact": "王", "phone": "13800000009", "words": "民办", "address": "matrix"}
        county = cast.actor("county").organisation_id
        self.membership = registers.apply_for_school(actor=clerk, county_id=county, now=NOW, **asked)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        office = {"pid": self.office.public_id}
        fixed: dict[str, dict[str, object]] = {
            "bureau:cadre": {"pid": self.cadre.public_id},
            **{f"bureau:side_office{what}": office for what in ("", "_seat", "_close")},
            "bureau:side_office_unseat": {**office, "member_id": self.seat.pk},
            "bureau:register_provider": {"pid": self.world.claim.provider.public_id},
            "public:member_receipt": {"receipt": self.membership.public_id},
        }
        return fixed.get(name)
