"""The room `plans` as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.plans"
    label = "plans"
