"""The app of `foundation.entrance`."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.entrance"
    label = "entrance"
