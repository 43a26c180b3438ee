"""What offices type about years and packs; `cleaned_data` are the action's keyword arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xingtan.core.calendar import WindowKind
from xingtan.domains.policies import api as policies
from xingtan.web.parts.days import day_field

from .answers import OfficeForm

LARGEST_PACK = 512 * 1024


class PackChoice(forms.ModelChoiceField[policies.PolicyPack]):
    """A pack by its title and version."""

    def label_from_instance(self, obj: policies.PolicyPack) -> str:
        """Title and version."""
        return f"{obj} · {obj.version}"


class PickYearForm(OfficeForm):
    """Which pack and which year."""

    pack = PackChoice(label=_("Policy pack and version"), queryset=policies.packs(), empty_label=None)
    year = forms.IntegerField(
        label=_("Training year"), help_text=_("The calendar year in which it begins."), min_value=2000, max_value=2100
    )


class OpenYearForm(OfficeForm):
    """The theme, every window's days, and the confirmation."""

    theme = forms.CharField(label=_("Theme of the year"), required=False, max_length=120)
    confirm = forms.BooleanField(
        label=_("I have checked pack, version and days. The year keeps this pack for good."),
        error_messages={"required": _("Tick the box to confirm: a year cannot change its pack later.")},
    )

    def __init__(self, data: Any = None, *, pack: policies.PolicyPack, year: int) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data)
        self.kinds = dict(policies.proposed_windows(pack, year))
        for kind, window in self.kinds.items():
            for end, day in (("opens_on", window.opens_on), ("closes_on", window.closes_on)):
                self.fields[f"{kind}-{end}"] = day_field(_("First day") if end == "opens_on" else _("Last day"))
                self.initial[f"{kind}-{end}"] = day
        self.order_fields(["theme", *(name for name in self.fields if "-" in name), "confirm"])

    @property
    def rows(self) -> list[tuple[object, forms.BoundField, forms.BoundField]]:
        """Each window's word with its two fields."""
        return [(policies.WINDOW_LABELS[kind], self[f"{kind}-opens_on"], self[f"{kind}-closes_on"]) for kind in self.kinds]

    def clean(self) -> dict[str, Any]:
        """`theme` and `windows`, once every day could be read."""
        values = self.cleaned_data
        if self.errors:
            return values
        windows = {WindowKind(kind): (values[f"{kind}-opens_on"], values[f"{kind}-closes_on"]) for kind in self.kinds}
        return {"theme": values["theme"], "windows": windows}


class WindowForm(OfficeForm):
    """A window's new days and why."""

    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"))
    reason = forms.ChoiceField(label=_("Reason"), choices=[(key.value, label) for key, label in policies.WINDOW_REASON_LABELS.items()])

    def clean_reason(self) -> policies.WindowReason:
        """The reason as a value of its list."""
        return policies.WindowReason(self.cleaned_data["reason"])


class PackForm(OfficeForm):
    """A pack as a file."""

    pack = forms.FileField(label=_("Policy pack (.toml)"), help_text=_("A text file in UTF-8, at most 512 KB."))

    def clean_pack(self) -> str:
        """The file's text."""
        upload = self.cleaned_data["pack"]
        if upload.size > LARGEST_PACK:
            raise forms.ValidationError(_("The file is larger than 512 KB; a policy pack is not."))
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8. Save it as UTF-8 and choose it again.")) from None
        return text
