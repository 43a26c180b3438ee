"""The room `papers` as Django knows it."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.papers"
    label = "papers"
