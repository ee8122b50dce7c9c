"""What the verbs of causes refuse."""

from __future__ import annotations

from winback.common.claims import RuleBroken


class CaseEnded(RuleBroken):
    """An ended case is read only."""


class NoEvidence(RuleBroken):
    """A cause without evidence is an assumption."""


class StillNeeded(RuleBroken):
    """Something refers to the cause, or it is the primary one beside others."""


class ChainBroken(RuleBroken):
    """A chain of whys has a gap or does not end."""
