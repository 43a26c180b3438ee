"""The room `determination` as Django knows it."""

from django.apps import AppConfig


class DeterminationConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.determination"
    label = "determination"
