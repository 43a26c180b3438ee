"""The room `anomalies` as Django knows it."""

from django.apps import AppConfig


class AnomaliesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.anomalies"
    label = "anomalies"
