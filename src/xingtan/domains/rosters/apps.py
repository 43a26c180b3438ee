"""The room `rosters` as Django knows it."""

from django.apps import AppConfig


class RostersConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.rosters"
    label = "rosters"
