"""The room `suiting` as Django knows it."""

from django.apps import AppConfig


class SuitingConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.suiting"
    label = "suiting"
