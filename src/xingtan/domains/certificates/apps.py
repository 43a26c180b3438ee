"""The room `certificates` as Django knows it."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.certificates"
    label = "certificates"
