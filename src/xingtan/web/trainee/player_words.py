"""The words that the players' scripts show, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def player_words() -> dict[str, str]:
    """Each word under the name by which a script asks for it; %(…)s places are filled by the script."""
    return {
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
