"""Walks a referral through the real actions, from MASH to a partner who leads, and on while they lead."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.actions.walking import Walk, a_plan
from tests.records.factories import NOW, MadeCouncil, MadeFamily

from handhold.access.transfers import Opened
from handhold.actions.referrals import NewFamily, NewPerson, receive_referral
from handhold.casefiles import contents
from handhold.records.models import FamilyMember, Practitioner, Run

PATHWAY = "referral-to-early-help"
LED = "early-help-led-by-a-partner"
SAID = "He comes to school hungry, and his mother says she is worn out."
ANSWERS = (
    contents.WrittenAnswer("referrer", "Ines Hart, head of year"),
    contents.WrittenAnswer("agency", "Oak Lane School"),
    contents.WrittenAnswer("reach", "01632 960 044"),
    contents.WrittenAnswer("said", SAID),
    contents.WrittenAnswer("family-knows", "The mother asked for it herself."),
)
A_FAMILY = NewFamily(
    name="Marsh",
    address="4 Example Row\nExampleton",
    children=(
        NewPerson("Tilly", "Marsh", birth_date=date(2009, 6, 2)),
        NewPerson("", "Marsh", expected_birth_date=date(2027, 3, 1)),
    ),
    adults=(
        NewPerson("Dawn", "Marsh", date(1988, 2, 3), relation="mother", is_responsible=True, phone="01632 960 045"),
    ),
)
"""A young woman of 17 and an unborn child (Y7), with their mother."""


@dataclass
class MashWalk(Walk):
    """A referral on its way. The co-ordinator acts where nobody else is named."""

    def to_screened(self, level: str = "level-2") -> "MashWalk":
        """Written down and screened."""
        self.do("need-screened", level, by="front-door")
        return self

    def to_decided(self, outcome: str = "partner-led") -> "MashWalk":
        """Screened, decided, and the referrer told."""
        self.to_screened()
        self.do("referral-decided", outcome, by="front-door")
        self.do("referrer-told", "told", self.at(contents.NoticeContent, how="telephone"), by="front-door")
        return self

    def to_agreed(self, by: str = "early-help-coordinator") -> "MashWalk":
        """Plan, consent and lead agreed with the family."""
        self.do("plan-proposed", "written", self.at(contents.PlanContent, needs=a_plan()), by=by)
        self.do("consent", "given", self.consent(), by=by)
        self.do("plan-agreed", "agreed", self.at(contents.ConversationContent, with_person=self.family.mother), by=by)
        if by == "early-help-coordinator":
            wish = self.at(contents.ConversationContent, note="Her form teacher", with_person=self.family.mother)
            self.do("preferred-lead", "recorded", wish, by=by)
        return self

    def ask(self, lead: Practitioner | None = None) -> Opened:
        """Somebody is asked to lead."""
        self.lead = lead or self.person("lead-practitioner")
        asked = self.at(contents.ConversationContent, practitioner=self.lead, how="telephone", confirmed=True)
        return self.do("lead-asked", "asked", asked, by="early-help-coordinator")

    def to_lead_accepted(self) -> "MashWalk":
        """Partner-led, with a lead who has accepted: the handover."""
        self.to_decided().to_agreed().ask()
        assert self.lead is not None
        self.do("lead-answer", "accepted", self.at(agreed_date=date(2026, 12, 1)), by=self.lead)
        return self

    def to_closed(self, by: str = "early-help-coordinator", outcome: str = "closed") -> "MashWalk":
        """The lead on record, the form overseen and closed."""
        for child in self.child_refs:
            words = self.at(contents.RelationshipContent, role="Lead practitioner", contact="01632 960 003")
            self.do("lead-on-record", "added", words, child=child, by=by)
        self.do("form-overseen", "agreed", by="service-manager")
        self.do("form-closed", outcome, by=by)
        return self

    def led(self) -> "MashWalk":
        """The run beside it that goes on while the partner leads."""
        run = Run.objects.get(family=self.family.family, pathway=LED, ended_at=None)
        return type(self)(self.council, self.family, run, self.now, self.lead, [*self.child_refs])


def refer(council: MadeCouncil, kind: type[MashWalk] = MashWalk) -> MashWalk:
    """A referral of a family that is not on record, just written down."""
    run = receive_referral(
        A_FAMILY,
        [],
        ANSWERS,
        received_at=NOW,
        by=council.practitioners["front-door"],
        now=NOW + timedelta(minutes=10),
    )
    refs = [one.child.ref for one in run.run_children.order_by("child_id")]
    return kind(council, _family_of(run), run, now=NOW + timedelta(minutes=11), child_refs=refs)


def _family_of(run: Run) -> MadeFamily:
    members = FamilyMember.objects.filter(family=run.family).select_related("person").order_by("person_id")
    (mother,) = [one.person for one in members if one.role == "adult"]
    children = [one.person for one in members if one.role == "child"]
    return MadeFamily(family=run.family, mother=mother, father=mother, children=children)
