"""The room `statements` as Django knows it."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.statements"
    label = "statements"
