"""What a teacher hands in: a text, a file, or both. A file is judged by its content, not by its name."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.web.http import Request

MEGABYTE = 1024 * 1024
MOST_MB = 50
LONGEST_TEXT = 20_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The type that an ending claims, and how such a file begins.
TYPES: dict[str, tuple[str, bytes]] = {
    ".docx": (DOCX, b"PK\x03\x04"),
    ".pdf": ("application/pdf", b"%PDF-"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
}
ACCEPT = ",".join(TYPES)


def ending_of(name: str) -> str:
    """The name's ending in small letters with its dot, or "" for one that is not taken."""
    ending = PurePath(name).suffix.lower()
    return ending if ending in TYPES else ""


def is_what_it_says(content: IO[bytes], ending: str) -> bool:
    """True when the content is of the type that the ending claims; a .docx is a package with a Word document in it."""
    content.seek(0)
    begins = content.read(8).startswith(TYPES[ending][1])
    content.seek(0)
    if not begins or ending != ".docx":
        return begins
    try:
        with zipfile.ZipFile(content) as package:
            return "word/document.xml" in package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    finally:
        content.seek(0)


class HandInForm(forms.Form):
    """A text, a file, or both."""

    text = forms.CharField(
        label=gettext_lazy("Your text"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 12, "data-draft-field": True}),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Word (.docx), PDF, JPG or PNG, at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        """The upload is of a type that is taken, what its name claims, and not too large."""
        given: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if not given:
            return None
        ending = ending_of(given.name or "")
        if not ending:
            raise forms.ValidationError(_("This kind of file is not taken. Save it as Word (.docx), PDF, JPG or PNG."))
        if (given.size or 0) > MOST_MB * MEGABYTE:
            raise forms.ValidationError(_("The file is larger than %(most)s MB. Make it smaller or hand in a part.") % {"most": MOST_MB})
        if not is_what_it_says(given, ending):
            raise forms.ValidationError(_("The file's content is not what its name says (%(ending)s). Save it anew.") % {"ending": ending})
        return given


def keep_handed_in(request: Request, upload: UploadedFile[Any] | None) -> StoredFile | None:
    """The upload as a stored file of the teacher's, or None without one."""
    if upload is None:
        return None
    name = upload.name or ""
    media_type = TYPES[ending_of(name)][0]
    return keep_file(chunks_of(upload), kind="hand_in", name=name, media_type=media_type, actor=request.actor, now=request.now)
