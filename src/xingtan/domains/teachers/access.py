"""Who may do what with the register."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

CLERK = frozenset({Role.SCHOOL_CLERK})

SEE_TEACHERS = Permission("teachers.see", SCHOOL | OVERSIGHT)
UNMASK = Permission("teachers.unmask", CLERK | BUREAU)
PRINT_SLIPS = Permission("teachers.print_slips", CLERK)
ADD_SCHOOLS = Permission("teachers.add_schools", BUREAU)
MERGE = Permission("teachers.merge", BUREAU)
TAKE_OUT = Permission("teachers.take_out", CLERK | BUREAU | {Role.TEACHER})
