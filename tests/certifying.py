"""The cast of credits with verified years, final verdicts and issued pages."""

from __future__ import annotations

from tests import crediting
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.determination import api as determination_room
from xingtan.domains.determination.models import Determination
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher

NOW = crediting.NOW
HOUR = 3600
NUMBER = "36082119880214202X"


def build():
    """The cast; Lin 林知微 has a real number and a year of 72 verified hours, not yet determined."""
    cast = crediting.build()
    Teacher.everywhere.filter(pk=cast.lin_teacher.pk).update(
        name="林知微", name_pinyin="linzhiwei", name_initials="lzw", number_closed=NUMBER_BOX.close(NUMBER)
    )
    cast.lin_teacher.refresh_from_db()
    verified(cast, [cast.lin_teacher])
    return cast


def verified(cast, teachers, hours=50):
    """50 hours of course A and 22 of workshop, through the whole chain."""
    crediting.delivered(cast, teachers, hours * HOUR)
    crediting.attended(cast, teachers, 22_00)
    entries = crediting.enter(cast, teacher_ids=[one.pk for one in teachers])
    crediting.walk(cast, entries)
    return entries


def examined(cast, teachers, now=NOW):
    """The province made these teachers' verdicts final; the ids of their year verdicts."""
    determination_room.examine(actor=cast.mei, training_year_id=cast.year.pk, teacher_ids=[one.pk for one in teachers], now=now)
    rows = Determination.everywhere.filter(teacher__in=teachers, span="year", is_current=True, examined_at__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def issued(cast, teachers=None, now=NOW):
    """The pages of these teachers (Lin), issued by the hallway's handler."""
    teachers = teachers or [cast.lin_teacher]
    ids = examined(cast, teachers, now)
    certificates.issue_due({"run": 0, "determinations": ids}, now)
    return list(
        CertificatePage.everywhere.filter(determination_id__in=ids).select_related("certificate", "run", "training_year").order_by("pk")
    )
