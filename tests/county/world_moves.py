"""Rows that the addresses of moves name."""

from __future__ import annotations

from datetime import timedelta

from tests.county.matrix_moves import MERGES, ROWS, SCHOOLS
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.scope.models import Kind, Organisation


class Moves:
    """A colleague of Lin's who teaches elsewhere too and is offered to another county, and two records that were merged."""

    def __init__(self, world) -> None:
        self.lin, self.school = world.lin, world.school
        clerk, day = cast.actor("clerk"), NOW.date()
        mates = list(teachers.teachers_in_post(self.school.scope).exclude(pk=self.lin.pk).order_by("-pk")[:3])
        self.mate = mates[0]
        choosers = CourseSelection.everywhere.values("teacher_id")
        self.double, self.other = teachers.teachers_in_post(self.school.scope).exclude(pk__in=choosers).order_by("-pk")[:2]
        county = self.school.parent
        strange = Organisation.everywhere.filter(kind=Kind.SCHOOL, closed_on=None).exclude(parent=county).first()
        strange = strange or teachers.add_schools(
            actor=OPERATOR, parent_id=Organisation.everywhere.filter(kind=Kind.COUNTY).exclude(pk=county.pk).first().pk,
            rows=[{"name": "矩阵小学"}], now=NOW,
        )[0]  # fmt: skip
        near = teachers.schools_in(county.scope).exclude(pk=self.school.pk).first() or strange
        wanted = moves.Elsewhere(near.pk, moves.SecondPostKind.AID, day - timedelta(days=1))
        self.post = moves.give_second_post(actor=clerk, teacher_id=self.lin.pk, wanted=wanted, now=NOW)
        terms = moves.Terms(day, "matrix")
        self.transfer = moves.offer_transfer(actor=clerk, teacher_id=self.mate.pk, to_school=strange.name, terms=terms, now=NOW)
        self.merge = teachers.merge(actor=cast.actor("county"), merged_id=self.double.pk, into_id=self.other.pk, reason="matrix", now=NOW)

    def words(self, name: str, login: str) -> dict[str, object] | None:
        face, _colon, what = name.partition(":")
        if name not in ROWS or what in ("moves", "move_ask", "duplicates", "schools", "everything"):
            return None
        if what in ("move_agree", "move_end"):
            return {"pid": self.transfer.public_id}
        if what == "merge_end":
            return {"pid": self.merge.public_id}
        if what in MERGES:
            return {"merged": self.mate.public_id, "into": self.lin.public_id}
        if what in SCHOOLS or what == "school_everything":
            return {"pid": self.school.public_id} if face == "bureau" else None
        return {"pid": self.lin.public_id} | ({"post_id": self.post.pk} if what == "teacher_elsewhere_end" else {})
