"""What is asked when somebody wants a report."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from winback.common.forms import WinbackForm


class RequestForm(WinbackForm):
    """The language of the report: each has a button of its own."""

    language = forms.ChoiceField(
        label=_("Language of the report"), choices=settings.LANGUAGES, widget=forms.HiddenInput
    )


class ReleaseForm(WinbackForm):
    """A deliberate act that asks for one word: that the draft was read."""

    read = forms.BooleanField(label=_("I have read the draft and stand by it."))
