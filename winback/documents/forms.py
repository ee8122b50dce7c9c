"""The one field through which files come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from winback.documents.rules import CheckedFile, Limits, Refused, check
from winback.documents.rules.checking import ACCEPTED, too_large


def limits() -> Limits:
    """What the settings allow."""
    return Limits(
        size=settings.DOCUMENT_MAX_BYTES,
        unpacked=settings.DOCUMENT_MAX_UNPACKED_BYTES,
        pixels=settings.DOCUMENT_MAX_PIXELS,
    )


class UploadField(forms.FileField):
    """A file, judged by its content; cleaned, it is a ``CheckedFile`` or None.

    Hostile, too large and unknown files get a message at the field. The form needs
    ``request.FILES``.
    """

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("File"))
        kwargs.setdefault(
            "help_text",
            _("PDF, picture, Word, Excel, PowerPoint or text; choose it again after an error."),
        )
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in ACCEPTED)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        if not data:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        allowed = limits()
        if data.size > allowed.size:
            raise ValidationError(too_large(allowed.size), code="too_large")
        try:
            return check(data.name or "", data.read(), allowed)
        except Refused as refused:
            raise ValidationError(refused.message, code="refused") from refused
