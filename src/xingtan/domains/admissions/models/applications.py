"""Applications, their trail, and the plan of study that an office lays beside one."""

from __future__ import annotations

from django.db import models

from xingtan.domains.admissions.states import SEATED, STANDING, Act, State, Way
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

STANDS = models.Q(state__in=sorted(state.value for state in STANDING))
HOLDS_SEAT = models.Q(state__in=sorted(state.value for state in SEATED))


class Application(models.Model):
    """A teacher's way into a project: by whom, for what, how far it came.  pii: none; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey("projects.Project", db_index=False, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        "scope.Organisation", db_index=False, on_delete=models.PROTECT, related_name="+", help_text="the teacher's when it was made"
    )
    quota = models.ForeignKey(
        "quotas.Quota", null=True, db_index=False, on_delete=models.PROTECT, related_name="+", help_text="whose seat it has or waits for"
    )
    category = models.CharField(max_length=32, blank=True, help_text="of seats; empty for none")
    round = models.ForeignKey("admissions.Round", null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey("admissions.NominationBatch", null=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=[(way.value, way.value) for way in Way])
    choice = models.ForeignKey(
        "projects.Offer", null=True, on_delete=models.PROTECT, related_name="+", help_text="the class or course wished"
    )
    state = models.CharField(max_length=16, choices=[(state.value, state.value) for state in State])
    arrived = models.BigIntegerField(null=True, help_text="microseconds since 1970 at which it reached the server, each once a project")
    place_in_line = models.BigIntegerField(null=True, help_text="the order of waiting: a smaller one comes first")
    answer_by = models.DateTimeField(null=True, help_text="until when an offer holds")
    makes_up = models.PositiveSmallIntegerField(null=True, help_text="the year whose debt it clears")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", help_text="for whom this one came in")
    applied_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    warnings = models.JSONField(default=list, help_text="codes of what was shown and accepted")
    version = models.PositiveIntegerField(default=1, help_text="counts changes, so that a stale page's form is refused")

    objects = Gate["Application"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["project", "teacher"], condition=STANDS, name="application_one_standing"),
            models.CheckConstraint(
                condition=models.Q(answer_by=None) | models.Q(state=State.OFFERED.value), name="application_offer_has_end"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "project", "state"], name="application_school_state"),
            models.Index(fields=["project", "state", "choice"], name="application_project_state"),
            models.Index(fields=["quota", "state", "place_in_line"], name="application_line"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ApplicationStep(models.Model):
    """One act on an application: who did it, when, from which state to which, why.  pii: none; kept: forever"""

    application = models.ForeignKey(Application, db_index=False, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=16, choices=[(act.value, act.value) for act in Act])
    was = models.CharField(max_length=16, blank=True)
    became = models.CharField(max_length=16)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, blank=True)
    organisation_id = models.BigIntegerField(null=True, help_text="the office at the time")
    reason = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["application", "id"], name="application_trail")]


class PlannedOffer(models.Model):
    """A line of the plan of study that the county lays for a teacher whom it places (S1 五(一)).  pii: none; kept: forever"""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("projects.Offer", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    until_on = models.DateField(null=True, help_text="the day by which it is to be done")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "offer"], name="planned_offer_once")]
