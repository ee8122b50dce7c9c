"""The user list's state as it stands in the URL; and the filter by a person, for other lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Case, Expression, F, IntegerField, Value, When
from django.db.models.expressions import OrderBy
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import User, UserQuerySet
from winback.common.filters import ListFilter
from winback.common.forms import WinbackForm, limit
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


class NamesIterator(ModelChoiceIterator):  # type: ignore[type-arg]  # of users, as the field says
    """Key and name of each person, without making users of them: every list draws hundreds."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for pk, first, last in self.queryset.values_list("pk", "first_name", "last_name"):
            yield pk, User.named(first, last)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of users, as its rows say
    """One of many people."""

    iterator = NamesIterator


class OwnerFilter(ListFilter):
    """A filter above a list whose rows have an owner."""

    verantwortlich = PersonField(
        label=pgettext_lazy("person", "Owner"),
        required=False,
        queryset=User.objects.none(),
        empty_label=pgettext_lazy("filter", "all"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "verantwortlich", self.owners())

    @staticmethod
    def owners() -> UserQuerySet:
        """Among whom one can choose."""
        return User.objects.staff()  # type: ignore[no-any-return]  # the manager is built at run time
