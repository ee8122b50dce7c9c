"""Name or change a cause."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from winback.cases.models import Case, CaseMember
from winback.causes.enums import Axis, Controllability
from winback.causes.models import Cause, CauseCategory
from winback.causes.rules import names_in
from winback.clients.models import Contact
from winback.common.fields import RowField
from winback.common.forms import WinbackModelForm
from winback.common.widgets import PercentInput


class CauseForm(WinbackModelForm):
    """A cause: category, axis, statement, view, weight and whether we can do something about it."""

    category = RowField(label=pgettext_lazy("cause", "Category"))
    share = forms.IntegerField(
        label=_("Share in percent"),
        required=False,
        min_value=1,
        max_value=100,
        widget=PercentInput(decimals=0),
        help_text=_("Weight among all causes of the case; together they should be 100."),
    )
    controllability = forms.ChoiceField(
        label=_("Controllable"),
        required=False,
        choices=[("", _("as usual for the category")), *Controllability.choices],
    )
    axis = forms.ChoiceField(
        label=_("Axis of the diagram"),
        required=False,
        choices=[("", _("as usual for the category")), *Axis.choices],
    )
    field_order = [
        "category",
        "axis",
        "statement",
        "perspective",
        "share",
        "controllability",
        "is_changeable",
    ]

    class Meta(WinbackModelForm.Meta):
        model = Cause
        fields = ["statement", "perspective", "is_changeable"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, case: Case, cause: Cause | None = None, **kwargs: Any) -> None:
        super().__init__(*args, instance=cause, **kwargs)
        self.case = case
        offered = Q(active=True, parent__isnull=False)
        if cause is not None:
            offered |= Q(pk=cause.category_id)
            for name in ("category", "axis", "share", "controllability"):
                self.initial[name] = getattr(cause, name)
        category = self.fields["category"]
        assert isinstance(category, RowField)
        shipped = CauseCategory.objects.filter(offered).select_related("parent")
        category.offer(shipped, group=lambda row: row.parent or row)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        category = data.get("category")
        if category and not data.get("controllability"):
            data["controllability"] = category.controllability
        if category and not data["controllability"]:
            self.add_error("controllability", _("Say whether we can control it."))
        named = names_in(data.get("statement", ""), people_of(self.case))
        if named:
            names = {"names": ", ".join(named)}
            self.warn("statement", _("Causes name things, not persons: %(names)s") % names)
        return data


def people_of(case: Case) -> QuerySet[Any, str]:
    """Surnames of those who work on the case and of the people at the client; one statement."""
    team = CaseMember.objects.filter(case=case).order_by().values_list("user__last_name", flat=True)
    client = Contact.objects.filter(client=case.client_id).order_by()
    return team.union(client.values_list("last_name", flat=True))
