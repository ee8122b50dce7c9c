"""The pages of the catalogue: list, filters, one norm, care."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from audits.models import Question
from tests.audits.factories import FindingFactory
from tests.cases.factories import active_case
from tests.conftest import ClientFor
from tests.contracts.pages import errors, words
from tests.norms.factories import NormFactory, RuleFactory
from tests.statements import statements
from winback.norms.enums import Confidence, NormStatus
from winback.norms.models import Norm

LIST = reverse("norms:list")


def values(norm: Norm, **changes: Any) -> dict[str, Any]:
    """What the form of the norm sends back."""
    typed = {
        "code": norm.code,
        "issuer": norm.issuer,
        "kind": norm.kind,
        "name_de": norm.name_de,
        "name_en": norm.name_en,
        "edition": norm.edition,
        "status": norm.status,
        "superseded_by": norm.superseded_by_id or "",
        "covers_de": "",
        "covers_en": "",
        "remark_de": "",
        "remark_en": "",
        "confidence": norm.confidence,
        "source": norm.source,
        "checked_on": "01.11.2026",
        "active": "on",
        "version": norm.version,
    }
    return {**typed, **changes}


def codes(response: Any) -> list[str]:
    return [row.code for row in response.context["rows"]]


@pytest.fixture
def catalogue(db: None) -> dict[str, Norm]:
    new = NormFactory(code="EN 15221-8", name_de="Benchmarking", kind="standard")
    return {
        "new": new,
        "old": NormFactory(
            code="EN 15221-3", status=NormStatus.SUPERSEDED, superseded_by=new, kind="standard"
        ),
        "doubtful": NormFactory(code="GEFMA 940", confidence=Confidence.LOW, name_de="Märkte"),
    }


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["EN 15221-3", "EN 15221-8", "GEFMA 940"]),
        ("?ansicht=gueltig", ["EN 15221-8", "GEFMA 940"]),
        ("?ansicht=ersetzt", ["EN 15221-3"]),
        ("?ansicht=pruefen", ["GEFMA 940"]),
        ("?ansicht=unsinn&art=unsinn&sort=unsinn", ["EN 15221-3", "EN 15221-8", "GEFMA 940"]),
        ("?art=guideline", ["GEFMA 940"]),
        ("?vertrauen=low", ["GEFMA 940"]),
        ("?q=maerkte", []),
        ("?q=märkte", ["GEFMA 940"]),
        ("?q=en+15221", ["EN 15221-3", "EN 15221-8"]),
        ("?sort=-norm", ["GEFMA 940", "EN 15221-8", "EN 15221-3"]),
    ],
)
def test_norm_list_follows_its_address(
    kam: User, client_for: ClientFor, query: str, found: list[str]
) -> None:
    assert codes(client_for(kam).get(LIST + query)) == found


@pytest.mark.usefixtures("catalogue")
def test_norm_list_offers_adding_to_those_who_keep_it(
    kam: User, qm: User, client_for: ClientFor
) -> None:
    assert "Norm aufnehmen" in words(client_for(qm).get(LIST))
    assert "Norm aufnehmen" not in words(client_for(kam).get(LIST))


@pytest.mark.usefixtures("catalogue")
def test_norm_export_holds_the_query_alone(kam: User, client_for: ClientFor) -> None:
    text = client_for(kam).get(reverse("norms:export") + "?ansicht=ersetzt").content.decode()
    head, row = text.splitlines()
    assert "Bezeichnung" in head
    assert "Ersetzt durch" in head
    assert row.startswith("EN 15221-3;")
    assert ";EN 15221-8;" in row


def test_norm_list_costs_the_same_for_one_and_three_rows(kam: User, client_for: ClientFor) -> None:
    desk = client_for(kam)
    NormFactory()
    one = statements(desk, LIST)
    NormFactory(superseded_by=NormFactory())
    three = statements(desk, LIST)
    assert len(one) == len(three) <= 8


def test_norm_page_warns_where_little_is_known(
    kam: User, client_for: ClientFor, catalogue: dict[str, Norm]
) -> None:
    desk = client_for(kam)
    doubtful = words(desk.get(catalogue["doubtful"].get_absolute_url()))
    assert "Geringe Verlässlichkeit: Ausgabe und Titel beim Herausgeber prüfen" in doubtful
    old = words(desk.get(catalogue["old"].get_absolute_url()))
    assert "Ersetzt: Nennen Sie gegenüber dem Kunden die Nachfolgerin." in old
    assert "Ersetzt durch EN 15221-8 · Benchmarking" in old
    new = desk.get(catalogue["new"].get_absolute_url())
    assert new.context["warnings"] == []
    assert "Ersetzt EN 15221-3" in words(new)
    Norm.objects.update(status=NormStatus.UNKNOWN)
    unknown = words(desk.get(catalogue["new"].get_absolute_url()))
    assert "Ob diese Norm in Kraft ist, ist nicht geklärt." in unknown


def test_norm_page_shows_rules_questions_and_visible_findings(
    kam: User, fremde: User, client_for: ClientFor
) -> None:
    rule = RuleFactory()
    norm = rule.norm
    assert norm is not None
    finding = FindingFactory(audit__case=active_case(owner=kam), statement="Filter verschmutzt")
    question = finding.audit.questions().first()
    assert question is not None
    Question.objects.filter(pk=question.pk).update(norm_refs=[norm.key])
    finding.question = question
    finding.save()
    mine = words(client_for(kam).get(norm.get_absolute_url()))
    assert "24 Monate" in mine
    assert question.text_de in mine
    assert "Filter verschmutzt" in mine
    theirs = words(client_for(fremde).get(norm.get_absolute_url()))
    assert question.text_de in theirs
    assert "Filter verschmutzt" not in theirs
    other = NormFactory(key=norm.key[:-1] or "v")
    assert question.text_de not in words(client_for(kam).get(other.get_absolute_url()))


def test_norm_page_costs_the_same_with_more_that_refers_to_it(
    kam: User, client_for: ClientFor
) -> None:
    norm = NormFactory()
    desk = client_for(kam)
    RuleFactory(norm=norm)
    one = statements(desk, norm.get_absolute_url())
    RuleFactory.create_batch(2, norm=norm)
    NormFactory.create_batch(2, superseded_by=norm)
    assert len(statements(desk, norm.get_absolute_url())) == len(one) <= 12


@pytest.mark.usefixtures("today")
def test_norm_create_and_edit_by_quality_management(qm: User, client_for: ClientFor) -> None:
    desk = client_for(qm)
    draft = Norm(code="DIN 77400", kind="standard", name_de="Schulreinigung", status="current")
    typed = values(draft, checked_on="", confidence="high")
    response = desk.post(reverse("norms:create"), typed, follow=True)
    assert "Die Norm ist im Katalog." in words(response)
    norm = Norm.objects.get(code="DIN 77400")
    assert norm.checked_on == dt.date(2026, 11, 23)
    edit = reverse("norms:norm_edit", args=[norm.key])
    assert desk.post(edit, values(norm, edition="2015-09")).status_code == 302
    norm.refresh_from_db()
    assert (norm.edition, norm.edited) == ("2015-09", True)
    page = words(desk.get(norm.get_absolute_url()))
    assert "01.11.2026" in page
    assert "durch Tim Wolf" in page


@pytest.mark.usefixtures("today")
def test_norm_form_names_what_is_wrong_and_keeps_the_rest(
    qm: User, client_for: ClientFor, catalogue: dict[str, Norm]
) -> None:
    desk = client_for(qm)
    norm = catalogue["doubtful"]
    edit = reverse("norms:norm_edit", args=[norm.key])
    wrong = values(
        norm, code="", checked_on="24.11.2026", superseded_by=catalogue["new"].pk, edition="XYZ"
    )
    response = desk.post(edit, wrong)
    assert errors(response) == {
        "code": ["Dieses Feld ist zwingend erforderlich."],
        "checked_on": ["Das Datum liegt in der Zukunft."],
        "status": ["Eine Norm mit Nachfolgerin ist nicht einfach in Kraft."],
    }
    assert 'value="XYZ"' in response.content.decode()
    itself = desk.post(edit, values(norm, superseded_by=norm.pk))
    assert list(errors(itself)) == ["superseded_by"]


def test_norm_edit_at_an_older_version_shows_both(qm: User, client_for: ClientFor) -> None:
    norm = NormFactory()
    Norm.objects.update(version=2, edition="2030-01")
    edit = reverse("norms:norm_edit", args=[norm.key])
    response = client_for(qm).post(edit, values(norm, edition="2029-01"))
    assert response.status_code == 409
    assert "2030-01" in words(response)
    assert "2029-01" in response.content.decode()
