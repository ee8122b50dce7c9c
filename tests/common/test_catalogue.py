import gettext
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from winback.common import catalogue

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext_lazy
from django.utils.translation import pgettext_lazy
HELLO = _("Hello")
LONG = gettext_lazy("A long text "
    "in two parts")
OWNER = pgettext_lazy("case", "Owner")
DAYS = ngettext("%(n)s day", "%(n)s days", 3)
SITES = npgettext_lazy("case", "one site", "%d sites")
NOT_MINE = print("not a message")
"""
TEMPLATE = """{% load i18n %}
<p title="it's {">{% trans "Save" %} {% translate "Open" context "case" as label %}</p>
      {% blocktranslate with who=user trimmed %}
  Hello {{ who }},
     you're "in"
{% endblocktranslate %}
  {% blocktrans count n=m context "list" %}one case{% plural %}{{ n }} cases{% endblocktrans %}
 {{ value|default:_("none") }} ''' ( [ 0777 `
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    write(tmp_path / "accounts" / "texts.py", PYTHON)
    write(tmp_path / "accounts" / "migrations" / "0001.py", 'X = _("in a migration")')
    write(tmp_path / "templates" / "cases" / "case.html", TEMPLATE)
    write(tmp_path / "templates" / "emails" / "mail.txt", '{% trans "Dear colleague" %}')
    write(tmp_path / "templates" / "data.json", '{% trans "not a template" %}')
    return tmp_path


def keys(found: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in found if message.id}


def german(**texts: str) -> Catalog:
    result = Catalog(locale="de")
    for msgid, text in texts.items():
        result.add(msgid, text)
    return result


def test_extract_finds_all_kinds_of_messages(tree: Path) -> None:
    assert keys(catalogue.extract_messages(tree)) == {
        ("Hello", None),
        ("A long text in two parts", None),
        ("Owner", "case"),
        (("%(n)s day", "%(n)s days"), None),
        (("one site", "%d sites"), "case"),
        ("Save", None),
        ("Open", "case"),
        ('Hello %(who)s, you\'re "in"', None),
        (("one case", "%(n)s cases"), "list"),
        ("none", None),
        ("Dear colleague", None),
    }


def test_extract_names_the_file_that_cannot_be_read(tree: Path) -> None:
    write(tree / "accounts" / "broken.py", 'X = _("open\n')
    with pytest.raises(catalogue.CatalogueError, match=r"broken\.py"):
        catalogue.extract_messages(tree)


def test_written_file_is_sorted_and_carries_no_dates_or_places(tree: Path) -> None:
    path = catalogue.po_path(tree)
    catalogue.write_catalogue(catalogue.extract_messages(tree), path)
    text = path.read_text(encoding="utf-8")
    msgids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert msgids == sorted(msgids)
    assert "POT-Creation-Date" not in text
    assert "\n#:" not in text
    assert '"A long text in two parts"' in text


def test_writing_twice_gives_the_same_bytes(tree: Path) -> None:
    path = catalogue.po_path(tree)
    catalogue.write_catalogue(catalogue.extract_messages(tree), path)
    first = path.read_bytes()
    again = catalogue.merge(catalogue.extract_messages(tree), catalogue.read_catalogue(path))
    catalogue.write_catalogue(again, path)
    assert path.read_bytes() == first


def test_merge_keeps_translations_and_drops_what_is_no_longer_used() -> None:
    merged = catalogue.merge(german(Save="", Open=""), german(Save="Speichern", Gone="Weg"))
    assert {m.id: m.string for m in merged if m.id} == {"Save": "Speichern", "Open": ""}


def test_merge_drops_a_translation_when_the_message_became_plural() -> None:
    now = Catalog(locale="de")
    now.add(("day", "days"))
    merged = catalogue.merge(now, german(day="Tag"))
    assert catalogue.check(now, merged).missing == ("day | days",)


def test_merge_keeps_contexts_apart() -> None:
    now, old = Catalog(locale="de"), Catalog(locale="de")
    for context in ("case", "measure"):
        now.add("Owner", context=context)
    old.add("Owner", "Federführung", context="case")
    merged = catalogue.merge(now, old)
    assert catalogue.check(now, merged).missing == ("[measure] Owner",)


def test_merge_keeps_the_fuzzy_mark_until_a_person_removes_it() -> None:
    old = Catalog(locale="de")
    old.add("Save", "Sichern", flags=["fuzzy"])
    assert catalogue.check(german(Save=""), catalogue.merge(german(Save=""), old)).fuzzy == (
        "Save",
    )


def test_overlay_takes_translations_and_names_what_is_unknown() -> None:
    result, unknown = catalogue.overlay(
        german(Save="", Open="Öffnen"), german(Save="Speichern", Open="", Else="Anderes")
    )
    assert {m.id: m.string for m in result if m.id} == {"Save": "Speichern", "Open": "Öffnen"}
    assert unknown == ["Else"]


def test_overlay_leaves_a_message_whose_plural_does_not_fit() -> None:
    part = Catalog(locale="de")
    part.add(("Save", "Saves"), ("a", "b"))
    result, _unknown = catalogue.overlay(german(Save=""), part)
    assert [m.string for m in result if m.id] == [""]


@pytest.mark.parametrize(
    ("msgid", "text", "fits"),
    [
        ("%(n)s open", "%(n)s offen", True),
        ("%(n)s open", "%(m)s offen", False),
        ("%(n)s open", "offen", False),
        ("{name} left", "{name} ist gegangen", True),
        ("{name} left", "gegangen", False),
        ("100 % done", "100 % fertig", True),
        ("100 %% done", "100 %% fertig", True),
    ],
)
def test_check_compares_placeholders(msgid: str, text: str, fits: bool) -> None:
    found = catalogue.check(german(**{msgid: ""}), german(**{msgid: text}))
    assert (found.placeholders == ()) is fits


def test_check_names_every_kind_of_finding() -> None:
    known = german(Kept="Behalten", Gone="Weg")
    known.add("Unsure", "Unsicher", flags=["fuzzy"])
    found = catalogue.check(german(Kept="", Unsure="", New=""), known)
    assert found.lines() == ["missing: New", "fuzzy: Unsure", "obsolete: Gone"]


def test_check_of_a_plural_with_one_empty_form_is_missing() -> None:
    wanted, known = Catalog(locale="de"), Catalog(locale="de")
    wanted.add(("%(n)s day", "%(n)s days"))
    known.add(("%(n)s day", "%(n)s days"), ("%(n)s Tag", ""))
    assert catalogue.check(wanted, known).missing == ("%(n)s day | %(n)s days",)


def test_compiled_catalogue_is_read_by_the_standard_library(tmp_path: Path) -> None:
    texts = german(Save="Speichern", Empty="")
    texts.add("Owner", "Federführung", context="case")
    texts.add(("%(n)s day", "%(n)s days"), ("%(n)s Tag", "%(n)s Tage"))
    catalogue.write_catalogue(texts, catalogue.po_path(tmp_path))

    written = catalogue.compile_catalogues(tmp_path)

    assert [path.name for path in written] == ["django.mo"]
    with written[0].open("rb") as handle:
        found = gettext.GNUTranslations(handle)
    assert found.gettext("Save") == "Speichern"
    assert found.gettext("Empty") == "Empty"
    assert found.pgettext("case", "Owner") == "Federführung"
    assert found.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s Tage"


def test_reading_a_file_that_does_not_exist_gives_an_empty_catalogue(tmp_path: Path) -> None:
    assert keys(catalogue.read_catalogue(tmp_path / "none.po")) == set()
