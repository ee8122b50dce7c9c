from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DialogueConfig(AppConfig):
    name = "winback.dialogue"

    def ready(self) -> None:
        from winback.cases.permissions import can_work_on_case
        from winback.common import casepages, health, history, navigation, search
        from winback.common import obligations as registry
        from winback.common.bulk import register as register_bulk
        from winback.common.papers import register as register_papers
        from winback.common.persons import register as register_persons
        from winback.dialogue import bulk, obligations, permissions, services
        from winback.dialogue.enums import Verb
        from winback.dialogue.rows import history as histories
        from winback.dialogue.rows import search as findable
        from winback.dialogue.rows.papers import commitment_papers
        from winback.dialogue.rows.persons import uses as named

        register_persons("dialogue", named)
        search.register(*findable.SOURCES)
        search.register_jump(findable.jump)
        for kind in bulk.KINDS:
            register_bulk(kind)
        register_papers("commitments", commitment_papers)
        history.register_verbs(Verb, topics=histories.TOPICS, links=histories.LINKS)
        history.register_source("talks", histories.talk_entries)
        history.register_source("complaints", histories.complaint_entries)
        _register_duties(registry, obligations, services)
        for source in obligations.SIGNALS:
            health.register(source)
        _register_lists(navigation, permissions)
        casepages.register_tab(
            casepages.CaseTab(
                "dialogue", pgettext_lazy("tab", "Communication"), "dialogue:case", 60
            )
        )
        for key, label, url_name, order, allowed in (
            ("talk", _("Record talk"), "dialogue:talk_new", 10, permissions.can_record_talk),
            ("commitment", _("Record commitment"), "dialogue:give", 11, can_work_on_case),
            ("complaint", _("Record complaint"), "dialogue:complaint_new", 12, can_work_on_case),
        ):
            primary = key == "talk"
            action = casepages.CaseAction(key, label, url_name, order, allowed, primary=primary)
            casepages.register_action(action)


def _register_duties(registry: ModuleType, obligations: ModuleType, services: ModuleType) -> None:
    """What the room owes, with the verbs that hand it over."""
    for kind in obligations.kinds(
        commitment=services.reassign,
        complaint=services.hand_over_complaint,
        followup=(services.hand_over_followup, services.drop_followup),
        meeting=services.hand_over_series,
        contact=services.hand_over_rhythm,
    ):
        registry.register(kind)


def _register_lists(navigation: ModuleType, permissions: ModuleType) -> None:
    for key, label, url_name, icon, order, visible, keys in (
        (
            "commitments",
            _("Commitments"),
            "dialogue:list",
            "handshake",
            62,
            permissions.can_list_commitments,
            "g z",
        ),
        (
            "complaints",
            _("Complaints"),
            "dialogue:complaints",
            "message-square-warning",
            63,
            permissions.can_list_complaints,
            "g d",
        ),
    ):
        item = navigation.NavItem(
            key, label, url_name, icon, order=order, is_list=True, visible=visible, keys=keys
        )
        navigation.register(item)
