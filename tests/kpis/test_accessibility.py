"""Every control has a name, every message is tied to its control, every picture has words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.factories import measured_kpi
from winback.cases.models import Case
from winback.kpis.models import CaseKpi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


class Page(HTMLParser):
    """Collects ids, labels and controls of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []
        self.headings: list[int] = []
        self.heads: list[dict[str, str]] = []
        self.images: list[dict[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "label":
            self.labels.add(values.get("for", ""))
        if tag in ("input", "select", "textarea") and values.get("type") not in (
            "hidden",
            "submit",
        ):
            self.controls.append(values)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th":
            self.heads.append(values)
        if tag == "svg" and values.get("role") == "img":
            self.images.append(values)


@pytest.fixture
def pages(client_for: ClientFor, running: CaseKpi, kam: User) -> dict[str, Page]:
    """Every page of the room, read once."""
    measured_kpi(kam, running.case)
    base = running.get_absolute_url()
    row = running.measurements.first()
    assert row is not None
    urls = {
        "list": "/kennzahlen/",
        "case": f"/faelle/{running.case.number}/kennzahlen/",
        "pick": f"/faelle/{running.case.number}/kennzahlen/auswahl/",
        "month": f"/faelle/{running.case.number}/kennzahlen/eintragen/",
        "detail": base,
        "edit": f"{base}bearbeiten/",
        "baseline": f"{base}baseline/",
        "target": f"{base}ziel/",
        "end": f"{base}ende/",
        "measure": f"{base}messwerte/neu/",
        "correct": f"{base}messwerte/{row.pk}/",
    }
    client = client_for(kam)
    return {name: Page(client.get(url).content.decode()) for name, url in urls.items()}


def test_no_id_stands_twice(pages: dict[str, Page]) -> None:
    twice = {
        name: {each for each in page.ids if page.ids.count(each) > 1}
        for name, page in pages.items()
    }
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_every_control_has_a_label(pages: dict[str, Page]) -> None:
    nameless = [
        (name, control)
        for name, page in pages.items()
        for control in page.controls
        if control.get("id") not in page.labels
        and "aria-label" not in control
        and control.get("aria-hidden") != "true"
    ]
    assert nameless == []


def test_headings_leave_out_no_level(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.headings[0] == 1, name
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), name


def test_every_head_of_a_table_has_its_scope(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert all(head.get("scope") in ("col", "row") for head in page.heads), name


def test_every_picture_is_named(pages: dict[str, Page]) -> None:
    assert len(pages["case"].images) == 4
    for page in pages.values():
        for image in page.images:
            assert image["aria-labelledby"] in page.ids


def test_the_lines_of_a_month_name_kpi_and_period(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    url = f"/faelle/{running.case.number}/kennzahlen/eintragen/"
    page = client_for(kam).get(url).content.decode()
    for label in (
        "SLA-Erfüllung Reaktionszeit, November 2026",
        "Keine Daten: SLA-Erfüllung Reaktionszeit, November 2026",
        "Stichprobe n: SLA-Erfüllung Reaktionszeit, November 2026",
        "Quelle: SLA-Erfüllung Reaktionszeit, November 2026",
    ):
        assert label in page


def test_a_message_is_tied_to_its_control(
    client_for: ClientFor, running: CaseKpi, kam: User
) -> None:
    field = f"value-{running.pk}-20261101"
    url = f"/faelle/{running.case.number}/kennzahlen/eintragen/"
    text = client_for(kam).post(url, {field: "95.1"}).content.decode()
    page = Page(text)
    (control,) = [each for each in page.controls if each.get("name") == field]
    assert control["aria-invalid"] == "true"
    assert all(each in page.ids for each in control["aria-describedby"].split())
    assert f'href="#{control["id"]}"' in text  # the summary leads there


def test_a_doubt_is_tied_to_its_control(client_for: ClientFor, running: CaseKpi, kam: User) -> None:
    field = f"value-{running.pk}-20261101"
    url = f"/faelle/{running.case.number}/kennzahlen/eintragen/"
    page = Page(client_for(kam).post(url, {field: "195,0"}).content.decode())
    (control,) = [each for each in page.controls if each.get("name") == field]
    assert all(each in page.ids for each in control.get("aria-describedby", "").split())
    assert "id_warning_reason" in page.ids
    assert "id_warning_reason" in page.labels


def test_direction_is_a_word_and_never_colour_alone(
    client_for: ClientFor, case: Case, running: CaseKpi, kam: User
) -> None:
    text = client_for(kam).get(f"/faelle/{case.number}/kennzahlen/").content.decode()
    for span in re.findall(r'<span class="(?:better|worse)">([^<]+)</span>', text):
        assert span.endswith(("besser", "schlechter"))
