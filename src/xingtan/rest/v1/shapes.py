"""What several resources answer and take."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ninja import Schema
from pydantic import ConfigDict, Field

from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation

MANY = 20_000
"""The most that one request may name."""


class In(Schema):
    """What a client sends: a field that we do not know is a mistake and said so."""

    model_config = ConfigDict(extra="forbid")


class OrganisationOut(Schema):
    """A province, city, county, school or training provider."""

    id: str
    name: str
    kind: str


class TeacherRef(Schema):
    """A teacher as other things name one."""

    id: str
    name: str


class YearQuery(Schema):
    """Which training year is meant."""

    year: int = Field(ge=2000, le=2200, description="the calendar year in which the training year starts")


def organisation(one: Organisation) -> OrganisationOut:
    """The organisation, named in the request's language."""
    return OrganisationOut(id=one.public_id, name=str(one), kind=one.kind)


def teacher_ref(one: teachers.Teacher) -> TeacherRef:
    """The teacher's id and name."""
    return TeacherRef(id=one.public_id, name=one.name)


def year_named(actor: Actor, year: int) -> policies.TrainingYear:
    """The training year of this name that holds for the actor; `NotInScope` where there is none."""
    return policies.year_for(actor, year)


def organisation_named(actor: Actor, public_id: str) -> Organisation:
    """The organisation of the actor's branch with this id."""
    found = Organisation.objects.within(actor.scope).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def teacher_ids(actor: Actor, public_ids: Collection[str]) -> list[int]:
    """The teachers of the branch with these ids; `NotInScope` when one is elsewhere."""
    found = teachers.teachers_in(actor.scope).filter(public_id__among=public_ids)
    return all_of(dict(found.values_list("public_id", "pk")), public_ids)


def all_of(found: Mapping[str, int], public_ids: Collection[str]) -> list[int]:
    """The ids behind all of these; `NotInScope` when one is missing."""
    if set(public_ids) - set(found):
        raise NotInScope
    return [found[one] for one in dict.fromkeys(public_ids)]
