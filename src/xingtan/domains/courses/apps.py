"""The room `courses` as Django knows it."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.courses"
    label = "courses"
