"""The room `nominations` as Django knows it."""

from django.apps import AppConfig


class NominationsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.nominations"
    label = "nominations"
