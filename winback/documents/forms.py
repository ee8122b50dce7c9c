"""The one field through which files come in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from winback.documents.rules import CheckedFile, Limits, Refused, check
from winback.documents.rules.checking import ACCEPTED, too_large
from winback.documents.rules.images import TYPES, smaller

#: Longest edge of a photo: enough to read a type plate, small enough for a report of fifty.
PHOTO_SIDE = 2000


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


class PhotoField(UploadField):
    """A photo, on a phone straight from the camera; cleaned, it is a JPEG of a modest size."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Photo"), "help_text": "", **kwargs})
        self.widget.attrs |= {"accept": "image/*", "capture": "environment"}

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        checked = super().clean(data, initial)
        if checked is None:
            return None
        if checked.content_type not in TYPES.values():
            raise ValidationError(_("This is not a photo. Possible are JPEG, PNG and WebP."))
        name = f"{PurePath(checked.name).stem}.jpg"
        small = smaller(checked.data, PHOTO_SIDE)
        return replace(checked, name=name, content_type=TYPES["JPEG"], data=small)
