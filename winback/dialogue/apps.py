from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DialogueConfig(AppConfig):
    name = "winback.dialogue"

    def ready(self) -> None:
        from winback.cases.permissions import can_work_on_case
        from winback.common import search
        from winback.common.bulk import register as register_bulk
        from winback.common.casepages import CaseAction, CaseTab, register_action, register_tab
        from winback.common.health import register as register_signals
        from winback.common.history import Topic, link_to, register_source, register_verbs
        from winback.common.navigation import NavItem, register
        from winback.common.obligations import register as register_kind
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
        register_bulk(bulk.KIND)
        register_verbs(
            Verb,
            topics={
                "commitment": Topic.COMMITMENTS,
                "complaint": Topic.COMPLAINTS,
                # Talks and complaints stand under their own day; typing them in is a change.
                "complaint.received": Topic.CHANGES,
                "complaint.changed": Topic.CHANGES,
                "talk.shared": Topic.TALKS,
                "talk.withdrawn": Topic.TALKS,
                "series": Topic.TALKS,
                "followup": Topic.TALKS,
                "expectation": Topic.TALKS,
            },
            links={
                "commitment": link_to("dialogue:detail", "commitment"),
                "talk": link_to("dialogue:talk_detail", "row"),
            },
        )
        register_papers("commitments", commitment_papers)
        register_source("talks", histories.talk_entries)
        register_source("complaints", histories.complaint_entries)
        for kind in obligations.kinds(
            commitment=services.reassign,
            complaint=services.hand_over_complaint,
            followup=(services.hand_over_followup, services.drop_followup),
            meeting=services.hand_over_series,
            contact=services.hand_over_rhythm,
        ):
            register_kind(kind)
        for source in (
            obligations.signals,
            obligations.complaint_signals,
            obligations.contact_signals,
        ):
            register_signals(source)
        register(
            NavItem(
                "commitments",
                _("Commitments"),
                "dialogue:list",
                "handshake",
                order=62,
                is_list=True,
                visible=permissions.can_list_commitments,
                keys="g z",
            )
        )
        register(
            NavItem(
                "complaints",
                _("Complaints"),
                "dialogue:complaints",
                "message-square-warning",
                order=63,
                is_list=True,
                visible=permissions.can_list_complaints,
                keys="g d",
            )
        )
        register_tab(
            CaseTab("dialogue", pgettext_lazy("tab", "Communication"), "dialogue:case", 60)
        )
        for key, label, url_name, order, allowed in (
            ("talk", _("Record talk"), "dialogue:talk_new", 10, permissions.can_record_talk),
            ("commitment", _("Record commitment"), "dialogue:give", 11, can_work_on_case),
            ("complaint", _("Record complaint"), "dialogue:complaint_new", 12, can_work_on_case),
        ):
            primary = key == "talk"
            register_action(CaseAction(key, label, url_name, order, allowed, primary=primary))
