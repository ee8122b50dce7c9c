"""The shipped catalogues: complete, in both languages, loaded without treading on edits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from audits.models import AuditTemplate, Question, TemplateVersion
from winback.causes.models import CauseCategory
from winback.demo.services.reference import (
    CATALOGUES,
    FOLDER,
    Catalogue,
    load_catalogue,
    load_reference,
)
from winback.kpis.models import KpiDefinition
from winback.norms.models import InspectionRule, Norm
from winback.plans.models import MeasureTemplate, PhaseTemplate

MONDAY = dt.date(2026, 11, 23)
LATER = dt.date(2026, 12, 1)


@pytest.fixture
def loaded(db: None) -> None:
    load_reference(today=MONDAY)


@pytest.mark.usefixtures("loaded")
def test_load_reference_brings_every_row() -> None:
    assert KpiDefinition.objects.count() == 39
    assert AuditTemplate.objects.count() == 4
    assert Question.objects.count() == 63
    assert PhaseTemplate.objects.count() == 5
    assert Norm.objects.count() == 64
    assert InspectionRule.objects.count() == 22
    assert MeasureTemplate.objects.count() == 38
    assert CauseCategory.objects.filter(parent__isnull=False).count() == 61
    assert CauseCategory.objects.filter(parent__isnull=True).count() == 11


@pytest.mark.usefixtures("loaded")
def test_load_reference_twice_changes_nothing() -> None:
    again = load_reference(today=LATER)
    assert [each.written for each in again] == [0, 0, 0, 0, 0]
    assert set(TemplateVersion.objects.values_list("released_on", flat=True)) == {MONDAY}


@pytest.mark.usefixtures("loaded")
def test_load_reference_keeps_edited_rows_and_mends_others() -> None:
    kpi = KpiDefinition.objects.filter(key="complaints")
    kpi.update(name_de="Kritik", edited=True)
    MeasureTemplate.objects.filter(key="apology").update(name_de="Abbitte", edited=True)
    CauseCategory.objects.filter(key="chemistry").update(name_de="Chemie", edited=True)
    CauseCategory.objects.filter(key="trust_lost").update(name_de="Verstellt")
    found = {each.file: each for each in load_reference(today=LATER)}
    assert kpi.get().name_de == "Kritik"
    assert MeasureTemplate.objects.get(key="apology").name_de == "Abbitte"
    assert CauseCategory.objects.get(key="chemistry").name_de == "Chemie"
    assert CauseCategory.objects.get(key="trust_lost").name_de.startswith("Vertrauensverlust")
    assert (found["kpis.yaml"].written, found["kpis.yaml"].kept) == (0, 1)
    assert (found["root_causes.yaml"].written, found["root_causes.yaml"].kept) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda each: each.file)
def test_load_catalogue_is_all_or_nothing(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last entry of the file lacks what it needs."""
    data = yaml.safe_load((FOLDER / catalogue.file).read_text(encoding="utf-8"))
    entries: list[dict[str, Any]] = next(part for part in data.values() if isinstance(part, list))
    entries[-1] = {"key": "broken"}
    monkeypatch.setattr(yaml, "safe_load", lambda _text: data)
    with pytest.raises((KeyError, ValueError)):
        load_catalogue(catalogue, MONDAY)
    assert not any(model._default_manager.exists() for model in catalogue.rows)


@pytest.mark.django_db
def test_load_reference_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(CATALOGUES)
    assert "kpis.yaml: 39 rows, 39 written, 0 kept as edited" in lines
    call_command("load_reference")
    assert "kpis.yaml: 39 rows, 0 written, 0 kept as edited" in capsys.readouterr().out


@pytest.mark.usefixtures("loaded")
def test_load_reference_again_is_quick(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(70):
        load_reference(today=MONDAY)


def texts(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping of a file with the path to it."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from texts(value, f"{path}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from texts(value, f"{path}[{place}]")


#: German alone, because the models hold one language: sources and notes for those who measure.
GERMAN_ONLY = {"source_de", "note_de", "scope_de"}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda each: each.file)
def test_catalogue_speaks_both_languages(catalogue: Catalogue) -> None:
    data = yaml.safe_load((FOLDER / catalogue.file).read_text(encoding="utf-8"))
    missing = [
        f"{path}: {name}"
        for path, mapping in texts(data)
        for name in mapping
        if (name == "de" or name.endswith("_de")) and name not in GERMAN_ONLY
        if not mapping.get("en" if name == "de" else name.replace("_de", "_en"))
    ]
    assert missing == []


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda each: each.file)
def test_english_texts_say_client(catalogue: Catalogue) -> None:
    """The product has clients; keys and the titles of standards speak of customers."""
    data = yaml.safe_load((FOLDER / catalogue.file).read_text(encoding="utf-8"))
    wrong = [
        value
        for _path, mapping in texts(data)
        for name, value in mapping.items()
        if name.endswith("en") and name != "title_en" and "customer" in str(value).lower()
    ]
    assert wrong == []


def test_every_file_of_the_folder_is_loaded() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {each.file for each in CATALOGUES}
