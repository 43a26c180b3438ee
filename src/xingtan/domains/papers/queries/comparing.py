"""A paper against the register of this moment."""

from __future__ import annotations

from xingtan.domains.papers.differing import Difference, differences_of
from xingtan.domains.papers.models import Paper
from xingtan.domains.papers.states import Kind
from xingtan.domains.teachers import api as teachers

from .asking import Asked
from .content import contents_of, roll_of
from .lines import Content


def content_now(paper: Paper) -> Content:
    """What the same paper would say if it were printed at this moment."""
    printing = paper.printing
    asked = Asked(Kind(printing.kind), printing.from_on, printing.to_on, printing.purpose, printing.training_year)
    if paper.teacher_id is None:
        people = teachers.teachers_in_post(paper.school.scope).order_by("name_pinyin", "pk")
        return roll_of(asked, list(people), paper.school)
    person = teachers.teachers_by_id([paper.teacher_id])[paper.teacher_id]
    return contents_of(asked, [person], paper.school)[person.pk]


def compared(paper: Paper) -> list[Difference]:
    """Every place where the register no longer says what the paper says; nothing when they agree."""
    return differences_of(paper.content, content_now(paper))
