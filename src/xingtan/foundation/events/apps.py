"""The app of `foundation.events`."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.events"
    label = "events"
