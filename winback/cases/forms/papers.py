"""Documents and incidents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.cases.models import CaseDocument, Incident
from winback.common.fields import DateField
from winback.common.forms import WinbackForm, WinbackModelForm, limit
from winback.documents.enums import DocumentKind
from winback.documents.forms import UploadField


class DocumentForm(WinbackModelForm):
    """What is said about a document; the version claimed is that of the document."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=pgettext_lazy("document", "Kind"), choices=[("", _("Please choose"))]
    )
    valid_until = DateField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day of validity. The owner is reminded before it."),
    )

    class Meta(WinbackModelForm.Meta):
        model = CaseDocument
        fields = ["owner", "note", "is_shared"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    field_order = ["file", "title", "kind", "valid_until", "owner", "note", "is_shared"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", User.objects.staff())
        kinds = self.fields["kind"]
        assert isinstance(kinds, forms.ChoiceField)
        kinds.choices = [("", _("Please choose")), *DocumentKind.choices]
        if self.instance.pk:
            document = self.instance.document
            for name in ("title", "kind", "valid_until"):
                self.initial[name] = getattr(document, name)
            self.fields["version"] = _version(document.version)


class NewDocumentForm(DocumentForm):
    """A document with its first file."""

    file = UploadField()
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Empty: the name of the file."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload and not cleaned.get("title"):
            cleaned["title"] = upload.name.rpartition(".")[0]
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """Without the file, which the service takes by itself."""
        return {name: value for name, value in super().changes.items() if name != "file"}


class VersionForm(WinbackForm):
    """A newer file for a document."""

    file = UploadField()
    valid_until = DateField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day on which the new version is valid; empty: no end."),
    )

    def __init__(self, *args: Any, document_version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = _version(document_version)


def _version(number: int) -> forms.Field:
    return forms.IntegerField(widget=forms.HiddenInput, initial=number)


class IncidentForm(WinbackModelForm):
    """One dated thing of the chronology; it may lie years back, never ahead."""

    class Meta(WinbackModelForm.Meta):
        model = Incident
        fields = ["happened_on", "kind", "what", "consequence"]
        widgets = {"consequence": forms.Textarea(attrs={"rows": 3})}

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date lies in the future."))
        return day
