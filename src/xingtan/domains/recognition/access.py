"""Who may declare, claim, decide, bring files and see."""

from __future__ import annotations

from collections.abc import Mapping

from xingtan.core.policy import Party
from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_TRAININGS = Permission("recognition.see", SCHOOL | OVERSIGHT)
DECLARE = Permission("recognition.declare", SCHOOL)
DECIDE_TRAININGS = Permission("recognition.decide_trainings", BUREAU)
CLAIM = Permission("recognition.claim", frozenset({Role.TEACHER}), is_assisted=True)
CLAIM_FOR = Permission("recognition.claim_for", SCHOOL)
DECIDE_CLAIMS = Permission("recognition.decide_claims", SCHOOL | BUREAU)
BRING_FILE = Permission("recognition.bring_file", frozenset({Role.SCHOOL_CLERK}) | BUREAU)

PARTIES: Mapping[Role, Party] = {
    Role.TEACHER: Party.TEACHER,
    Role.SCHOOL_CLERK: Party.SCHOOL,
    Role.SCHOOL_REVIEWER: Party.SCHOOL,
    Role.COUNTY_OFFICER: Party.COUNTY,
    Role.CITY_OFFICER: Party.CITY,
    Role.PROVINCE_OFFICER: Party.PROVINCE,
    Role.OPERATOR: Party.PROVINCE,
}
HEIGHT: Mapping[Party, int] = {party: height for height, party in enumerate(Party)}


def reaches(role: Role, party: Party) -> bool:
    """True when this role stands as high as the party that decides, or higher."""
    own = PARTIES.get(role)
    return own is not None and HEIGHT[own] >= HEIGHT[party]
