"""Reminders that a school or office sent to teachers who are behind."""

from __future__ import annotations

from django.db import models

from xingtan.domains.papers.states import Matter
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class Reminder(models.Model):
    """One reminder of one teacher in one matter.  pii: none; kept: two years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    matter = models.CharField(max_length=14, choices=[(one.value, one.value) for one in Matter])
    sent_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True, help_text="who sent it")
    recipient_id = models.BigIntegerField(null=True, help_text="the account whose inbox has it; none where nobody can read it there")

    objects = Gate["Reminder"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["teacher", "matter", "-sent_at"], name="reminder_last")]

    @property
    def source(self) -> str:
        """What its message in the inbox is known by."""
        return f"reminder:{self.public_id}"
