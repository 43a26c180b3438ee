"""The room `eligibility` as Django knows it."""

from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.eligibility"
    label = "eligibility"
