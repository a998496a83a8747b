"""For `test_each_refusal`: each refusal of the step down, how a transfer comes to it, and what its page has to say.

The words stand here by hand, and are not read from the engine or the protocol.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handhold.records.models import Assessment
from tests.actions.walking import Walk
from tests.records.factories import make_assessment, open_involvement

HERE = ""


@dataclass(frozen=True)
class Refusal:
    """A page that refuses: how the transfer came there, what is sent (nothing: only looked at), and what is said.

    `about` is the engine's problem, or the word that is missing. who: a role of the council, or `you`. where: a path,
    with {run} and {family}; `#` and a field of the same page; HERE where the page itself shows what stands.
    """

    about: str
    come_to: Callable[[Walk], object]
    page: str
    says: str
    who: str
    clause: str
    where: str
    sends: Mapping[str, Any] | None = field(default_factory=dict)
    by: str = "social-worker"
    is_for_child: bool = False


def considered(destination: str) -> Callable[[Walk], object]:
    return lambda walk: walk.do("early-help-considered", destination)


def agreed(destination: str) -> Callable[[Walk], object]:
    return lambda walk: walk.to_family_agreed(destination)


def wish_known(walk: Walk) -> None:
    walk.to_lead_asked().do("lead-answer", "declined", by="lead-practitioner")


def cancelled(walk: Walk) -> None:
    walk.do("transfer-cancelled", "cancelled")


def begun_by_manager(walk: Walk) -> None:
    walk.to_handed_over().to_endings().do("closure-begun", "begun", by="team-manager")


def ready_for_oversight(walk: Walk) -> Walk:
    return walk.to_lead_accepted().to_ready_for_oversight()


def ready_to_close(walk: Walk) -> Walk:
    return walk.to_lead_accepted().to_ready_to_close()


def with_another_assessment(walk: Walk) -> None:
    make_assessment(walk.council, ready_to_close(walk).family, authorised_at=None)


def with_an_enquiry(walk: Walk) -> None:
    family, begun = ready_to_close(walk).family.family, walk.now.date()
    Assessment.objects.create(family=family, kind="section-47-enquiry", started_date=begun)


def with_a_protection_plan(walk: Walk) -> None:
    family = ready_to_close(walk).family
    open_involvement(walk.council, family, family.children[0], kind="child-protection", start=walk.now)


def asked_and_refused(walk: Walk) -> None:
    walk.do("early-help-considered", "partner-led")
    walk.do("consent", "refused", walk.consent())


def handed_over_without(whose: str) -> Callable[[Walk], dict[str, str]]:
    """Everybody came to the handover but one."""

    def answers(walk: Walk) -> dict[str, str]:
        walk.to_practitioner_allocated()
        people = {
            "worker": walk.person("social-worker").ref,
            "receiver": walk.person("support-practitioner").ref,
            "family": walk.family.mother.ref,
        }
        return {f"came-{ref}": "absent" if name == whose else "present" for name, ref in people.items()}

    return answers


CLOSE = {"outcome": "early-help-begins"}
PLAN = {"version": "0", "need-1-text": "Mornings", "need-1-outstanding": ["yes"]}
TOLD = {"outcome": "told", "how": "e-mail"}
FAMILY = "/families/{family}"

REFUSALS = (
    # What a record lacks, each at the field that can supply it
    Refusal(
        "outstanding-need",
        considered("partner-led"),
        "/steps/plan-proposed",
        "The plan names no need that goes on.",
        "you",
        "Y11",
        "#need-1-text",
        {"outcome": "written", "version": "0", "need-1-text": "Mornings"},
    ),
    Refusal(
        "action-beyond-monitoring",
        considered("partner-led"),
        "/steps/plan-proposed",
        "A need in the plan has no action yet that does more than watch or review.",
        "you",
        "Y11",
        "#need-1-action-1-what",
        {"outcome": "written", **PLAN},
    ),
    Refusal(
        "sharing-agreed",
        considered("partner-led"),
        "/steps/consent",
        "It is not written down with whom information may be shared.",
        "you",
        "Y9",
        "#sharing-given",
        {"outcome": "given", "given_by": "{mother}", "to_what": "early help", "how": "telephone"},
    ),
    Refusal(
        "wish-recorded",
        agreed("partner-led"),
        "/steps/preferred-lead",
        "The family's own first choice is not written down yet.",
        "you",
        "Y16",
        "#note",
        {"outcome": "recorded", "with_person": "{mother}", "how": "telephone"},
    ),
    Refusal(
        "practitioner-chosen",
        wish_known,
        "/steps/lead-asked",
        "No practitioner is chosen yet.",
        "you",
        "Y16",
        "#asked",
        {"outcome": "asked", "how": "telephone", "shared": ["checked"]},
    ),
    Refusal(
        "need-and-plan-shared",
        wish_known,
        "/steps/lead-asked",
        "It is not written down that the need, the other agencies and the proposed plan were talked about.",
        "you",
        "Y16",
        "#shared",
        {"outcome": "asked", "how": "telephone", "asked": "{visitor}"},
    ),
    Refusal(
        "date-agreed",
        lambda walk: walk.to_lead_asked(),
        "/steps/lead-answer",
        "No date is agreed yet.",
        "you",
        "Y16",
        "#agreed-accepted-day",
        {"outcome": "accepted"},
    ),
    Refusal(
        "assessment-completed-or-read",
        agreed("targeted"),
        "/steps/support-requested",
        "The assessment is not finished yet, and no manager has recorded that the draft was read.",
        "team-manager",
        "Y21",
        f"{FAMILY}/papers",
        {"outcome": "requested"},
    ),
    *(
        Refusal(
            f"{whose}-attended",
            handed_over_without(whose),
            "/steps/handover-meeting",
            says,
            "you",
            "Y23",
            f"#came-{{{whose}}}",
            {"outcome": "held"},
        )
        for whose, says in (
            ("family", "The record names nobody of the family who came."),
            ("worker", "The record does not show that the responsible worker came."),
            ("receiver", "The record does not show that the practitioner who takes over came."),
        )
    ),
    Refusal(
        "everyone-told",
        lambda walk: walk.to_practitioner_allocated(),
        "/steps/team-told",
        "Somebody in the team around the child has not been told yet.",
        "you",
        "Y24",
        "#told",
        TOLD,
    ),
    Refusal(
        "plan-or-where-it-is",
        lambda walk: walk.to_lead_accepted().do("next-action-added", "finished"),
        "/steps/section-2-written",
        "The form says neither what the plan is nor where it can be found.",
        "you",
        "Y34",
        "#field-plan",
        {"outcome": "written", "version": "0", "field-plan": " ", "field-lead": "Jo Reid"},
    ),
    Refusal(
        "lead-named",
        lambda walk: walk.to_lead_accepted(),
        "/steps/lead-on-record",
        "The lead practitioner is not named yet.",
        "you",
        "Y27",
        "#role",
        {"outcome": "added", "role": "", "contact": "01632 960 003"},
        is_for_child=True,
    ),
    # What stands in the way, each with the page on which it is settled
    Refusal(
        "run-over",
        cancelled,
        "/steps/early-help-considered",
        "This transfer is over",
        "team-manager",
        "H9",
        "/transfers/{run}",
        None,
    ),
    Refusal(
        "does-not-apply",
        agreed("targeted"),
        "/steps/preferred-lead",
        "“Ask who the family would most like to lead” does not apply as things stand now.",
        "team-manager",
        "Y16",
        "/transfers/{run}",
        None,
    ),
    Refusal(
        "not-offered",
        considered("partner-led"),
        "/steps/consent",
        "“Consent withdrawn” cannot be chosen as things stand now, but only when"
        " “Ask the family for consent to early help” came out as “Consent given”,"
        " “Consent given again, after the handover” or “The parents disagree”.",
        "team-manager",
        "Y9",
        "/transfers/{run}",
        {"outcome": "withdrawn", "given_by": "{mother}", "to_what": "early help", "how": "telephone"},
    ),
    Refusal(
        "already-done",
        agreed("targeted"),
        "/steps/assessment-shown",
        "“Show the family the assessment” is done already, and the record of it stands.",
        "team-manager",
        "H9",
        HERE,
        {"outcome": "shown"},
    ),
    Refusal(
        "not-yours",
        ready_for_oversight,
        "/steps/closure-overseen",
        "“Oversee the closure” is for",
        "team-manager",
        "Y57",
        HERE,
        {"outcome": "agreed"},
    ),
    Refusal(
        "own-work",
        begun_by_manager,
        "/steps/closure-overseen",
        "You recorded “Begin the closure” yourself, and nobody approves their own work",
        "service-manager",
        "H6",
        HERE,
        {"outcome": "agreed"},
        by="team-manager",
    ),
    Refusal(
        "step-missing",
        considered("partner-led"),
        "/steps/lead-asked",
        "Ask the family for consent to early help",
        "you",
        "Y9",
        "/transfers/{run}/steps/consent",
        None,
    ),
    Refusal(
        "matter-open",
        with_another_assessment,
        "/steps/case-closed",
        "An assessment of a child of this household is not finished.",
        "team-manager",
        "H4",
        FAMILY,
        CLOSE,
        is_for_child=True,
    ),
    Refusal(
        "matter-open",
        with_an_enquiry,
        "/steps/case-closed",
        "A section 47 enquiry about a child of this household is not finished.",
        "team-manager",
        "H4",
        FAMILY,
        CLOSE,
        is_for_child=True,
    ),
    Refusal(
        "matter-open",
        with_a_protection_plan,
        "/steps/case-closed",
        "A child of this household has a child protection plan, which only its conference ends.",
        "team-manager",
        "H5",
        FAMILY,
        CLOSE,
        is_for_child=True,
    ),
    Refusal(
        "no-consent",
        asked_and_refused,
        "/steps/case-closed",
        "There is no live consent to early help",
        "you",
        "H2",
        "/transfers/{run}/steps/consent",
        CLOSE,
        is_for_child=True,
    ),
    Refusal(
        "no-receiver",
        lambda walk: walk.to_lead_asked(),
        "/steps/case-closed",
        "The practitioner who was asked to take over has not accepted yet.",
        "you",
        "H10",
        "/transfers/{run}/steps/lead-answer",
        CLOSE,
        is_for_child=True,
    ),
    Refusal(
        "no-exception",
        considered("universal"),
        "/steps/closure-begun/exception",
        "No exception can be made from “Begin the closure”.",
        "you",
        "Y57",
        "/transfers/{run}/steps/closure-begun",
        None,
    ),
    Refusal(
        "exception-not-asked",
        considered("universal"),
        "/steps/ending-visit/exception/decision",
        "Nobody has asked that “Make the ending visit” be excepted.",
        "social-worker",
        "H7",
        "/transfers/{run}/steps/ending-visit",
        {"answer": "granted", "reason": "x"},
        by="team-manager",
    ),
)
