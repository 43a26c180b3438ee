"""When the register last learned something of a teacher, for systems that ask only for what is new."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery

from .models import TeacherFact


def changed_at() -> Subquery:
    """For a query of teachers: when the newest fact was entered, null where there is none."""
    facts = TeacherFact.objects.filter(teacher=OuterRef("pk")).order_by("-entered_at")
    return Subquery(facts.values("entered_at")[:1])
