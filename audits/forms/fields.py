"""Controls that several forms of audits share."""

from __future__ import annotations

from django import forms


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def time_of_day(label: object) -> forms.TimeField:
    """An optional time of day."""
    widget = forms.TimeInput(attrs={"type": "time", "class": "inp--date"}, format="%H:%M")
    return forms.TimeField(label=str(label), required=False, widget=widget)
