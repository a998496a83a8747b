"""Walks a made family with early help up to social work through the real actions.

walk = begin_up(council, TARGETED, children=2)
walk.to_allocated()
"""

from datetime import timedelta

from tests.actions.test_foretold_is_observed import WatchedWalk
from tests.records.factories import NOW, MadeCouncil, make_family

from handhold.actions.transfers import start_transfer
from handhold.casefiles import contents
from handhold.records.models import Person

PARTNER, TARGETED, ADVICE = "step-up-by-a-partner-lead", "step-up-by-a-targeted-worker", "advice-from-mash"
ONE_SERVICE, ONE_TARGETED = "step-up-from-one-service", "step-up-from-one-targeted-service"
LEADS = {
    PARTNER: "lead-practitioner",
    TARGETED: "support-practitioner",
    ADVICE: "support-practitioner",
    ONE_SERVICE: "lead-practitioner",
    ONE_TARGETED: "support-practitioner",
}
KINDS = {ONE_SERVICE: "single-agency", ONE_TARGETED: "single-agency"}
FILLED = tuple(
    contents.WrittenAnswer(field, "As on record") for field in ("what-is-wrong", "early-help-so-far", "discussed")
)


class WayUp(WatchedWalk):
    """A step up on its way, watched: what is foretold is observed after every act."""

    @property
    def leads(self) -> str:
        """The role of whoever leads early help."""
        return LEADS[self.run.pathway]

    def to_talked(self) -> "WayUp":
        """Talked about with the family, who know of the referral."""
        self.do("step-up-discussed", "team-meeting", by=self.leads)
        self.do("family-told", "told", by=self.leads)
        return self

    def to_duty_decision(self, outcome: str = "accepted") -> "WayUp":
        """Discussed with the manager on duty, who has decided."""
        self.to_talked()
        duty = self.person("duty-manager")
        self.do("duty-discussion", "discussed", self.at(contents.ConversationContent, spoken_with=duty), by=self.leads)
        self.do("duty-decision", outcome, by="duty-manager")
        return self

    def to_sent(self) -> "WayUp":
        """The referral lies with MASH."""
        if self.run.pathway in {TARGETED, ONE_TARGETED}:
            self.to_duty_decision()
        else:
            self.to_talked()
        written = self.at(contents.FormContent, answers=FILLED, form="referral-to-mash")
        self.do("referral-written", "written", written, by=self.leads)
        self.do("referral-sent", "sent", by=self.leads)
        return self

    def to_decided(self, outcome: str = "") -> "WayUp":
        """MASH has decided."""
        self.to_sent()
        usual = "as-accepted" if self.run.pathway in {TARGETED, ONE_TARGETED} else "social-work"
        self.do("referral-decided", outcome or usual, by="front-door")
        return self

    def to_allocated(self, decided: str = "", outcome: str = "assessment") -> "WayUp":
        """A social worker is responsible."""
        self.to_decided(decided)
        chosen = self.at(practitioner=self.person("social-worker"))
        self.do("social-worker-allocated", outcome, chosen, by="team-manager")
        return self

    def holders(self, child: Person) -> dict[str, str]:
        """Who is accountable for each involvement of a child that is open now, by role."""
        roles = {one.pk: role for role, one in self.council.practitioners.items()}
        rows = child.involvements.filter(open_during__upper_inf=True)
        held = ((one.kind, one.allocations.get(during__upper_inf=True)) for one in rows)
        return {kind: roles[allocation.practitioner_id] for kind, allocation in held}


def begin_up(council: MadeCouncil, pathway: str, *, children: int = 2) -> WayUp:
    """A step up that has just begun for all children of a new family with early help, or with one service."""
    lead = council.practitioners[LEADS[pathway]]
    family = make_family(council, children=children, kind=KINDS.get(pathway, "early-help"), worker=lead)
    refs = [child.ref for child in family.children]
    run = start_transfer(family.family.ref, pathway, refs, by=lead, now=NOW)
    return WayUp(council, family, run, now=NOW + timedelta(minutes=1), child_refs=refs)
