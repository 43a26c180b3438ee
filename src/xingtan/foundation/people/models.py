"""Accounts and what they may do where."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.keys import open_box

from .roles import Role

NUMBER_BOX = open_box("people.number")
PHONE_BOX = open_box("people.phone")
ACTIVATION_BOX = open_box("people.activation")


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by what people type when they sign in."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account with this sign-in name."""
        return self.get(login=username)


class Account(AbstractBaseUser):
    """A person who may sign in; the password is unusable until the account is activated.  pii: name, keyed indexes of number and phone, encrypted activation code; kept: until erased"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    number_index = models.CharField(max_length=32, blank=True, db_index=True)
    phone_index = models.CharField(max_length=32, blank=True, db_index=True)
    activation_code = models.CharField(max_length=120, blank=True)
    activated_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_index"], condition=~models.Q(number_index=""), name="account_number_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role that an account holds in a branch for a time, or a deputy's share in another's.  pii: none; kept: ten years"""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    deputy_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True, help_text="when an office last said that this role is still right")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "role", "organisation", "from_on"], name="grant_once_a_day"),
            models.CheckConstraint(condition=models.Q(deputy_for=None) | models.Q(to_on__isnull=False), name="grant_of_a_deputy_ends"),
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")), name="grant_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="grant_organisation_role")]

    def holds_on(self, day: date) -> bool:
        """True when the role may be used on this day."""
        return self.ended_at is None and self.from_on <= day and (self.to_on is None or day <= self.to_on)


class Throttle(models.Model):
    """How often signing in failed lately, per identity or address, as keyed digests.  pii: keyed digest; kept: one day"""

    key = models.CharField(max_length=40, unique=True)
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()


class ApiToken(models.Model):
    """A key for the API that acts with one grant; only its digest is kept.  pii: none; kept: one year after its end"""

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Handover(models.Model):
    """One act that passed an office holder's roles and open work to a successor; `items` counts what passed.  pii: none; kept: ten years"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    roles = models.JSONField(default=list)
    items = models.JSONField(default=dict)
    handed_at = models.DateTimeField()
    handed_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(holder=models.F("successor")), name="handover_to_somebody_else")]
