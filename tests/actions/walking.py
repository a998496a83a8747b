"""Walks a made family's transfer through the real actions: for tests that need one that has come so far.

walk = begin(council, family)
walk.to_lead_accepted()
walk.to_closed()
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_assessment, since

from handhold.access.transfers import Opened
from handhold.actions.steps import record_step
from handhold.actions.transfers import start_transfer
from handhold.casefiles import contents
from handhold.records.models import Practitioner, ProfessionalRelationship, Run, StepRecord

PATHWAY = "assessment-to-early-help"
PDF = b"%PDF-1.7 invented"


@dataclass
class Walk:
    """A transfer on its way; `now` moves on by a minute with every act."""

    council: MadeCouncil
    family: MadeFamily
    run: Run
    now: datetime = NOW
    lead: Practitioner | None = None
    child_refs: list[str] = field(default_factory=list)

    def person(self, role: str) -> Practitioner:
        """Who holds a role in the made council."""
        return self.council.practitioners[role]

    def do(
        self,
        step: str,
        outcome: str,
        content: contents.Content | None = None,
        *,
        by: Practitioner | str = "social-worker",
        child: str | None = None,
        reason: str = "It is right for this family.",
    ) -> Opened:
        """Records one step through the action."""
        self.now += timedelta(minutes=1)
        who = self.person(by) if isinstance(by, str) else by
        written = content or contents.Content(self.now)
        return record_step(self.run.ref, step, outcome, written, child_ref=child, reason=reason, by=who, now=self.now)

    def at(self, kind: type[contents.Content] = contents.Content, **words: Any) -> Any:
        """Content that happened now."""
        return kind(happened_at=self.now, **words)

    def to_family_agreed(self, destination: str) -> "Walk":
        """Early help considered, consent, plan written and agreed, assessment shown."""
        self.do("early-help-considered", destination)
        self.do("plan-proposed", "written", self.at(contents.PlanContent, needs=a_plan()))
        self.do("assessment-shown", "shown")
        self.do("consent", "given", self.consent())
        self.do("plan-agreed", "agreed", self.at(contents.ConversationContent, with_person=self.family.mother))
        return self

    def consent(self) -> contents.ConsentContent:
        """A whole consent of the mother."""
        return contents.ConsentContent(
            happened_at=self.now,
            given_by=self.family.mother,
            to_what="early help",
            how="face to face",
            shared_with=(self.council.agencies["school"],),
        )

    def to_lead_asked(self, lead: Practitioner | None = None) -> "Walk":
        """Partner-led, with a lead who was asked."""
        if self.lead is None:
            self.to_family_agreed("partner-led")
            wish = self.at(contents.ConversationContent, note="Her form teacher", with_person=self.family.mother)
            self.do("preferred-lead", "recorded", wish)
        self.lead = lead or self.person("lead-practitioner")
        asked = self.at(contents.ConversationContent, practitioner=self.lead, how="telephone", confirmed=True)
        self.do("lead-asked", "asked", asked)
        return self

    def to_lead_accepted(self) -> "Walk":
        """Partner-led, with a lead who has accepted."""
        self.to_lead_asked()
        assert self.lead is not None
        self.do("lead-answer", "accepted", self.at(agreed_date=date(2026, 12, 1)), by=self.lead)
        return self

    def to_practitioner_allocated(self) -> "Walk":
        """Targeted, with a practitioner whom the meeting allocated."""
        self.to_family_agreed("targeted")
        self.do("support-requested", "requested")
        self.lead = self.person("support-practitioner")
        chosen = self.at(practitioner=self.lead, agreed_date=date(2026, 12, 11))
        self.do("support-decided", "allocated", chosen, by="practice-manager")
        return self

    def to_handed_over(self) -> "Walk":
        """Targeted, after the joint handover meeting, the team told."""
        self.to_practitioner_allocated()
        assert self.lead is not None
        people = (
            contents.Attendance("present", person=self.family.mother),
            contents.Attendance("present", practitioner=self.person("social-worker")),
            contents.Attendance("present", practitioner=self.lead),
        )
        self.do("handover-meeting", "held", self.at(contents.MeetingContent, attendances=people))
        told = (self.council.second_lead,)
        self.do("team-told", "told", self.at(contents.NoticeContent, told=told, how="e-mail"))
        return self

    def to_endings(self) -> "Walk":
        """Ending visit and a letter for each child."""
        self.do("ending-visit", "visited", self.at(contents.VisitContent, seen=tuple(self.family.children)))
        for child in self.child_refs:
            letter = self.at(contents.LetterContent, title="Goodbye", recipient="The child", pdf=PDF)
            self.do("endings-letter", "given", letter, child=child)
        return self

    def to_ready_for_oversight(self) -> "Walk":
        """Partner-led or targeted, everything done but oversight and closure."""
        partner_led = self.run.receiver_id is None and self.lead is self.person("lead-practitioner")
        self.to_endings()
        self.do("next-action-added", "finished")
        answers = (contents.WrittenAnswer("plan", "See the plan"), contents.WrittenAnswer("lead", "The new lead"))
        self.do("section-2-written", "written", self.at(contents.FormContent, answers=answers))
        for child in self.child_refs:
            relationship = self.at(contents.RelationshipContent, role="Lead practitioner", contact="01632 960 003")
            self.do("lead-on-record", "added", relationship, child=child)
        if partner_led:
            self.do("assigned-to-partner-led-eha", "assigned")
        else:
            self.do("assigned-to-advice-team-duty-worker", "assigned")
            self.do("practitioner-confirmed", "confirmed", by="practice-manager")
        self.do("closure-begun", "begun")
        return self

    def to_ready_to_close(self) -> "Walk":
        """Overseen by the manager."""
        self.to_ready_for_oversight()
        self.do("closure-overseen", "agreed", by="team-manager")
        return self

    def close(self, child: str, outcome: str = "") -> Opened:
        """Closes one child; without an outcome, to the early help that was chosen."""
        decided = StepRecord.objects.filter(run=self.run, step="early-help-considered")
        chosen = decided.order_by("pk").last()
        fitting = "targeted-help-begins" if chosen and chosen.outcome == "targeted" else "early-help-begins"
        return self.do("case-closed", outcome or fitting, child=child)

    def to_closed(self) -> "Walk":
        """Every child closed."""
        self.to_ready_to_close()
        for child in self.child_refs:
            self.close(child)
        return self


def a_plan(*, only_monitors: bool = False) -> tuple[contents.PlannedNeed, ...]:
    """A plan of one outstanding need with one action."""
    action = contents.PlannedAction(
        "Breakfast club every school day",
        "Ada is in school by nine",
        "Oak Lane School",
        date(2027, 1, 29),
        only_monitors,
    )
    return (contents.PlannedNeed("Mornings are hard and school starts late", True, (action,)),)


def begin(council: MadeCouncil, family: MadeFamily, *, authorised: bool = True) -> Walk:
    """A transfer that has just begun, from an assessment of all children, with a health visitor around them."""
    assessment = make_assessment(council, family, authorised_at=NOW - timedelta(days=1) if authorised else None)
    for child in family.children:
        ProfessionalRelationship.objects.create(
            child=child, practitioner=council.second_lead, role="Health visitor", contact="", during=since(NOW)
        )
    refs = [child.ref for child in family.children]
    run = start_transfer(
        family.family.ref,
        PATHWAY,
        refs,
        assessment_ref=assessment.ref,
        by=council.practitioners["social-worker"],
        now=NOW + timedelta(minutes=1),
    )
    return Walk(council, family, run, now=NOW + timedelta(minutes=2), child_refs=refs)
