"""The user list's state as it stands in the URL."""

from __future__ import annotations

from django import forms
from django.db.models import Case, Expression, F, IntegerField, Value, When
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import UserQuerySet
from winback.common.forms import WinbackForm
from winback.common.rows import with_any

INACTIVE, EVERY = "inaktiv", "alle"
STATES = [
    ("", pgettext_lazy("user", "active")),
    (INACTIVE, pgettext_lazy("user", "inactive")),
    (EVERY, pgettext_lazy("filter", "all")),
]
_ROLE_RANK = Case(
    *(When(role=role, then=Value(rank)) for rank, role in enumerate(Role.values)),
    output_field=IntegerField(),
)
#: value of ``sort`` → expression; a leading minus turns the direction
SORTS: dict[str, Expression | F] = {
    "name": F("sort_key"),
    "rolle": _ROLE_RANK,
    "anmeldung": F("last_login"),
}


def order(sort: str) -> list[OrderBy | str]:
    """By ``sort``, else by name; whoever never signed in comes first, on every database."""
    is_down = sort.startswith("-")
    expression = SORTS.get(sort.lstrip("-"), SORTS["name"])
    first = expression.desc(nulls_last=True) if is_down else expression.asc(nulls_first=True)
    return [first, "sort_key", "pk"]


class UserFilter(WinbackForm):
    """The GET form above the list. An unknown value is named at its field and not applied."""

    suche = forms.CharField(label=_("Name or e-mail"), max_length=120, required=False)
    rolle = forms.ChoiceField(label=_("Role"), choices=with_any(Role.choices), required=False)
    stand = forms.ChoiceField(label=pgettext_lazy("user", "State"), choices=STATES, required=False)
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.is_valid()

    def apply(self, users: UserQuerySet) -> UserQuerySet:
        """The rows asked for, in the order asked for; without a state the active ones."""
        asked = self.cleaned_data
        users = users.matching(asked.get("suche", ""))
        if role := asked.get("rolle"):
            users = users.filter(role=role)
        if (state := asked.get("stand")) != EVERY:
            users = users.filter(is_active=state != INACTIVE)
        return users.order_by(*order(asked.get("sort", "")))
