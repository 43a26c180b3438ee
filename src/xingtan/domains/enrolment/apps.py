"""The room `enrolment` as Django knows it."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.enrolment"
    label = "enrolment"
