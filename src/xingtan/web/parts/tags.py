"""Template tags of the house's parts."""

from __future__ import annotations

from django import template

register = template.Library()
