"""The words that the players' scripts show, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from xingtan.domains.learning import api as learning


def player_words() -> dict[str, Any]:
    """Each word under the name by which a script asks for it; %(…)s places are filled by the script."""
    return {
        "reasons": {str(code): str(sentence) for code, sentence in learning.REASONS.items()},
        "presence": _("Time goes on being counted for another %(time)s without an answer. One tap or key is enough."),
        "absent": _("Nobody answered, so nothing is counted at the moment. Answer and it goes on; what was counted stays."),
        "idle": _("Nothing was done on this page for a while: turn, scroll or move, and it goes on"),
        "lost": _("%(time)s were kept on this computer for more than two days before the line came back. They can no longer be counted."),
        "day_left": _("Today still counts %(time)s"),
        "synced": _("Progress synchronised"),
        "syncing": _("Synchronising"),
        "offline": _("Offline, go on studying"),
        "expired": _("Opened too long ago: reload the page"),
        "minutes": _("%(m)s min %(s)s s"),
        "seconds": _("%(s)s s"),
        "kept": _("What you learned is not lost. %(time)s are kept on this computer and count once the server has checked them."),
        "page": _("Page %(page)s of %(pages)s"),
        "page_done": _("This page is read"),
        "page_left": _("%(time)s left on this page"),
        "captions_zh": _("Chinese"),
        "captions_en": _("English"),
        "complete": _("Every second of this unit is counted."),
    }
