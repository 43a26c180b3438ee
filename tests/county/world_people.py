"""Rows that the addresses of roles, deputies and handovers name."""

from __future__ import annotations

from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.foundation.people.models import Account, Grant, Handover


class People:
    """A handover at Lin's school, and a deputy for whoever asks."""

    def __init__(self, world) -> None:
        self.world = world
        successor = Account.objects.get(login="reviewer")
        self.handover = Handover.objects.create(organisation=world.school, holder=world.grant.account, successor=successor, handed_at=NOW)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        pid, lin = "pid", self.world.lin.public_id
        fixed = {
            "bureau:handover": {pid: self.world.grant.account.public_id},
            "bureau:handed": {pid: self.handover.public_id},
            "bureau:who_sees": {"public_id": lin},
            "public:act_for_school": {pid: self.world.school.public_id},
            "public:act_for_teacher": {pid: lin},
        }
        return {"grant_id": self.deputy_of(login).pk} if name == "public:deputy_end" else fixed.get(name)

    def deputy_of(self, login: str) -> Grant:
        """A colleague who stands in for this person's role, one of them for each."""
        account_id = cast.teacher_actor("林知微").account_id if login == "teacher" else cast.actor(login).account_id
        held = Grant.objects.filter(account_id=account_id, deputy_for=None).order_by("pk")[0]
        days = {"from_on": NOW.date(), "defaults": {"to_on": NOW.date(), "deputy_for": held}}
        colleague = Account.objects.get(login="province2")
        return Grant.objects.get_or_create(account=colleague, role=held.role, organisation_id=held.organisation_id, **days)[0]
