"""The collections of the service: whose rows, in which order, by which fields they are sorted and filtered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.models import Kind, Organisation

from . import shapes

Rows = QuerySet[Any]
SCHOOLS = (Kind.SCHOOL, Kind.TEACHING_POINT)
CHOSEN = (enrolment.State.CONFIRMED, enrolment.State.PAID, enrolment.State.REGISTERED)


@dataclass(frozen=True)
class Collection:
    """A collection: its names in one and in many, its rows for an actor, a row as the standard shapes it, the look-up behind each field, the role that all have."""

    one: str
    many: str
    rows: Callable[[Actor], Rows]
    shape: Callable[[Any], dict[str, Any]]
    fields: Mapping[str, str] = field(default_factory=dict)
    key: str = "public_id"
    role: str = ""


def _orgs(actor: Actor) -> Rows:
    rows: Rows = Organisation.objects.within(actor.scope)
    if actor.role is Role.PROVIDER_STAFF:
        chosen = _chosen(actor).filter(selection__school=OuterRef("pk"))
        rows = Organisation.everywhere.filter(Exists(chosen) | Q(pk=actor.organisation_id or 0))
    return rows.select_related("parent").order_by("path")


def _chosen(actor: Actor) -> Rows:
    """What counts as being enrolled: confirmed choices, of the branch or of the provider's own offers."""
    rows = enrolment.ChosenOffer.objects.filter(selection__state__in=CHOSEN)
    if actor.role is Role.PROVIDER_STAFF:
        return rows.filter(offer__provider_id=actor.organisation_id)
    return rows.filter(selection__school__path__gte=actor.scope.first, selection__school__path__lt=actor.scope.beyond)


def _people(actor: Actor) -> Rows:
    rows: Rows = teachers.Teacher.objects.within(actor.scope)
    if actor.role is Role.PROVIDER_STAFF:
        rows = teachers.Teacher.everywhere.filter(Exists(_chosen(actor).filter(selection__teacher=OuterRef("pk"))))
    changed = Coalesce(teachers.changed_at(), F("registered_at"), output_field=DateTimeField())
    found: Rows = rows.annotate(changed_at=changed).select_related("school").order_by("pk")
    return found


def _trainees(actor: Actor) -> Rows:
    return _people(actor).filter(Exists(_chosen(actor).filter(selection__teacher=OuterRef("pk"))))


def _sessions(actor: Actor) -> Rows:
    return policies.TrainingYear.everywhere.filter(pk__in=[year.pk for year in policies.years_for(actor)]).order_by("pk")


def _classes(actor: Actor) -> Rows:
    rows = projects.Offer.objects.filter(Exists(_chosen(actor).filter(offer=OuterRef("pk"))))
    return rows.select_related("project__organiser", "provider").order_by("pk")


def _courses(actor: Actor) -> Rows:
    rows = projects.Project.everywhere.filter(Exists(_chosen(actor).filter(offer__project=OuterRef("pk"))))
    return rows.select_related("organiser").order_by("pk")


def _enrollments(actor: Actor) -> Rows:
    return _chosen(actor).select_related("selection__teacher", "selection__school", "selection__project", "offer").order_by("pk")


def _none(actor: Actor) -> Rows:
    return policies.TrainingYear.everywhere.none().order_by("pk")


ORG_FIELDS = {"sourcedId": "public_id", "name": "name", "type": "kind", "identifier": "code"}
USER_FIELDS = {
    "sourcedId": "public_id", "identifier": "staff_number", "username": "public_id", "dateLastModified": "changed_at",
    "givenName": "name", "familyName": "name", "status": "status",
}  # fmt: skip
COLLECTIONS: Mapping[str, Collection] = {
    alias or collection.many: collection
    for alias, collection in (
        ("", Collection("org", "orgs", _orgs, shapes.org, ORG_FIELDS)),
        ("schools", Collection("org", "orgs", lambda actor: _orgs(actor).filter(kind__in=SCHOOLS), shapes.org, ORG_FIELDS)),
        ("", Collection("user", "users", _people, shapes.user, USER_FIELDS, role="teacher")),
        ("teachers", Collection("user", "users", _people, shapes.user, USER_FIELDS, role="teacher")),
        ("students", Collection("user", "users", _trainees, shapes.user, USER_FIELDS, role="teacher")),
        ("", Collection("demographics", "demographics", _people, shapes.demographics, {"sourcedId": "public_id", "sex": "gender"})),
        ("", Collection("academicSession", "academicSessions", _sessions, shapes.session, {"schoolYear": "year"}, key="pk")),
        ("terms", Collection("academicSession", "academicSessions", _none, shapes.session, key="pk")),
        ("gradingPeriods", Collection("academicSession", "academicSessions", _none, shapes.session, key="pk")),
        ("", Collection("course", "courses", _courses, shapes.course, {"sourcedId": "public_id", "title": "title"})),
        ("", Collection("class", "classes", _classes, shapes.lesson, {"sourcedId": "public_id", "title": "title"})),
        ("", Collection("enrollment", "enrollments", _enrollments, shapes.enrollment, key="pk", role="student")),
    )
}
# The collections behind one thing of another: the look-up from the row of the inner one to the outer.
BEHIND: Mapping[tuple[str, str], str] = {
    ("schools", "teachers"): "school__public_id",
    ("schools", "students"): "school__public_id",
    ("schools", "enrollments"): "selection__school__public_id",
    ("classes", "enrollments"): "offer__public_id",
    ("courses", "classes"): "project__public_id",
    ("academicSessions", "courses"): "training_year",
}
