"""The room `supervision` as Django knows it."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.supervision"
    label = "supervision"
