"""The room `rush` as Django knows it."""

from django.apps import AppConfig


class RushConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.rush"
    label = "rush"
