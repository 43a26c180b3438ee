"""Texts that come in both languages with the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


def worded(chinese: str, english: str) -> str:
    """The English text for who reads English, where there is one; else the Chinese."""
    return english if english and (get_language() or "").startswith("en") else chinese


def worded_in(told: Mapping[str, Any], name: str) -> str:
    """The text under `name`, or under `name_en` for who reads English."""
    return worded(str(told.get(name, "")), str(told.get(f"{name}_en", "")))
