"""The app of `foundation.notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.notices"
    label = "notices"
