"""The room `circumstances` as Django knows it."""

from django.apps import AppConfig


class CircumstancesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.circumstances"
    label = "circumstances"
