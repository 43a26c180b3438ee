"""The room `teachers` as Django knows it."""

from django.apps import AppConfig


class TeachersConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.teachers"
    label = "teachers"
