"""The user list's state as it stands in the URL."""

from __future__ import annotations

from django import forms
from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import BaseExpression, OrderBy
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from accounts.models import UserQuerySet
from winback.common.forms import WinbackForm

ALL = pgettext_lazy("filter", "all")
ACTIVE, INACTIVE, EVERY = "aktiv", "inaktiv", "alle"
NAME, ROLE, SIGN_IN = "name", "rolle", "anmeldung"


def _by_role() -> BaseExpression:
    whens = [When(role=role, then=Value(place)) for place, role in enumerate(Role.values)]
    return Case(*whens, output_field=IntegerField())


def _order(key: str) -> list[OrderBy | str]:
    """Descending with a leading minus; equal rows always stand in the order of their names."""
    down = key.startswith("-")
    keys = {ROLE: _by_role(), SIGN_IN: F("last_login")}
    expression = keys.get(key.lstrip("-"), F("sort_key"))
    first = OrderBy(expression, descending=down, nulls_last=down or None, nulls_first=not down or None)
    return [first, "sort_key", "pk"]


class UserFilter(WinbackForm):
    """Search, role and state. An unknown value is named at its field and not applied."""

    suche = forms.CharField(label=_("Name or e-mail address"), max_length=120, required=False)
    rolle = forms.ChoiceField(
        label=_("Role"), choices=[("", ALL), *Role.choices], required=False
    )
    stand = forms.ChoiceField(
        label=pgettext_lazy("user", "State"),
        choices=[
            (ACTIVE, pgettext_lazy("user", "active")),
            (INACTIVE, pgettext_lazy("user", "inactive")),
            (EVERY, ALL),
        ],
        required=False,
    )
    sort = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__({"stand": ACTIVE, **query.dict()})
        self.is_valid()

    def value(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    @property
    def is_narrowed(self) -> bool:
        """Whether fewer than all active users are asked for."""
        return bool(self.value("suche") or self.value("rolle"))

    def apply(self, users: UserQuerySet) -> UserQuerySet:
        """The rows asked for, in the order asked for."""
        if text := self.value("suche"):
            users = users.matching(text)
        if role := self.value("rolle"):
            users = users.filter(role=role)
        if (state := self.value("stand")) != EVERY:
            users = users.filter(is_active=state != INACTIVE)
        return users.order_by(*_order(self.value("sort") or NAME))
