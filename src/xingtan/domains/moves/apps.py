"""The room `moves` as Django knows it."""

from django.apps import AppConfig


class MovesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.moves"
    label = "moves"
