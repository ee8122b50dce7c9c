"""The pattern for columns without a search key agrees with the search keys."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winback.common.textsearch import folding_pattern, normalise

#: Letters as German texts and names have them, and signs that mean something in patterns.
LETTERS = "abcdeäöüßàéèêçñšžABCÄÖÜÉÀŠ 0123-._/()[]{}*+?^$|\\&'\""
TEXTS = st.text(alphabet=LETTERS, min_size=1, max_size=30)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_text_finds_itself(text: str) -> None:
    assert re.search(folding_pattern(text), text.strip()) or not text.strip()


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_pattern_finds_what_the_search_key_finds(part: str, other: str) -> None:
    """Whatever is found by the key is found by the pattern, within words as they are written."""
    whole = f"{other} {part}"
    if normalise(part) and normalise(part) in normalise(whole):
        assert re.search(folding_pattern(part), " ".join(whole.split()))


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_pattern_finds_nothing_the_search_key_does_not(text: str, other: str) -> None:
    if normalise(text) and re.search(folding_pattern(text), other):
        assert normalise(text) in normalise(other)


@pytest.mark.parametrize("text", ["Straße", "STRASSE", "strasse", "Straẞe"])
@pytest.mark.parametrize("asked", ["straße", "STRASSE", "Strasse"])
def test_sharp_s_is_two(text: str, asked: str) -> None:
    assert re.search(folding_pattern(asked), text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [("ist", "Iſt"), ("o'neill", "O'Neill"), ("a b", "a\tb"), ("a b", "a\n b"), ("é", "E")],
)
def test_unusual_writing_is_found(asked: str, text: str) -> None:
    assert re.search(folding_pattern(asked), text) or normalise(asked) not in normalise(text)


def test_nothing_makes_an_empty_pattern() -> None:
    assert folding_pattern("   ") == ""


@pytest.mark.parametrize("asked", ["gros", "gross", "grosss", "sch", "ssch", "s"])
def test_half_a_sharp_s_is_enough_at_the_edge(asked: str) -> None:
    assert normalise(asked) in normalise("Großschreibung")
    assert re.search(folding_pattern(asked), "Großschreibung")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="sßSa", max_size=8), st.text(alphabet="sa", min_size=1, max_size=4))
def test_pattern_and_key_agree_on_every_mixture_of_s(text: str, asked: str) -> None:
    assert bool(re.search(folding_pattern(asked), text)) is (asked in normalise(text))
