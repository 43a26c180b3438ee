"""Values and rules without Django: numbers and codes in, numbers and codes out."""

from __future__ import annotations
