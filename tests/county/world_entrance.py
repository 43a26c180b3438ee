"""Rows that the addresses of the entrance name."""

from __future__ import annotations

from tests.demo_county import NOW
from xingtan.foundation.entrance import recovery
from xingtan.foundation.entrance.models import Recovery


class Entrance:
    """Lin asks to come in again."""

    def __init__(self, world) -> None:
        recovery.ask(identity=world.lin.account.login, address="", place="", now=NOW)
        self.asked = Recovery.objects.get(account=world.lin.account)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        return {"pid": self.asked.public_id} if name.startswith("public:recovery_") else None
