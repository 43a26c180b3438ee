"""The room `recognition` as Django knows it."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.recognition"
    label = "recognition"
