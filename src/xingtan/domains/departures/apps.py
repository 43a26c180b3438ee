"""The room `departures` as Django knows it."""

from django.apps import AppConfig


class DeparturesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.departures"
    label = "departures"
