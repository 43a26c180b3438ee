"""Workshops with their members and activities; cohorts with their tutors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from xingtan.domains.workshops.states import State
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class Workshop(models.Model):
    """A community of study led by one person, opened for a project's offer.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    offer = models.OneToOneField("projects.Offer", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    opened_at = models.DateTimeField()

    objects = Gate["Workshop"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class WorkshopMember(models.Model):
    """A teacher in a workshop.  pii: none; kept: forever"""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "teacher"], name="workshop_member_once")]


class Activity(models.Model):
    """Something to do in a workshop that brings hours once its lead confirms it.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    brief = models.TextField(blank=True)
    brief_en = models.TextField(blank=True)
    hours_centi = models.PositiveIntegerField()
    is_work_product = models.BooleanField(default=False)
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "place"], name="activity_once_per_place"),
            models.CheckConstraint(condition=models.Q(opens_on__lte=models.F("closes_on")), name="activity_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class Participation(models.Model):
    """What a teacher did in an activity, and what its lead said.  pii: own words of the teacher; kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    handed_in_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    comment = models.TextField(blank=True)

    objects = Gate["Participation"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["activity", "teacher"], name="participation_once")]


class Cohort(models.Model):
    """Trainees of a project with a tutor, shown as a class.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    tutor = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(
        "people.Account", null=True, on_delete=models.PROTECT, related_name="+", help_text="who keeps the class together"
    )
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    stage = models.CharField(max_length=14, blank=True, help_text="empty: takes trainees of every stage")

    objects = Gate["Cohort"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["project", "title"], name="cohort_title_once_per_project")]


class CohortMember(models.Model):
    """A trainee of a cohort.  pii: none; kept: forever"""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "teacher"], name="cohort_member_once")]
