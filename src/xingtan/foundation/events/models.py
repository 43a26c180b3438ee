"""Events and what became of them."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something that happened to a set of rows.  pii: none (surrogate ids only); kept: two years"""

    name = models.CharField(max_length=60)
    payload = models.JSONField()
    happened_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(delivered_at=None), name="event_waiting")]


class Delivery(models.Model):
    """A handler's answer to an event.  pii: none; kept: two years"""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    handler = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="delivery_once_per_handler")]
