"""The pages as Django knows them."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Django's name for the pages."""

    name = "xingtan.web"
    label = "web"
