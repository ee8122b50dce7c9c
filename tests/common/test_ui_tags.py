"""Building blocks of pages: status, icons, column heads, pages, problems, partials."""

from typing import Any

import lucide
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from winback.common.forms import Conflict, ConflictRow, WinbackForm
from winback.common.templatetags.ui import STATUS

SPRITE = "components/_sprite.html"


def rendered(source: str, url: str = "/", **context: Any) -> str:
    request = RequestFactory().get(url)
    return Template(source).render(Context({"request": request, **context}))


@pytest.mark.parametrize("kind", STATUS)
def test_status_is_word_shape_and_colour(kind: str) -> None:
    html = rendered('{% status kind "Wort" %}', kind=kind)
    shape, colour = STATUS[kind]
    assert f'<use href="#s-{shape}"/>' in html
    assert f"st--{colour}" in html
    assert html.endswith("Wort</span>")
    assert f'id="s-{shape}"' in render_to_string(SPRITE)


def test_status_escapes_its_word() -> None:
    assert "&lt;b&gt;" in rendered("{% status 'ok' word %}", word="<b>")


def test_status_word_can_be_left_to_screen_readers() -> None:
    html = rendered("{% status 'late' 'Überfällig' tag=True word=False %}")
    assert 'class="st st--late st--tag"' in html
    assert '<span class="vh">Überfällig</span>' in html


def test_status_of_unknown_kind_fails_loudly() -> None:
    with pytest.raises(KeyError):
        rendered("{% status 'purple' 'Wort' %}")


def test_icon_is_inline_and_hidden_from_screen_readers() -> None:
    html = rendered('{% icon "search" %}')
    assert html.startswith("<svg")
    assert 'aria-hidden="true"' in html
    assert 'class="ico"' in html
    assert "style=" not in html


def test_icon_of_unknown_name_fails_loudly() -> None:
    with pytest.raises(lucide.IconDoesNotExist):
        rendered('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("url", "direction", "query"),
    [
        ("/?sort=kunde", 'aria-sort="ascending"', "sort=-kunde"),
        ("/?sort=-kunde", 'aria-sort="descending"', "sort=kunde"),
        ("/?sort=wert", "", "sort=kunde"),
        ("/", "", "sort=kunde"),
    ],
)
def test_sort_header_says_the_order_and_turns_it(url: str, direction: str, query: str) -> None:
    html = rendered('{% sort_header "kunde" "Kunde" "num" %}', url)
    assert ("aria-sort" in html) == bool(direction)
    assert direction in html
    assert f'href="?{query}"' in html


def test_sort_header_knows_the_default_order() -> None:
    html = rendered('{% sort_header "ampel" "Ampel" default="-ampel" %}')
    assert 'aria-sort="descending"' in html
    assert 'href="?sort=ampel"' in html


def test_sort_header_keeps_filters_and_forgets_the_page() -> None:
    html = rendered('{% sort_header "wert" "Wert" %}', "/?ampel=crit&seite=3&q=a%26b")
    assert 'href="?ampel=crit&amp;q=a%26b&amp;sort=wert"' in html


def test_pager_of_one_page_only_counts() -> None:
    page = Paginator(range(3), 20).get_page(1)
    html = render_to_string("components/pager.html", {"page": page, "counted": "3 Fälle"})
    assert "3 Fälle" in html
    assert "<ul>" not in html


def test_pager_links_neighbours_and_keeps_the_query() -> None:
    page = Paginator(range(480), 20).get_page(7)
    html = render_to_string(
        "components/pager.html",
        {"page": page, "counted": "3 Fälle"},
        RequestFactory().get("/?ampel=crit&seite=7"),
    )
    assert "121–140" in html
    assert 'href="?ampel=crit&amp;seite=8"' in html
    assert html.count('aria-current="page"') == 1
    assert "…" in html


class Sample(WinbackForm):
    hidden = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name")
    cost = forms.IntegerField(label="Kosten", required=False)

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("cost"):
            self.warn("cost", "Viel Geld.")
        else:
            self.add_error(None, "Irgendetwas stimmt nicht.")


def test_error_summary_links_fields_and_names_the_rest() -> None:
    html = render_to_string("components/error_summary.html", {"form": Sample({})})
    assert '<a href="#id_name">Name: ' in html
    assert "Irgendetwas stimmt nicht." in html
    assert "#id_hidden" not in html
    assert html.count("<li>") == 3


def test_error_summary_names_doubts() -> None:
    form = Sample({"hidden": "1", "name": "x", "cost": "9"})
    assert not form.is_valid()
    html = render_to_string("components/error_summary.html", {"form": form})
    assert '<a href="#id_cost">Kosten: Viel Geld.</a>' in html


def test_error_summary_is_absent_without_problems() -> None:
    assert "errsum" not in render_to_string("components/error_summary.html", {"form": Sample()})


def test_form_groups_fields_and_sends_hidden_ones() -> None:
    context = {
        "form": Sample(),
        "groups": [("Kopf", ["name", "unknown"])],
        "cancel_url": "/zurueck/",
    }
    html = render_to_string("components/form.html", context, RequestFactory().get("/"))
    assert "<legend>Kopf</legend>" in html
    assert 'name="hidden"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'href="/zurueck/"' in html
    assert "hx-post" not in html


def test_form_can_be_swapped_by_htmx() -> None:
    html = render_to_string(
        "components/form.html", {"form": Sample(), "hx": "kopf", "action": "/a/"}
    )
    assert 'action="/a/"' in html
    assert 'hx-post="/a/" hx-target="#kopf" hx-swap="outerHTML"' in html


def test_conflict_shows_both_versions() -> None:
    rows = [ConflictRow("due_on", "Fällig am", "30.11.2026", "04.12.2026")]
    conflict = Conflict("Tim Wolf", "23.11.2026, 14:30 Uhr", rows)
    html = render_to_string("components/form.html", {"form": Sample(), "conflict": conflict})
    for text in ("Tim Wolf", "14:30", "30.11.2026", "04.12.2026", 'href="#id_due_on"'):
        assert text in html


def test_message_level_chooses_shape_and_tint() -> None:
    html = render_to_string("components/message.html", {"level": "error", "text": "Nein"})
    assert "msg--bad" in html
    assert "#s-late" in html


def test_facts_show_a_dash_for_nothing() -> None:
    html = render_to_string("components/facts.html", {"facts": [("Vertretung", "", "")]})
    assert "–" in html


def test_get_reads_a_mapping() -> None:
    assert rendered("{{ counts|get:2 }}|{{ counts|get:3 }}", counts={2: "zwei"}) == "zwei|"


@pytest.mark.parametrize("template", ["403.html", "404.html", "409.html", "500.html"])
def test_error_page_renders_without_any_context(template: str) -> None:
    html = render_to_string(template)
    assert "<h1>" in html
    assert 'href="/"' in html
