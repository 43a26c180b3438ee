"""The app of `foundation.files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Django's name for this part of the foundation."""

    name = "xingtan.foundation.files"
    label = "files"
