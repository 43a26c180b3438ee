"""Layouts in which other offices want hours: files that say which columns they have, read into frozen values. No database, no Django."""

from __future__ import annotations

from .reading import Column, Field, Layout, Rows, bundled_layouts, read_layout

__all__ = ["Column", "Field", "Layout", "Rows", "bundled_layouts", "read_layout"]
