"""Who may do what with courses."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, Permission, Role

ADD_COURSE = Permission("courses.add", frozenset({Role.PROVIDER_STAFF}))
REVIEW_COURSE = Permission("courses.review", frozenset({Role.PROVINCE_OFFICER}))
SEE_LIBRARY = Permission("courses.see", BUREAU | {Role.PROVIDER_STAFF, Role.TUTOR, Role.SUPERVISOR})
