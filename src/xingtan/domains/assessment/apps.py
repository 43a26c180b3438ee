"""The room `assessment` as Django knows it."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.assessment"
    label = "assessment"
