"""From the database to the facts of a report, in the language that is active."""

from winback.reports.services.assembly.audit import assemble_audit
from winback.reports.services.assembly.concept import assemble_concept
from winback.reports.services.assembly.progress import assemble_progress

__all__ = ["assemble_audit", "assemble_concept", "assemble_progress"]
