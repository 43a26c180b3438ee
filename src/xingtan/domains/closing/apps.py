"""The app of the room `closing`."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.closing"
    label = "closing"
