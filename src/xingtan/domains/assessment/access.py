"""Who may do what in assessment."""

from __future__ import annotations

from xingtan.foundation.people.roles import Permission, Role

TAKE_QUIZ = Permission("assessment.take_quiz", frozenset({Role.TEACHER}))
HAND_IN = Permission("assessment.hand_in", frozenset({Role.TEACHER}))
MARK = Permission("assessment.mark", frozenset({Role.TUTOR}))
