"""The room `policies` as Django knows it."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.policies"
    label = "policies"
