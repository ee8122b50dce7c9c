"""Forms of the room."""

from winback.norms.forms.norms import NormForm

__all__ = ["NormForm"]
