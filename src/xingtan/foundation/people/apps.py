"""The app of `foundation.people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.people"
    label = "people"
