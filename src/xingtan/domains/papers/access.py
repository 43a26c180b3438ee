"""Who may print, submit, compare and seal."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

PRINT_PAPERS = Permission("papers.print", SCHOOL)
PRINT_OWN_PAPER = Permission("papers.print_own", frozenset({Role.TEACHER}))
SUBMIT_PAPERS = Permission("papers.submit", SCHOOL)
SEE_PAPERS = Permission("papers.see", SCHOOL | OVERSIGHT)
SEE_OWN_PAPERS = Permission("papers.see_own", frozenset({Role.TEACHER}))
SEAL_PAPERS = Permission("papers.seal", BUREAU)
SEE_CHASING = Permission("papers.see_chasing", SCHOOL | OVERSIGHT)
REMIND = Permission("papers.remind", SCHOOL | {Role.COUNTY_OFFICER})
CONFIRM_OPENING = Permission("papers.confirm_opening", frozenset({Role.TEACHER}))
SEE_OPENINGS = Permission("papers.see_openings", SCHOOL)
