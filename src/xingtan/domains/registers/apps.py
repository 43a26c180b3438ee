"""The room `registers` as Django knows it."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.registers"
    label = "registers"
