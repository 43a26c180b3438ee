"""Trainers, cadres, providers as offices see them, offices beside the tree, members."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.keys import Box, open_box
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Duty, MemberKind, MemberState, Need, OfficeDuty, OfficeKind, PoolState, Standing, Team

PHONE_BOX = open_box("registers.phone")


class PoolMember(models.Model):
    """A person nominated for a team of an office's trainer pool, for a term.  pii: name, workplace; kept: ten years"""

    owner = "office"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    office = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="whose pool it is")
    nominator = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    workplace = models.CharField(max_length=120)
    team = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Team])
    subject = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=14, blank=True)
    duties = models.CharField(max_length=300)
    competence = models.CharField(max_length=500, help_text="what shows that the person can do it")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in PoolState])
    reason = models.CharField(max_length=200, blank=True)
    nominated_at = models.DateTimeField()
    nominated_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    objects = Gate["PoolMember"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="pool_term_forward"),
            models.UniqueConstraint(
                fields=["office", "team", "name", "workplace"],
                condition=models.Q(state__in=[PoolState.NOMINATED.value, PoolState.APPROVED.value]),
                name="pool_person_once_a_team",
            ),
        ]
        indexes = [models.Index(fields=["office", "team", "state"], name="pool_office_team")]


class Cadre(models.Model):
    """A principal or other cadre of a school from a day to a day, with the training needed next.  pii: none (the teacher's name stands there); kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    duty = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Duty])
    need = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Need], blank=True)
    need_words = models.CharField(max_length=300, blank=True)
    certificate_number = models.CharField(max_length=60, blank=True, help_text="of the qualifying training")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    objects = Gate["Cadre"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="cadre_term_forward"),
            models.UniqueConstraint(fields=["teacher"], condition=models.Q(to_on=None), name="cadre_one_open_post"),
        ]


class ProviderRecord(models.Model):
    """What an office holds of a training provider: licence, fields, standing with its reason.  pii: contact's name; kept: ten years"""

    owner = "office"

    office = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    licence = models.CharField(max_length=60, blank=True)
    fields = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    standing = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Standing], default=Standing.ADMITTED.value)
    reason = models.CharField(max_length=200, blank=True)
    until_on = models.DateField(null=True, help_text="the last day of the admission")
    changed_at = models.DateTimeField()

    objects = Gate["ProviderRecord"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["office", "provider"], name="provider_record_once")]


class SideOffice(models.Model):
    """An office beside the tree: certificate station, qualification centre, project office, leadership, expert panel.  pii: none; kept: ten years"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in OfficeKind])
    name = models.CharField(max_length=120)
    project = models.CharField(max_length=120, blank=True, help_text="of a project office: the project's title")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = Gate["SideOffice"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], condition=models.Q(to_on=None), name="side_office_name_once"),
            models.CheckConstraint(condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="side_office_forward"),
        ]


class SideOfficeMember(models.Model):
    """A person of an office beside the tree, from a day to a day.  pii: name, post; kept: ten years"""

    office = models.ForeignKey(SideOffice, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)
    duty = models.CharField(max_length=8, choices=[(one.value, one.value) for one in OfficeDuty])
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=models.Q(to_on=None, duty=OfficeDuty.HEAD.value), name="side_office_one_head"
            ),
            models.CheckConstraint(condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="side_member_forward"),
        ]


class Membership(models.Model):
    """A school or a person who asked a county to become a member, and what came of it.  pii: contact's name, encrypted phone; kept: ten years"""

    owner = "county"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in MemberKind])
    name = models.CharField(max_length=120, help_text="of the school, or of the person")
    teacher = models.ForeignKey("teachers.Teacher", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.CharField(max_length=80, blank=True)
    phone_closed = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in MemberState])
    reason = models.CharField(max_length=200, blank=True)
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    objects = Gate["Membership"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "name"],
                condition=models.Q(teacher=None, state__in=[MemberState.APPLIED.value, MemberState.APPROVED.value]),
                name="member_school_once",
            ),
            models.UniqueConstraint(
                fields=["teacher"],
                condition=models.Q(state__in=[MemberState.APPLIED.value, MemberState.APPROVED.value]),
                name="member_person_once",
            ),
        ]
        indexes = [models.Index(fields=["county", "state"], name="membership_county_state")]


# What `xingtan rotate-keys` closes anew.
CLOSED_COLUMNS: tuple[tuple[type[models.Model], str, Box, models.Q], ...] = ((Membership, "phone_closed", PHONE_BOX, models.Q()),)
