"""The form of a norm."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from winback.common.forms import WinbackModelForm, limit
from winback.norms.enums import NormStatus
from winback.norms.models import Norm


class NormForm(WinbackModelForm):
    """A norm of the catalogue, in our own words."""

    class Meta(WinbackModelForm.Meta):
        model = Norm
        fields = [
            "code", "issuer", "kind", "name_de", "name_en", "edition", "status", "superseded_by",
            "covers_de", "covers_en", "remark_de", "remark_en", "confidence", "source",
            "checked_on", "active",
        ]  # fmt: skip
        labels = {
            "name_de": _("Title (German)"),
            "name_en": _("Title (English)"),
            "active": _("Offer it for citing"),
        }
        help_texts = {
            "covers_de": _("In our own words; no text of the norm itself."),
            "source": _("Where edition and status were looked up."),
            "checked_on": _("Left empty: today."),
        }

    groups = [
        (_("The norm"), ["code", "issuer", "kind", "name_de", "name_en"]),
        (_("Edition and status"), ["edition", "status", "superseded_by"]),
        (_("Content"), ["covers_de", "covers_en", "remark_de", "remark_en"]),
        (_("How sure we are"), ["confidence", "source", "checked_on", "active"]),
    ]

    def __init__(self, *args: Any, norm: Norm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=norm, **kwargs)
        self.fields["name_en"].required = False  # the German title stands in for it
        others = Norm.objects.order_by("sort_key", "pk")
        limit(self, "superseded_by", others.exclude(pk=norm.pk) if norm else others)

    def clean_checked_on(self) -> Any:
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("superseded_by") and data.get("status") == NormStatus.CURRENT:
            self.add_error("status", _("A norm that has a successor is not simply in force."))
        return data
