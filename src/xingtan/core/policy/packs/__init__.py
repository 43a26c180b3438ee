"""Policy packs that come with the program, as data."""

from __future__ import annotations
