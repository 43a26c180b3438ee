"""What a program that writes was answered, under the key that it gave."""

from __future__ import annotations

from django.db import models


class KeptAnswer(models.Model):
    """The answer to one writing request, kept with what it wrote, so that the same request again changes nothing.  pii: none (answers to writing name nobody); kept: thirty days"""

    grant = models.ForeignKey("people.Grant", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, help_text="of method, address and content, so that a key cannot be used for two requests")
    status = models.PositiveSmallIntegerField(default=0)
    content = models.TextField(blank=True)
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "key"], name="kept_answer_once_per_key")]
