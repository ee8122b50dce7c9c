"""Refusals and the component page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from winback.common.showcase import KINDS, SampleForm, doubted_form
from winback.common.templatetags.ui import STATUS
from winback.common.views import component_page, forbidden, not_found


def test_refusal_says_what_the_view_gave_as_a_reason(rf: RequestFactory) -> None:
    response = forbidden(rf.get("/"), PermissionDenied("Nur für die Leitung."))
    assert response.status_code == 403
    assert "Nur für die Leitung." in response.content.decode()


def test_refusal_escapes_the_reason(rf: RequestFactory) -> None:
    assert (
        "<b>"
        not in forbidden(rf.get("/"), PermissionDenied("<b>")).content.decode().split("<h1>")[1]
    )


def test_missing_page_never_says_what_was_looked_for(rf: RequestFactory) -> None:
    response = not_found(rf.get("/faelle/geheim/"), Http404("Fall von Norhagen Bau AG"))
    assert response.status_code == 404
    assert "Norhagen" not in response.content.decode()
    assert "geheim" not in response.content.decode()


def test_component_page_shows_every_kind_of_status_in_both_themes(rf: RequestFactory) -> None:
    html = component_page(rf.get("/")).content.decode()
    assert {kind for kind, _ in KINDS} == set(STATUS)
    for theme in ("light", "dark"):
        assert f'data-theme="{theme}"' in html
    for _, word in KINDS:
        assert html.count(word) >= 4


def test_component_page_has_no_inline_style_or_script(rf: RequestFactory) -> None:
    html = component_page(rf.get("/")).content.decode()
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<style" not in html
    assert "<script>" not in html


def test_component_page_uses_no_id_twice(rf: RequestFactory) -> None:
    html = component_page(rf.get("/")).content.decode()
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_sample_form_shows_an_error_and_a_doubt() -> None:
    form = doubted_form(prefix="x")
    assert "due_on" in form.errors
    assert form.warned == ["cost"]
    assert not form.is_valid()


@pytest.mark.parametrize("name", SampleForm.base_fields)
def test_sample_form_renders_every_field(name: str) -> None:
    assert f"id_{name}" in str(SampleForm()[name].as_field_group())
