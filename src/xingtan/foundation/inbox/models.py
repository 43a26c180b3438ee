"""The inbox's table."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """Something an account should know.  pii: none (codes and ids); kept: two years"""

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "source"], name="message_once_per_source")]
        indexes = [models.Index(fields=["account", "-sent_at"], name="message_newest")]
