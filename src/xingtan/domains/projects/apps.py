"""The room `projects` as Django knows it."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.projects"
    label = "projects"
