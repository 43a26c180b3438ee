"""The room `learning` as Django knows it."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.learning"
    label = "learning"
