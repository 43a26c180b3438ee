"""Organisations: a tree whose nodes may hang at any level."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from xingtan.foundation.db import public_id

from .branch import Scope
from .gate import Everywhere, Gate


class Kind(models.TextChoices):
    """What an organisation is; the level it acts at follows from it."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    ZONE = "zone"
    SCHOOL = "school"
    TEACHING_POINT = "teaching_point"
    PROVIDER = "provider"


class Organisation(models.Model):
    """A node of the tree: province, city, county or zone, school, teaching point, training provider.  pii: none; kept: forever"""

    owner = ""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    path = models.CharField(max_length=64, unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    code = models.CharField(max_length=32, blank=True, help_text="national division or school code, where one exists")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    is_rural = models.BooleanField(default=False)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = Gate["Organisation"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], condition=~models.Q(code=""), name="organisation_code_once_per_kind"),
            models.UniqueConstraint(fields=["parent", "name"], name="organisation_name_once_per_parent"),
        ]
        indexes = [models.Index(fields=["kind", "path"], name="organisation_kind_path")]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def scope(self) -> Scope:
        """The branch that begins here."""
        return Scope.of(self.path)


class FormerName(models.Model):
    """A name (and code) that an organisation bore until a day: what documents about that time print.  pii: none; kept: forever"""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=32, blank=True)
    until_on = models.DateField()
    changed_at = models.DateTimeField()
    changed_by_id = models.BigIntegerField(null=True)


class Succession(models.Model):
    """One unit took over from another, wholly or in part, from a day on: merged, split off, or put under another office.  pii: none; kept: forever"""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=[(act, act) for act in ("merged", "split", "moved")])
    since = models.DateField()
    reason = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "act"], name="succession_once"),
            models.CheckConstraint(condition=~models.Q(predecessor=models.F("successor")), name="succession_of_two"),
        ]
