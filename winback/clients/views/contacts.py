"""The people at a client, what they allowed us and what they forbade."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import requires, user_of
from winback.clients import forms, services
from winback.clients.enums import CONSENT_CHANNELS, NEEDS_CONSENT
from winback.clients.models import Contact
from winback.clients.permissions import (
    can_answer_data_requests,
    can_edit_clients,
    can_record_refusals,
    get_visible_client,
    get_visible_consent,
    get_visible_contact,
)
from winback.clients.rows.consents import consent_row, matrix, objection_row
from winback.clients.rows.contact import person_facts, wish_facts
from winback.common.forms import WinbackModelForm, submit
from winback.common.htmx import page
from winback.documents.views import send


@require_safe
def contact_detail(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """One person: who it is, how to speak to the person, what may be written."""
    user, today = user_of(request), timezone.localdate()
    contact = get_visible_contact(user, pk, contact_pk)
    context = {
        "contact": contact,
        "client": contact.client,
        "facts": person_facts(contact, today),
        "wishes": wish_facts(contact),
        "matrix": matrix(contact, today),
        "consents": [consent_row(row) for row in contact.consents.select_related("recorded_by")],
        "objections": [
            objection_row(row) for row in contact.objections.select_related("recorded_by")
        ],
        "may_edit": can_edit_clients(user) and not contact.is_erased,
        "may_refuse": can_record_refusals(user) and not contact.is_erased,
        "may_answer": can_answer_data_requests(user),
    }
    return page(request, "clients/contact_detail.html", context)


@requires(can_edit_clients)
def contact_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a person at the client."""
    client = get_visible_client(user_of(request), pk)
    form = forms.ContactForm(request.POST or None, client=client, contact=None)
    return submit(
        request,
        form=form,
        template="clients/client_form.html",
        context={"title": _("New contact"), "client": client, "groups": form.groups},
        save=lambda: services.save_contact(
            client=client, actor=user_of(request), changes=form.changes
        ),
        saved=_("The contact is recorded. What may be written to the person?"),
    )


@requires(can_edit_clients)
def contact_edit(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Change what we know about a person."""
    contact = get_visible_contact(user_of(request), pk, contact_pk)
    form = forms.ContactForm(request.POST or None, client=contact.client, contact=contact)
    return _contact_form(
        request,
        contact,
        form,
        title=_("Edit contact"),
        groups=form.groups,
        save=lambda: services.save_contact(
            client=contact.client,
            actor=user_of(request),
            changes=form.changes,
            contact=contact,
            version=form.version,
        ),
    )


@requires(can_edit_clients)
def consent_create(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Record what the person agreed to; ``?kanal=`` and ``?zweck=`` come from the matrix."""
    contact = get_visible_contact(user_of(request), pk, contact_pk)
    chosen = {
        "channel": _known(request.GET.get("kanal"), CONSENT_CHANNELS),
        "purpose": _known(request.GET.get("zweck"), NEEDS_CONSENT),
    }
    form = forms.ConsentForm(
        request.POST or None, request.FILES or None, contact=contact, initial=chosen
    )

    def save() -> Contact:
        services.give_consent(
            contact=contact, actor=user_of(request), today=timezone.localdate(),
            changes=form.facts, proof=form.cleaned_data["proof"],
        )  # fmt: skip
        return contact

    return _contact_form(request, contact, form, title=_("Record consent"), save=save)


def _known(value: str | None, known: tuple[object, ...]) -> str:
    return value if value in known else ""  # type: ignore[return-value]  # a member, so a text


@requires(can_edit_clients)
def consent_proof(request: HttpRequest, pk: int, contact_pk: int, consent_pk: int) -> HttpResponse:
    """Add the proof that was missing."""
    consent = get_visible_consent(user_of(request), pk, consent_pk)
    form = forms.ProofForm(request.POST or None, request.FILES or None, instance=consent)

    def save() -> Contact:
        services.prove_consent(
            consent=consent, version=form.version, actor=user_of(request),
            proof=form.cleaned_data["proof"],
        )  # fmt: skip
        return consent.contact

    return _contact_form(request, consent.contact, form, title=_("Add proof"), save=save)


@requires(can_record_refusals)
def consent_withdraw(
    request: HttpRequest, pk: int, contact_pk: int, consent_pk: int
) -> HttpResponse:
    """The person takes the consent back: one day, one click."""
    consent = get_visible_consent(user_of(request), pk, consent_pk)
    form = forms.WithdrawalForm(request.POST or None, instance=consent)

    def save() -> Contact:
        services.withdraw_consent(
            consent=consent, version=form.version, actor=user_of(request),
            today=timezone.localdate(), on=form.cleaned_data["withdrawn_on"],
            note=form.cleaned_data["note"],
        )  # fmt: skip
        return consent.contact

    return _contact_form(request, consent.contact, form, title=_("Withdraw consent"), save=save)


@requires(can_record_refusals)
def objection_create(request: HttpRequest, pk: int, contact_pk: int) -> HttpResponse:
    """The person wants no advertising."""
    contact = get_visible_contact(user_of(request), pk, contact_pk)
    form = forms.ObjectionForm(request.POST or None)

    def save() -> Contact:
        services.record_objection(
            contact=contact, actor=user_of(request), today=timezone.localdate(),
            changes=form.changes,
        )  # fmt: skip
        return contact

    return _contact_form(request, contact, form, title=_("Record objection"), save=save)


@require_safe
def consent_file(request: HttpRequest, pk: int, contact_pk: int, consent_pk: int) -> HttpResponse:
    """The stored proof, for whoever keeps client data; 404 where there is none."""
    user = user_of(request)
    consent = get_visible_consent(user, pk, consent_pk)
    if not can_edit_clients(user):
        raise PermissionDenied
    if consent.proof is None:
        raise Http404(consent_pk)
    return send(consent.proof.current)


def _contact_form(
    request: HttpRequest,
    contact: Contact,
    form: WinbackModelForm,
    *,
    title: str,
    save: Callable[[], Contact],
    **extra: object,
) -> HttpResponse:
    """One form about a person; leads back to the page of the person."""
    return submit(
        request,
        form=form,
        template="clients/contact_form.html",
        context={"title": title, "contact": contact, "client": contact.client, **extra},
        save=save,
        saved=_("Saved."),
    )
