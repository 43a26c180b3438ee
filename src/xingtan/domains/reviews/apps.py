"""The room `reviews` as Django knows it."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Django's name for this room."""

    name = "xingtan.domains.reviews"
    label = "reviews"
