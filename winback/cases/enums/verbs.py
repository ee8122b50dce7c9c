"""What happens to a case itself; the words of its history."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """One member per verb."""

    OPENED = "case.opened", _("Case opened")
    CHANGED = "case.changed", _("Case changed")
    STEP_SET = "case.step_set", _("Next step set")
    SITUATION_WRITTEN = "case.situation_written", _("Situation described")
    DECIDED = "case.decided", _("Go decision taken")
    RESTED = "case.rested", _("Case rests")
    CLOSED = "case.closed", _("Case closed")
    REOPENED = "case.reopened", _("Case reopened")
    MEMBER_ADDED = "case.member_added", _("Team member added")
    MEMBER_LEFT = "case.member_left", _("Team member left")
    HEALTH_SET = "case.health_set", _("Health set by hand")
    FACTS_WRITTEN = "case.facts_written", _("Facts recorded")
    HANDED_OVER = "case.handed_over", _("Key account manager changed")
    HANDOVER_STEP = "case.handover_step", _("Handover step done")
    CLIENT_TOLD = "case.client_told", _("Client told of the new contact person")
    ESCALATED = "case.escalated", _("Escalation level set")
    STEP_PLANNED = "case.step_planned", _("Escalation step planned")
    DUTY_DONE = "case.duty_done", _("Step done")
    DUTY_MOVED = "case.duty_moved", _("Owner of a step changed")
    TENDER_WRITTEN = "case.tender_written", _("Tender recorded")
    CRITERION_SET = "case.criterion_set", _("Award criterion recorded")
    RESOURCES_DECIDED = "case.resources_decided", _("Conflict over resources decided")
    SUCCEEDED = "case.succeeded", _("Success recorded")
    LESSON_PROPOSED = "case.lesson_proposed", _("Lesson proposed")
    LESSON_DECIDED = "case.lesson_decided", _("Lesson decided")
