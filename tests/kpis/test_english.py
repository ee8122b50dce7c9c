"""Pages in English: no German word of the room is left over, numbers and dates are English."""

from __future__ import annotations

import pytest
from django.utils import translation

from accounts.models import User
from tests.conftest import ClientFor
from tests.kpis.pages import text_of
from winback.kpis.enums import Category, Direction, Frequency, Standing
from winback.kpis.models import CaseKpi

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
GERMAN = ("Kennzahl", "Messwert", "Zeitraum", "Zielpfad", "Stichprobe", "Verantwortlich", "Wert ")


@pytest.fixture
def reader(kam: User, running: CaseKpi) -> User:
    """Aylin Kaya reads English."""
    kam.language = "en"
    kam.save()
    running.definition.name_en = "Response in time"
    running.definition.save()
    return kam


@pytest.mark.parametrize(
    "path",
    [
        "/kennzahlen/",
        "{case}",
        "{case}auswahl/",
        "{case}eintragen/",
        "{kpi}",
        "{kpi}baseline/",
        "{kpi}ziel/",
        "{kpi}bearbeiten/",
        "{kpi}ende/",
        "{kpi}messwerte/neu/",
    ],
)
def test_a_page_is_english_throughout(
    client_for: ClientFor, running: CaseKpi, reader: User, path: str
) -> None:
    case = f"/faelle/{running.case.number}/kennzahlen/"
    url = path.format(case=case, kpi=running.get_absolute_url())
    page = text_of(client_for(reader).get(url))
    assert '<html lang="en"' in page
    assert [word for word in GERMAN if word in page] == []


def test_figures_are_written_the_english_way(
    client_for: ClientFor, running: CaseKpi, reader: User
) -> None:
    page = text_of(client_for(reader).get(running.get_absolute_url()))
    assert "Response in time" in page
    assert "13.2 points better than the baseline, 3.8 points below the target" in page
    assert "91.2%" in page
    assert "October 2026" in page
    assert "28 Feb 2027" in page


def test_english_input_is_read_with_a_point(
    client_for: ClientFor, running: CaseKpi, reader: User
) -> None:
    url = f"{running.get_absolute_url()}messwerte/neu/"
    client = client_for(reader)
    response = client.post(url, {"period": "November 2026", "value": "95,5"})
    assert response.status_code == 422
    assert client.post(url, {"period": "November 2026", "value": "95.5"}).status_code == 302


@pytest.mark.parametrize("choices", [Category, Direction, Frequency, Standing])
def test_every_choice_has_a_word_of_its_own_in_both_languages(choices: type[Category]) -> None:
    for language in ("de", "en"):
        with translation.override(language):
            words = [str(label) for label in choices.labels]
            assert len(set(words)) == len(words)
    with translation.override("de"):
        german = [str(label) for label in choices.labels]
    with translation.override("en"):
        english = [str(label) for label in choices.labels]
    assert not set(german) & set(english)
