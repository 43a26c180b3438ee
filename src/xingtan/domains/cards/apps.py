"""The room `cards` as Django knows it."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.cards"
    label = "cards"
