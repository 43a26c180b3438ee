"""Projects, what they offer and the segments they are made of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import OfferKind, ProjectKind, ProjectState, SegmentKind, Tier


class Project(models.Model):
    """A training project of a year, published to every school in its organiser's branch.

    Teachers come to it by their one course selection of the year, or, where it `has_seats`, by quotas and admissions in its `ways`.
    pii: none; kept: forever
    """

    owner = "organiser"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    summary = models.TextField(blank=True)
    tier = models.CharField(max_length=10, choices=[(t.value, t.value) for t in Tier])
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in ProjectKind])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ProjectState], default=ProjectState.DRAFT.value)
    opens_on = models.DateField()
    closes_on = models.DateField()
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    has_seats = models.BooleanField(default=False)
    ways = models.JSONField(default=list)
    approval_steps = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    venue = models.CharField(max_length=160, blank=True)
    earmarked_centi = models.PositiveIntegerField(default=0)
    conditions = models.JSONField(default=dict)
    categories = models.JSONField(default=list)
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    objects = Gate["Project"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(opens_on__lte=models.F("closes_on")), name="project_opens_before_it_closes"),
            models.UniqueConstraint(fields=["training_year", "organiser", "title"], name="project_title_once_a_year"),
            models.CheckConstraint(condition=models.Q(starts_on__lte=models.F("ends_on")), name="project_starts_before_it_ends"),
            models.CheckConstraint(condition=models.Q(approval_steps__lte=2), name="project_approval_in_two_steps_at_most"),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | (models.Q(cancelled_at__isnull=False) & ~models.Q(reason="")),
                name="project_cancelled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class Offer(models.Model):
    """A course or a workshop that a project lets a teacher choose, with the most hours it can bring.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in OfferKind])
    course = models.ForeignKey("courses.Course", null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=14, blank=True)
    component = models.CharField(max_length=20)
    hours_centi = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "title"], name="offer_once_per_project"),
            models.CheckConstraint(condition=models.Q(hours_centi__gt=0), name="offer_brings_hours"),
            models.CheckConstraint(
                condition=models.Q(kind="workshop", course=None) | models.Q(kind="course", course__isnull=False),
                name="offer_of_a_course_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class Segment(models.Model):
    """One step of a project in its order: days, hours in a component, what must be passed to go on.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in SegmentKind])
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    component = models.CharField(max_length=20, blank=True)
    hours_centi = models.PositiveIntegerField(default=0)
    passing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "place"], name="segment_place_once_per_project"),
            models.CheckConstraint(condition=models.Q(first_on__lte=models.F("last_on")), name="segment_starts_before_it_ends"),
            models.CheckConstraint(condition=models.Q(hours_centi=0) | ~models.Q(component=""), name="segment_hours_have_a_component"),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title
