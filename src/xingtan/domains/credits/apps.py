"""The room `credits` as Django knows it."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.credits"
    label = "credits"
