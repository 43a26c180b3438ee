"""Who may do what in assessment."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

TAKE_QUIZ = Permission("assessment.take_quiz", frozenset({Role.TEACHER}))
HAND_IN = Permission("assessment.hand_in", frozenset({Role.TEACHER}))
MARK = Permission("assessment.mark", frozenset({Role.TUTOR}))
SEE_RESULTS = Permission("assessment.see_results", SCHOOL | OVERSIGHT)
ENTER_RESULTS = Permission("assessment.enter_results", BUREAU)
