"""The room `workshops` as Django knows it."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.workshops"
    label = "workshops"
