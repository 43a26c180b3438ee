"""The registers of a branch."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from xingtan.domains.registers.models import Cadre, Membership, PoolMember, ProviderRecord, SideOffice, SideOfficeMember
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

HEADS = [teachers.Position.PRINCIPAL.value, teachers.Position.KINDERGARTEN_HEAD.value]


def pool_in(scope: Scope, text: str = "") -> QuerySet[PoolMember]:
    """The pools of the branch's offices, and whom the branch nominated, with office and nominator."""
    inside = Q(office__path__gte=scope.first, office__path__lt=scope.beyond)
    nominated = Q(nominator__path__gte=scope.first, nominator__path__lt=scope.beyond)
    found = PoolMember.everywhere.filter(inside | nominated).select_related("office", "nominator")
    return found.filter(Q(name__contains=text) | Q(workplace__contains=text) | Q(office__name__contains=text)) if text else found


def cadres_in(scope: Scope, text: str = "") -> ScopedQuerySet[Cadre]:
    """The branch's cadres, past and present, with school and teacher."""
    found = Cadre.objects.within(scope).select_related("school", "teacher")
    return found.filter(Q(teacher__name__contains=text) | Q(school__name__contains=text)) if text else found


def principals_missing(scope: Scope) -> ScopedQuerySet[teachers.Teacher]:
    """Principals of the register of teachers who do not stand in the register of cadres yet."""
    entered = Cadre.everywhere.filter(teacher=OuterRef("pk"), to_on=None)
    return teachers.teachers_in_post(scope).filter(position__in=HEADS).filter(~Exists(entered)).order_by("school__path", "pk")


def provider_records_in(scope: Scope, text: str = "") -> ScopedQuerySet[ProviderRecord]:
    """What the branch's offices hold of providers."""
    found = ProviderRecord.objects.within(scope).select_related("office", "provider")
    return found.filter(Q(provider__name__contains=text) | Q(fields__contains=text)) if text else found


def side_offices_in(scope: Scope, text: str = "") -> ScopedQuerySet[SideOffice]:
    """The branch's offices beside the tree."""
    found = SideOffice.objects.within(scope).select_related("organisation")
    return found.filter(Q(name__contains=text) | Q(organisation__name__contains=text) | Q(project__contains=text)) if text else found


def side_office_in(scope: Scope, pid: str) -> SideOffice:
    """The office of the branch with this public id; `NotInScope` where there is none."""
    found: SideOffice | None = side_offices_in(scope).filter(public_id=pid).first()
    if found is None:
        raise NotInScope
    return found


def members_of(office: SideOffice) -> list[SideOfficeMember]:
    """Everybody who is or was in it: head first, those who left last."""
    order = {"head": 0, "deputy": 1, "member": 2}
    found = SideOfficeMember.objects.filter(office=office).order_by("from_on", "pk")
    return sorted(found, key=lambda one: (one.to_on is not None, order[one.duty]))


def memberships_in(scope: Scope, text: str = "") -> ScopedQuerySet[Membership]:
    """Applications to the branch's counties."""
    found = Membership.objects.within(scope).select_related("county", "school")
    return found.filter(Q(name__contains=text) | Q(contact__contains=text) | Q(county__name__contains=text)) if text else found


def membership_by_receipt(receipt: str) -> Membership | None:
    """The application with this receipt, whoever asks: the receipt is random and known to the applicant only."""
    return Membership.everywhere.filter(public_id=receipt).select_related("county").first()


def own_membership(teacher_id: int) -> Membership | None:
    """The teacher's latest application."""
    return Membership.everywhere.filter(teacher_id=teacher_id).select_related("county").order_by("-pk").first()


def holds_today(today: date) -> Q:
    """Rows whose term holds today."""
    return Q(from_on__lte=today) & (Q(to_on=None) | Q(to_on__gte=today))
