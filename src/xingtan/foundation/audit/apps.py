"""The app of `foundation.audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.audit"
    label = "audit"
