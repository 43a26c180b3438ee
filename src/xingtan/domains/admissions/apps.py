"""The room `admissions` as Django knows it."""

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.admissions"
    label = "admissions"
