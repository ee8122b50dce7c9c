"""Forms for looking at dormant clients."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from winback.clients.enums import LookResult
from winback.clients.models import ROLES_SEEING_ALL, DormantLook
from winback.common.fields import DateField
from winback.common.forms import WinbackModelForm, limit


class LookPlanForm(WinbackModelForm):
    """Who looks at the client until when, and why."""

    class Meta(WinbackModelForm.Meta):
        model = DormantLook
        fields = ["occasion", "owner", "due_on"]
        labels = {"owner": pgettext_lazy("person", "Owner"), "due_on": _("Look until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "owner", User.objects.with_role(*sorted(ROLES_SEEING_ALL)))


class LookForm(WinbackModelForm):
    """What became of the client. ``occasion`` is asked for only where nobody had planned a look."""

    result = forms.ChoiceField(
        label=_("Result"), choices=LookResult.choices, widget=forms.RadioSelect
    )
    next_on = DateField(
        label=_("Look again on"),
        required=False,
        help_text=_("Needed where the client only pauses or nothing is known yet."),
    )
    field_order = [
        "occasion", "result", "reason", "without_notice", "unspoken", "next_on",
    ]  # fmt: skip

    class Meta(WinbackModelForm.Meta):
        model = DormantLook
        fields = ["occasion", "reason", "without_notice", "unspoken"]
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 3}),
            "unspoken": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, instance: DormantLook | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["reason"].required = True
        if instance is not None:
            del self.fields["occasion"]
