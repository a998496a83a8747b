"""After every action the facts observed from the database are those that `apply` foretold."""

from datetime import timedelta
from typing import Any

import pytest
from tests.actions.walking import Walk, begin
from tests.records.factories import NOW, make_council, make_family

from handhold.access.transfers import access_transfer_to_change
from handhold.actions.concerns import decide_concern, report_concern
from handhold.actions.steps import act_of, ask_exception, decide_exception
from handhold.casefiles import contents
from handhold.protocol.applying import apply
from handhold.protocol.deciding import Allowed, decide
from handhold.protocol.facts import Facts
from handhold.records.models import Practitioner

pytestmark = pytest.mark.django_db


class WatchedWalk(Walk):
    """A walk that holds what was foretold against what is observed, after every step."""

    watched = 0

    def do(self, step: str, outcome: str, content: contents.Content | None = None, **words: Any) -> Any:
        by: Practitioner | str = words.get("by", "social-worker")
        who = self.person(by) if isinstance(by, str) else by
        written = content or contents.Content(self.now)
        before = access_transfer_to_change(self.run.ref, by=who, now=self.now)
        act = act_of(before, "record", step, outcome, written, child_ref=words.get("child"), has_reason=True)
        answer = decide(before.case.pathway, before.case.observed.facts, act)
        assert isinstance(answer, Allowed), answer
        foretold = apply(before.case.pathway, before.case.observed.facts, answer.effects)
        opened = super().do(step, outcome, content, **words)
        self.hold_against(foretold, step)
        return opened

    def do_unwatched(self, step: str, outcome: str, **words: Any) -> Any:
        """Records without looking, for what is refused."""
        return super().do(step, outcome, **words)

    def hold_against(self, foretold: Facts, step: str) -> None:
        """Compares, leaving lateness aside: time passes by itself."""
        observed = self.observed()
        assert without_lateness(observed) == without_lateness(foretold), step
        self.watched += 1

    def observed(self) -> Facts:
        """The facts now, as the service manager sees them, who sees every transfer."""
        opened = access_transfer_to_change(self.run.ref, by=self.person("service-manager"), now=self.now)
        return opened.case.observed.facts


def without_lateness(facts: Facts) -> Facts:
    """The facts with every limit, and every least time, still running."""
    return facts._replace(steps=tuple(step._replace(late=False) for step in facts.steps), elapsed=frozenset())


def watched_walk(children: int) -> WatchedWalk:
    """A transfer that has just begun, watched."""
    council = make_council()
    walk = begin(council, make_family(council, children=children))
    return WatchedWalk(walk.council, walk.family, walk.run, walk.now, None, walk.child_refs)


def test_through_the_partner_led_branch() -> None:
    walk = watched_walk(2)
    walk.to_lead_accepted().to_closed()
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    assert walk.watched > 20
    assert walk.observed().ended == "completed"


def test_through_the_targeted_branch_with_another_practitioner_and_a_child_who_stays() -> None:
    walk = watched_walk(3)
    walk.to_handed_over()
    staying = walk.child_refs.pop()
    walk.do("child-stays", "stays", child=staying)
    walk.to_ready_for_oversight()
    assert walk.watched > 15


def test_through_declines_a_council_worker_and_everybody_who_can_leave() -> None:
    walk = watched_walk(1)
    walk.to_lead_asked()
    lead = walk.person("lead-practitioner")
    walk.do("lead-answer", "declined", by=lead)
    walk.to_lead_asked(walk.council.second_lead)
    walk.do("lead-answer", "question", by=walk.council.second_lead)
    walk.do("lead-answer", "declined", by=walk.council.second_lead)
    chosen = walk.at(practitioner=walk.person("support-practitioner"))
    walk.do("no-lead-found", "council-worker-leads", chosen, by="service-manager")
    walk.do("worker-left", "left", by="team-manager")
    stranger = walk.at(practitioner=walk.council.stranger)
    walk.do("worker-allocated", "allocated", stranger, by="team-manager")
    walk.do("receiver-left", "left", by="team-manager")
    walk.do("transfer-cancelled", "cancelled", by="team-manager")
    assert walk.observed().ended == "stays-with-social-work"


def test_through_consent_taken_back_and_the_managers_decision() -> None:
    walk = watched_walk(2)
    walk.to_lead_accepted()
    withdrawn = contents.ConsentContent(walk.now, given_by=walk.family.mother, to_what="early help", how="telephone")
    walk.do("consent", "withdrawn", withdrawn)
    walk.do("what-no-consent-means", "offer-again", by="team-manager")
    walk.do("consent", "disputed", withdrawn)
    walk.do("what-no-consent-means", "one-consent-suffices", by="team-manager")
    assert walk.observed().consent == "live"
    walk.do("consent", "refused", withdrawn)
    walk.do("what-no-consent-means", "end-here", by="team-manager")
    assert walk.observed().destination == "universal"


def test_through_an_exception_refused_and_one_granted() -> None:
    walk = watched_walk(1)
    walk.to_practitioner_allocated()
    manager, worker = walk.person("team-manager"), walk.person("social-worker")
    for granted in (False, True):
        walk.now += timedelta(minutes=1)
        ask_exception(walk.run.ref, "handover-meeting", "declined", "Asked twice", by=worker, now=walk.now)
        walk.now += timedelta(minutes=1)
        decide_exception(
            walk.run.ref, "handover-meeting", granted=granted, reason="Heard both", by=manager, now=walk.now
        )
    facts = walk.observed()
    opened = access_transfer_to_change(walk.run.ref, by=manager, now=walk.now)
    slot = opened.case.pathway.slots(1)["handover-meeting", None]
    assert facts.steps[slot].exception == "granted"
    walk.do("receiver-met-family", "met", by="support-practitioner")


def test_a_concern_stops_the_closure_and_its_decision_lets_it_go_on() -> None:
    walk = watched_walk(1)
    walk.to_lead_accepted().to_ready_to_close()
    duty = walk.person("duty-manager")
    concern = report_concern(
        who="Ada", what="A bruise", child_ref=walk.child_refs[0], by=walk.council.stranger, now=walk.now
    )
    assert walk.observed().matters == {"concern-undecided"}
    walk.now += timedelta(minutes=1)
    decide_concern(concern.ref, "support-goes-on", "Explained by the school", by=duty, now=walk.now)
    assert walk.observed().matters == frozenset()
    walk.close(walk.child_refs[0])


def test_a_concern_that_stood_when_the_transfer_began_stays_on_its_record_once_it_is_decided() -> None:
    council = make_council()
    made = make_family(council, children=1)
    duty = council.practitioners["duty-manager"]
    concern = report_concern(who="Ada", what="A bruise", child_ref=made.children[0].ref, by=duty, now=NOW)
    walk = begin(council, made)
    before = access_transfer_to_change(walk.run.ref, by=duty, now=walk.now).case
    assert before.observed.facts.matters == {"concern-undecided"}
    reported = before.pathway.slots(1)[before.pathway.concern_steps()[0], None]
    decide_concern(concern.ref, "support-goes-on", "Explained by the school", by=duty, now=walk.now)
    after = access_transfer_to_change(walk.run.ref, by=duty, now=walk.now).case
    assert after.observed.facts.matters == frozenset()
    assert after.observed.facts.steps[reported] == before.observed.facts.steps[reported]


def test_when_the_lead_leaves_after_the_first_child_is_closed_the_named_person_holds_that_child() -> None:
    walk = watched_walk(2)
    walk.to_lead_accepted().to_ready_to_close()
    walk.close(walk.child_refs[0])
    walk.do("receiver-left", "left", by="team-manager")
    assert walk.observed().children[0].accountable == (("early-help", "stand-in"),)
    walk.to_lead_asked(walk.council.second_lead)
    accepted = walk.at(agreed_date=walk.now.date())
    walk.do("lead-answer", "accepted", accepted, by=walk.council.second_lead)
    assert walk.observed().children[0].accountable == (("early-help", "receiver"),)
