"""Pareto and cause and effect: pictures, and the same content in words."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from audits.enums import Grade
from tests.audits.factories import AuditFactory, FindingFactory
from tests.causes.factories import CategoryFactory, CauseFactory, prove
from tests.conftest import ClientFor
from tests.statements import statements
from winback.cases.models import Case
from winback.causes.enums import Axis, Weighing
from winback.causes.models import Cause
from winback.causes.rows import bones, fishbone_chart, sub_pages, weights

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def browser(client_for: ClientFor, kam: User) -> Client:
    return client_for(kam)


def named(case: Case, name: str, **more: object) -> Cause:
    axis = more.pop("axis", Axis.CONTRACT)
    category = CategoryFactory(name_de=name, axis=axis)
    cause: Cause = CauseFactory(case=case, category=category, **more)
    return cause


def found(cause: Cause, *grades: Grade) -> None:
    audit = AuditFactory(case=cause.case)
    for grade in grades:
        prove(cause, finding=FindingFactory(audit=audit, grade=grade), source="")


def test_weights_by_share_name_the_vital_few(case: Case) -> None:
    causes = [named(case, "Wenig", share=15), named(case, "Viel", share=85), named(case, "Ohne")]
    shown = weights(causes, Weighing.SHARE)
    assert [(row.name, row.weight, row.running, row.is_vital) for row in shown.rows] == [
        ("Viel", "85\u202f%", "85\u202f%", True),
        ("Wenig", "15\u202f%", "100\u202f%", False),
    ]
    assert shown.message == "1 von 2 Ursachen erklären 85\u202f% des Verlusts"
    assert "Ohne" not in shown.chart


def test_weights_by_findings_count_grades_by_their_gravity(case: Case) -> None:
    grave, light = named(case, "Schwer"), named(case, "Leicht")
    found(grave, Grade.MAJOR, Grade.MINOR)
    found(light, Grade.OBSERVATION, Grade.IMPROVEMENT, Grade.STRENGTH)
    prove(light, source="nur in Worten")
    shown = weights([light, grave], Weighing.FINDINGS)
    assert [(row.name, row.weight) for row in shown.rows] == [("Schwer", "5"), ("Leicht", "2")]
    assert shown.message == "2 von 2 Ursachen tragen 100\u202f% der gewichteten Feststellungen"


def test_weights_without_anything_to_weigh_draw_nothing(case: Case) -> None:
    cause = named(case, "Ohne")
    for by in Weighing:
        assert weights([cause], by).rows == []
        assert weights([cause], by).chart == ""


def test_bones_are_all_axes_also_those_nobody_looked_at(case: Case) -> None:
    shown = bones(
        [named(case, "Versprochen"), named(case, "Nachunternehmer", axis="subcontractor")]
    )
    assert [bone.name for bone in shown] == [str(axis.label) for axis in Axis]
    full = {bone.name: [row.name for row in bone.causes] for bone in shown if not bone.is_empty}
    assert full == {"Vertrag": ["Versprochen"], "Nachunternehmer": ["Nachunternehmer"]}


def test_cause_stands_where_a_person_put_it(case: Case) -> None:
    category = CategoryFactory(axis=Axis.CONTRACT)
    moved = CauseFactory(case=case, category=category, axis=Axis.PEOPLE)
    assert moved.bone is Axis.PEOPLE
    assert CauseFactory(case=case, category=category).bone is Axis.CONTRACT


def test_fishbone_says_the_same_as_the_list(case: Case) -> None:
    axes = bones([named(case, "Zu viel versprochen", primary=True), named(case, "Zu knapp")])
    chart = fishbone_chart(axes)
    assert "Vertrag: Zu viel versprochen, Zu knapp" in chart
    assert "Der Kunde geht" in chart


def test_sub_pages_mark_where_we_are() -> None:
    pages = sub_pages("RG-2026-0042", "causes:weights")
    assert [url for _word, url, here, _n in pages if here] == [
        "/faelle/RG-2026-0042/ursachen/gewichtung/"
    ]
    assert len(pages) == len({url for _word, url, _here, _n in pages})


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Noch ist keine Ursache gewichtet"),
        ("?nach=feststellungen", "Noch belegt keine Feststellung"),
        ("?nach=quatsch", "Noch ist keine Ursache gewichtet"),
    ],
)
def test_weights_page_says_what_is_missing(
    browser: Client, case: Case, query: str, words: str
) -> None:
    named(case, "Ohne")
    page = browser.get(f"/faelle/{case.number}/ursachen/gewichtung/{query}").content.decode()
    assert words in page
    assert "<table" not in page.split('id="inhalt"')[-1]


def test_weights_page_shows_picture_and_table(browser: Client, case: Case) -> None:
    cause = named(case, "Zu viel versprochen", share=70)
    found(cause, Grade.MAJOR)
    url = f"/faelle/{case.number}/ursachen/gewichtung/"
    page = browser.get(url).content.decode()
    assert page.count("Zu viel versprochen") >= 3
    assert 'class="chart chart--pareto"' in page
    assert "Hauptabweichung 3" in browser.get(f"{url}?nach=feststellungen").content.decode()


def test_fishbone_page_shows_picture_and_list(browser: Client, case: Case) -> None:
    url = f"/faelle/{case.number}/ursachen/diagramm/"
    assert "Noch ist keine Ursache benannt" in browser.get(url).content.decode()
    cause = named(case, "Zu viel versprochen", share=70)
    page = browser.get(url).content.decode()
    assert 'class="chart chart--fishbone"' in page
    assert f'<a href="{cause.get_absolute_url()}">Zu viel versprochen</a>' in page
    assert page.count("keine Ursache benannt") == len(Axis) - 1


@pytest.mark.parametrize("name", ["gewichtung", "diagramm"])
def test_pages_ask_the_same_for_one_and_three_causes(
    browser: Client, case: Case, name: str
) -> None:
    url = f"/faelle/{case.number}/ursachen/{name}/"
    found(named(case, "Erste", share=10), Grade.MAJOR)
    before = len(statements(browser, url))
    for word in ("Zweite", "Dritte"):
        found(named(case, word, share=10), Grade.MINOR)
    assert len(statements(browser, url)) == before <= 12


def test_weights_say_how_much_a_few_explain_even_when_the_sum_is_no_hundred(case: Case) -> None:
    shown = weights([named(case, "Viel", share=30), named(case, "Wenig", share=10)], Weighing.SHARE)
    assert [(row.weight, row.share) for row in shown.rows] == [
        ("30\u202f%", "75\u202f%"),
        ("10\u202f%", "25\u202f%"),
    ]


def test_segments_lead_to_the_other_way_of_weighing(browser: Client, case: Case) -> None:
    url = f"/faelle/{case.number}/ursachen/gewichtung/"
    named(case, "Zu viel versprochen", share=70)
    segments = browser.get(f"{url}?nach=feststellungen").context["segments"]
    assert [(link, here) for _label, link, here in segments] == [
        (f"{url}?nach=anteil", False),
        (f"{url}?nach=feststellungen", True),
    ]


def test_pages_speak_english(client_for: ClientFor, case: Case, kam: User) -> None:
    User.objects.filter(pk=kam.pk).update(language="en")
    named(case, "Zu viel versprochen", share=70)
    browser = client_for(User.objects.get(pk=kam.pk))
    for name, words in (("gewichtung", "explain 100"), ("diagramm", "The same as a list")):
        page = browser.get(f"/faelle/{case.number}/ursachen/{name}/").content.decode()
        assert words in page, name
