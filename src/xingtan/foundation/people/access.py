"""Who may look at office holders, and confirm that their roles are still right."""

from __future__ import annotations

from .roles import BUREAU, OVERSIGHT, SCHOOL, Permission

SEE_HOLDERS = Permission("people.see_holders", BUREAU)
SEE_WHO_SEES = Permission("people.see_who_sees", OVERSIGHT | SCHOOL)
CONFIRM_ROLES = Permission("people.confirm_roles", BUREAU, is_passed_on=False)
