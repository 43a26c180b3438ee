"""Words of the teacher's home that no room keeps."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

NOT_BEGUN = pgettext_lazy("training year", "not begun")
