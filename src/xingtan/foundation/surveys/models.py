"""Surveys, their questions, who has answered, and what was answered: two lists that nothing joins."""

from __future__ import annotations

import secrets

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Purpose, QuestionKind, SurveyState


def chance_key() -> int:
    """A key that says nothing of the order in which rows were made."""
    return secrets.randbelow(2**62) + 1


class Survey(models.Model):
    """Questions that an office asks of a branch in a window; whom, by role and by traits.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Purpose], default=Purpose.NEEDS.value)
    subject_id = models.BigIntegerField(null=True, help_text="what it is about, by the purpose: a training year, a project")
    title = models.CharField(max_length=120)
    intro = models.TextField(max_length=2000, blank=True)
    roles = models.JSONField(default=list, help_text="codes of roles")
    traits = models.JSONField(default=dict, help_text="{trait: values that are asked}; a trait that is not named asks everyone")
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_anonymous = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in SurveyState], default=SurveyState.DRAFT.value)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    objects = Gate["Survey"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(opens_on__lte=models.F("closes_on")), name="survey_opens_before_it_closes"),
            models.CheckConstraint(condition=~models.Q(state="open") | models.Q(opened_at__isnull=False), name="survey_opened_sometime"),
        ]
        indexes = [models.Index(fields=["state", "closes_on"], name="survey_open_now")]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of a survey; changed only while the survey is a draft.  pii: none; kept: forever"""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in QuestionKind])
    text = models.CharField(max_length=300)
    options = models.JSONField(default=list)
    is_required = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "position"], name="question_once_per_place")]


class Answered(models.Model):
    """That a person has answered, never what.  pii: none (account ids); kept: two years"""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "account_id"], name="survey_answered_once")]


class AnswerDraft(models.Model):
    """What a person has typed and not handed in; gone with the answer.  pii: unfinished answers of a person; kept: half a year after its end"""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    values = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "account_id"], name="survey_draft_once")]


class Response(models.Model):
    """One person's answers without the person: only the unit and the traits that results are split by.  pii: what people wrote freely; kept: ten years"""

    id = models.BigAutoField(primary_key=True, help_text="given by chance, so that the order says nothing")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    traits = models.JSONField(default=dict)
    account_id = models.BigIntegerField(null=True, help_text="only of a survey that said so beforehand")

    class Meta:
        indexes = [models.Index(fields=["survey", "organisation"], name="survey_response_place")]


class Reply(models.Model):
    """One answer to one question: an option, a number, or words.  pii: what people wrote freely; kept: ten years"""

    id = models.BigAutoField(primary_key=True)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    number = models.BigIntegerField(null=True)
    words = models.TextField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["question", "number"], name="survey_reply_counts")]
