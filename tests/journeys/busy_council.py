"""A council in the middle of its work: a transfer in every state, concerns, queues, a meeting held and one to come.

For tests that look at every page. Each family has a name of its own, by which the pages can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.actions.walking import Walk, begin
from tests.actions.walking_from_mash import MashWalk, refer
from tests.journeys.busy_household import BusyHousehold, make_household
from tests.journeys.busy_papers import BusyPapers, make_papers
from tests.records.factories import (
    MadeCouncil,
    MadeFamily,
    close_everything,
    make_assessment,
    make_council,
    make_family,
)

from handhold.actions.alerts import AlertWords, end_alert, write_alert
from handhold.actions.communication import CommunicationWords, write_communication
from handhold.actions.concerns import acknowledge_concern, decide_concern, report_concern
from handhold.actions.joining import join_records, part_records
from handhold.actions.meetings import Attended, decide_request, finish_meeting
from handhold.actions.reminders import remind_of_limits
from handhold.actions.steps import ask_exception
from handhold.casefiles.contents import ConversationContent
from handhold.casefiles.protocols import live_folder
from handhold.records.models import Alert, Concern, Meeting, MeetingItem, Person, ProtocolSettings

VISIT = "ending-visit"


@dataclass
class BusyCouncil:
    """What was made, by what can be seen in it, and the time at which all of it has happened."""

    council: MadeCouncil
    now: datetime
    begun: Walk
    handed_over: Walk
    asked: Walk
    questioned: Walk
    accepted: Walk
    excepting: Walk
    closed: Walk
    requested: Walk
    sitting: Meeting
    held: Meeting
    late: Walk
    drafted: MadeFamily
    ready: MadeFamily
    unanswered: Concern
    new: Concern
    received: Concern
    decided: Concern
    papers: BusyPapers
    referred: MashWalk
    past_the_duty_manager: Concern
    alert: Alert
    """About a dog; another of the same family is over."""
    household: BusyHousehold
    twice: MadeFamily
    """Three records of which nothing is open: two were joined to the drafted children, one of them parted again."""

    @property
    def received_child(self) -> str:
        """The child whom the received concern is about."""
        assert self.received.child is not None
        return self.received.child.ref


def make_busy_council() -> BusyCouncil:
    """All of it."""
    council = make_council()
    held_walk = _requested(council)
    held = _finish_meeting(held_walk)
    asked, questioned = (begin(council, make_family(council, children=1)).to_lead_asked() for _ in range(2))
    assert questioned.lead is not None
    questioned.do("lead-answer", "question", reason="How often do we meet?", by=questioned.lead)
    excepting = begin(council, make_family(council, children=2))
    excepting.do("early-help-considered", "universal")
    worker = council.practitioners["social-worker"]
    ask_exception(excepting.run.ref, VISIT, "declined", "Asked twice.", by=worker, now=excepting.now)
    handed_over = begin(council, make_family(council, children=3)).to_handed_over().to_endings()
    Person.objects.filter(pk=handed_over.family.children[0].pk).update(
        first_language="Polish", interpreter_needed=True, communication_needs="Uses pictures to say what she feels"
    )
    drafted, ready = make_family(council, children=2), make_family(council, children=2)
    make_assessment(council, drafted, authorised_at=None)
    make_assessment(council, ready)
    now = max(handed_over.now, excepting.now, questioned.now) + timedelta(hours=2)
    concerns = _report_concerns(council, now)
    _change_numbers(council, now)
    closed = _closed(council)
    return BusyCouncil(
        council=council,
        now=now,
        begun=begin(council, make_family(council, children=2)),
        handed_over=handed_over,
        asked=asked,
        questioned=questioned,
        accepted=begin(council, make_family(council, children=2)).to_lead_accepted().to_ready_for_oversight(),
        excepting=excepting,
        closed=closed,
        requested=(requested := _requested(council)),
        sitting=MeetingItem.objects.get(run=requested.run).meeting,
        held=held,
        late=_late(council, now),
        drafted=drafted,
        ready=ready,
        unanswered=concerns[0],
        new=concerns[1],
        received=concerns[2],
        decided=concerns[3],
        papers=make_papers(closed, now),
        referred=refer(council).to_screened(),
        past_the_duty_manager=report_concern(
            who="A girl at the bus stop",
            what="She was shouted at by the duty manager.",
            about_refs=[council.practitioners["duty-manager"].ref],
            about_named="And by a driver",
            by=council.practitioners["social-worker"],
            now=now,
        ),
        alert=_warn(handed_over, now),
        household=make_household(council, now),
        twice=_on_record_twice(council, drafted, now),
    )


def _warn(walk: Walk, now: datetime) -> Alert:
    """What must be known before a visit to this family, and how to speak with the mother."""
    family, worker = walk.family.family.ref, walk.person("social-worker")
    words = AlertWords("visit-in-pairs", "The father was angry at the door", walk.family.father.ref)
    over = write_alert(family, words, by=worker, now=now - timedelta(minutes=9))
    end_alert(over.ref, "He has apologised, and two visits went well", by=worker, now=now - timedelta(minutes=8))
    speaks = CommunicationWords("Polish", True, ("large-print",), "", False, "Only by text, before three")
    write_communication(family, walk.family.mother.ref, speaks, by=worker, now=now - timedelta(minutes=7))
    shared = AlertWords("dog", "Large dog, loose in the yard. Ring first and it is shut away.", is_shared=True)
    return write_alert(family, shared, by=worker, now=now - timedelta(minutes=6))


def _on_record_twice(council: MadeCouncil, drafted: MadeFamily, now: datetime) -> MadeFamily:
    made = make_family(council, children=3)
    close_everything(made)
    by = council.practitioners["front-door"]
    for child, record in zip(drafted.children, made.children[:2], strict=True):
        joining = join_records(child.ref, record.ref, "One birth date, one school", by=by, now=now)
    part_records(joining.ref, "They are cousins", by=by, now=now)
    return made


def _change_numbers(council: MadeCouncil, now: datetime) -> None:
    """One number is live since then, for the transfers that begin after; another waits to be approved."""
    manager, live = council.practitioners["service-manager"], {"whole-transfer": 25}
    change = {
        "authority": council.authority,
        "protocol_folder": live_folder(council.authority),
        "proposed_by": manager,
        "proposed_at": now,
        "checked_at": now,
        "reason": "The partnership agreed so",
    }
    approved = {"live_from": now, "approved_by": council.practitioners["duty-manager"]}
    ProtocolSettings.objects.create(**change, **approved, revision=1, values=live)
    ProtocolSettings.objects.create(**change, revision=2, values={**live, "handover": 7})


def _closed(council: MadeCouncil) -> Walk:
    walk = begin(council, make_family(council, children=1)).to_lead_accepted().to_closed()
    walk.do("form-taken-up", "taken-up", by="early-help-coordinator")
    return walk


def _requested(council: MadeCouncil) -> Walk:
    walk = begin(council, make_family(council, children=2)).to_family_agreed("targeted")
    walk.do("support-requested", "requested")
    return walk


def _late(council: MadeCouncil, now: datetime) -> Walk:
    """A lead who was asked a fortnight ago, as is written down today, and has not answered: it has gone up."""
    walk = begin(council, make_family(council, children=2)).to_family_agreed("partner-led")
    wish = walk.at(ConversationContent, note="Her form teacher", with_person=walk.family.mother)
    walk.do("preferred-lead", "recorded", wish)
    asked = ConversationContent(
        happened_at=now - timedelta(days=14), practitioner=walk.person("lead-practitioner"), how="post", confirmed=True
    )
    walk.do("lead-asked", "asked", asked)
    remind_of_limits(walk.run.pk, now=now)
    return walk


def _finish_meeting(walk: Walk) -> Meeting:
    """The meeting on which this family stands decides, and is finished; whatever is asked later goes to the next."""
    meeting, chair = MeetingItem.objects.get(run=walk.run).meeting, walk.person("practice-manager")
    chosen = walk.person("support-practitioner").ref
    decide_request(
        meeting.ref,
        walk.run.ref,
        "allocated",
        practitioner_ref=chosen,
        by_date=walk.now.date() + timedelta(days=17),
        by=chair,
        now=walk.now,
    )
    return finish_meeting(meeting.ref, Attended(frozenset({chair.ref})), by=chair, now=walk.now)


def _report_concerns(council: MadeCouncil, now: datetime) -> tuple[Concern, Concern, Concern, Concern]:
    """One that nobody has answered for a day, a new one, one that was received, one that was decided."""
    duty, sender = council.practitioners["duty-manager"], council.practitioners["social-worker"]
    ages = (timedelta(days=1), timedelta(minutes=1), timedelta(hours=1), timedelta(minutes=90))
    families = [make_family(council, children=1) for _ in ages]
    sent = [
        report_concern(
            who="Ada",
            what="She came to school with a burn.",
            where_now="At school, with her teacher.",
            child_ref=made.children[0].ref,
            by=sender,
            now=now - age,
        )
        for made, age in zip(families, ages, strict=True)
    ]
    for one in sent[2:]:
        acknowledge_concern(one.ref, by=duty, now=now)
    decide_concern(sent[3].ref, "advice-given", "The mother had called the doctor at once.", by=duty, now=now)
    return sent[0], sent[1], sent[2], sent[3]
