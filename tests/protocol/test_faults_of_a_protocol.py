"""Every kind of fault is found, with file, line and how to mend it; each test breaks the miniature at one place."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from handhold.protocol.checking import find_faults
from handhold.protocol.pathways import Protocol
from tests.protocol.small_protocol import VERSION, SmallProtocol

PATHWAY = "pathways/step-down.yaml"
MOMENT = "pathways/at-any-moment.yaml"
MAIN = "protocol.yaml"
FORM = "forms/summary.yaml"


class Slip(NamedTuple):
    """One slip of an author: where, what was there, what was written instead, and what the fault must say.

    at: the words that stand in the line which the fault names; without them, the first that was written instead.
    """

    file: str
    old: str
    new: str
    says: str
    mend: str = ""
    at: str = ""
    found_in: str = ""


SLIPS = {
    "something by itself that asks what only a person can say": Slip(
        MOMENT,
        "needs_reason: true, effects: [{end_run",
        "needs_reason: true, by_itself: true, effects: [{end_run",
        "cannot come about by itself",
        "Remove `by_itself`",
    ),
    "two ways of deciding on one concern": Slip(
        MOMENT,
        "      - id: worker-left",
        """      - id: concern-decided-on-the-way-up
        title: Decide on the concern
        kind: decision
        who: [duty-manager]
        only_in: [up]
        when: {matter: concern-undecided}
        within: {setting: decided, of: concern-reported}
        outcomes:  # of its own
          goes-up: {called: It goes up, needs_reason: true, effects: [{settle_matter: concern-undecided}]}
        clauses: [H3]

      - id: worker-left""",
        "decide on the same concern, and their outcomes differ",
        "Give both the outcomes goes-on",
        at="outcomes:  # of its own",
    ),
    "an unknown step under after": Slip(
        PATHWAY, "after: [helper-asked]", "after: [helper-assked]", "no step called 'helper-assked'", "'helper-asked'"
    ),
    "an unknown step under voids": Slip(
        PATHWAY, "voids: [helper-asked]", "voids: [helper-gone]", "no step called 'helper-gone'", "Did you mean"
    ),
    "an unknown step that starts a limit": Slip(
        PATHWAY, "of: consent}", "of: consents}", "no step called 'consents'", "'consent'"
    ),
    "an unknown step whose author may not do this one": Slip(
        PATHWAY, "not_by_author_of: [form-filled]", "not_by_author_of: [filled]", "no step called 'filled'"
    ),
    "an unknown step in a condition": Slip(
        PATHWAY, "when: {outcome: {consent: [given]}}", "when: {outcome: {yes: [given]}}", "no step called 'yes'"
    ),
    "an unknown outcome in a condition": Slip(
        PATHWAY, "{consent: [given]}}", "{consent: [yes]}}", "'consent' has no outcome 'yes'", "given, refused"
    ),
    "an unknown destination in a condition": Slip(
        PATHWAY, "when: {destination: [nothing]}", "when: {destination: [nothin]}", "no destination called 'nothin'"
    ),
    "an unknown destination in an effect": Slip(
        PATHWAY,
        "called: A helper\n            effects: [{destination: help}]",
        "called: A helper\n            effects: [{destination: helpp}]",
        "no destination called 'helpp'",
        at="effects: [{destination: helpp}]",
    ),
    "an unknown role that may do a step": Slip(
        PATHWAY, "who: [receiver]", "who: [helpers]", "no role or relation called 'helpers'", "'helper'"
    ),
    "an unknown role that decides exceptions": Slip(
        PATHWAY, "decided_by: [responsible-manager]", "decided_by: [boss]", "no role or relation called 'boss'"
    ),
    "an unknown role that is told of a limit": Slip(
        PATHWAY,
        "limit_goes_to: [responsible-manager]",
        "limit_goes_to: [nobody]",
        "no role or relation called 'nobody'",
    ),
    "an unknown setting": Slip(
        PATHWAY, "within: {setting: search,", "within: {setting: serch,", "no setting called 'serch'", "'search'"
    ),
    "an unknown queue": Slip(PATHWAY, "{put_in_queue: helpers-wanted}", "{put_in_queue: wanted}", "no queue called"),
    "an unknown meeting": Slip(PATHWAY, "{put_on_meeting: allocation-meeting}", "{put_on_meeting: m}", "no meeting"),
    "an unknown form of a step": Slip(
        PATHWAY, "form: summary\n", "form: sumary\n", "no form called 'sumary'", "'summary'"
    ),
    "an unknown form that is opened": Slip(PATHWAY, "{open_form: summary}", "{open_form: other}", "no form called"),
    "a letter that is not there": Slip(
        PATHWAY, "letter: goodbye\n", "letter: farewell\n", "no letter called 'farewell'", "letters/farewell.typ"
    ),
    "a clause that is not there": Slip(
        PATHWAY, "clauses: [S3, H6]", "clauses: [S33, H6]", "There is no clause S33.", "clauses.yaml"
    ),
    "an effect that says two things": Slip(
        PATHWAY,
        "- {close: origin}",
        "- {close: origin, end_child: gone}",
        "One effect says 2 things (close, end_child)",
    ),
    "an effect that says nothing": Slip(PATHWAY, "- {main_contact: early-help}", "- {}", "One effect says nothing"),
    "nobody who becomes accountable": Slip(
        PATHWAY,
        "{open: early-help, to: receiver}",
        "{open: early-help}",
        "does not say who becomes accountable",
        "`to:`",
    ),
    "somebody accountable for nothing": Slip(
        PATHWAY, "- {close: origin}", "- {close: origin, to: receiver}", "`to` has no meaning beside 'close'", "Remove"
    ),
    "steps that wait for each other": Slip(
        PATHWAY,
        "        after: [form-opened]",
        "        after: [form-opened, closure-overseen]",
        "closure-overseen after form-filled after closure-overseen",
        "Take one of them out",
        at="after: [goodbye-visit, goodbye-letter, form-filled]",
    ),
    "a destination that nothing chooses": Slip(
        PATHWAY,
        "called: A helper\n            effects: [{destination: help}]",
        "called: A helper",
        "no outcome chooses the destination help",
        "Change the condition",
        at="when: {destination: [help]}\n        after: [help-considered]",
    ),
    "an exception that no step can have": Slip(
        PATHWAY, "when: {outcome: {consent: [given]}}", "when: {excepted: [consent]}", "'consent' has no exception"
    ),
    "a lateness of a step without limit": Slip(
        PATHWAY, "when: {outcome: {consent: [given]}}", "when: {late: [consent]}", "has no limit of its own"
    ),
    "a round that is never counted": Slip(
        PATHWAY,
        "when: {outcome: {consent: [given]}}",
        "when: {round_at_least: {consent: 9}}",
        "rounds are counted to 3",
    ),
    "a second round of what is done once": Slip(
        PATHWAY,
        "when: {outcome: {consent: [given]}}",
        "when: {round_at_least: {goodbye-visit: 2}}",
        "'goodbye-visit' is never done a second time",
    ),
    "an outcome that must be and must not be": Slip(
        PATHWAY,
        "when: {outcome: {consent: [given]}}",
        "when: {outcome: {consent: [given]}, not_outcome: {consent: [given, refused]}}",
        "would have to stand and not to stand at given",
    ),
    "a step that waits for its own outcome": Slip(
        PATHWAY,
        "help is still looked for\n        kind: decision\n        who: [responsible-manager]\n"
        "        when: {destination: [help]}",
        "help is still looked for\n        kind: decision\n        who: [responsible-manager]\n"
        "        when: {outcome: {help-reconsidered: [carry-on]}}",
        "'help-reconsidered' can never come: it waits for its own outcome",
        "Change the condition",
        at="when: {outcome: {help-reconsidered",
    ),
    "a choice of conditions of which none can be": Slip(
        PATHWAY,
        "when: {outcome: {consent: [given]}}",
        "when: {any_of: [{late: [consent]}, {excepted: [consent]}]}",
        "can never come",
        "At least one",
    ),
    "no outcome that counts as done": Slip(
        PATHWAY,
        "visited: {called: The visit was made}",
        "visited: {called: The visit was made, done: false}",
        "No outcome of the step 'goodbye-visit' counts as done",
        at="outcomes:\n          visited",
    ),
    "an exception that holds nothing back": Slip(
        MOMENT,
        "stopped: {called: Stop, needs_reason: true, effects: [{end_run: stays-with-social-work}]}\n",
        "stopped: {called: Stop}\n        exception: {kinds: [declined], decided_by: [team-manager]}\n",
        "it holds nothing back: no step comes after it",
        "Name it under `after`",
        at="exception: {kinds: [declined], decided_by: [team-manager]}",
    ),
    "a pathway that nobody can begin": Slip(
        PATHWAY,
        "begins:\n  from_involvement: assessment\n  who: [responsible-worker]\n  clauses: [S1]\n",
        "",
        "Nothing says how the pathway 'step-down' begins.",
        at="id: step-down",
    ),
    "a limit that nobody hears of": Slip(
        PATHWAY,
        "limit_goes_to: [responsible-manager]\n",
        "",
        "Nobody is told when a limit",
        at="limit: {setting: whole",
    ),
    "a step that can wait for ever": Slip(
        MOMENT,
        "        within: {setting: decided, of: concern-reported}\n",
        "",
        "'concern-decided' can wait for ever",
        "`within:`",
        at="- id: concern-decided",
    ),
    "a thing that may happen in a pathway without a limit": Slip(
        PATHWAY,
        "limit: {setting: whole, of: start}\n",
        "",
        "can wait for ever",
        "What may happen, and need not, stands in at-any-moment.yaml",
        at="- id: ",
    ),
    "an exception that nobody of the council can ask for": Slip(
        PATHWAY,
        "            voids: [helper-asked]\n",
        "            voids: [helper-asked]\n"
        "        exception: {kinds: [not-possible], decided_by: [service-manager]}\n",
        "Nobody of the council can ask that 'helper-answer' be excepted",
        "keep each outcome for `who: [receiver]`",
        at="exception: {kinds: [not-possible]",
    ),
    "somebody who is chosen and becomes nothing": Slip(
        PATHWAY,
        "effects: [{receiver: asked}",
        "effects: [{put_in_queue: helpers-wanted}",
        "At 'asked' somebody is chosen, and nothing says what they become",
        "{receiver: accepted}",
        at="asked:",
    ),
    "two steps of one id": Slip(
        MOMENT, "- id: worker-left", "- id: goodbye-visit", "two steps called 'goodbye-visit'", "another id"
    ),
    "a concern that has to wait": Slip(
        MOMENT,
        "who: [anybody]",
        "who: [responsible-worker]",
        "not everybody can report a concern",
        at="id: step-down",
        found_in=PATHWAY,
    ),
    "a concern that nobody decides": Slip(
        MOMENT,
        "when: {matter: concern-undecided}",
        "when: {matter: section-47-open}",
        "nobody decides on a reported",
        at="id: step-down",
        found_in=PATHWAY,
    ),
    "a role that nothing uses": Slip(
        MAIN,
        "  helper: {called",
        "  spare: {called: spare}\n  helper: {called",
        "Nothing uses the role 'spare'",
        "remove it",
    ),
    "a setting that nothing uses": Slip(
        PATHWAY,
        "within: {setting: answer,",
        "within: {setting: search,",
        "Nothing uses the setting 'answer'",
        at="answer:",
        found_in=MAIN,
    ),
    "a reminder by no setting": Slip(
        MAIN, "{ahead: ahead,", "{ahead: ahed,", "no setting called 'ahed'", "'ahead'", at="reminders:"
    ),
    "an escalation by no setting": Slip(
        MAIN, "escalated_after: gone-up", "escalated_after: goneup", "no setting called 'goneup'", at="reminders:"
    ),
    "an escalation to no role": Slip(
        MAIN, "then_to: [service-manager]", "then_to: [chief]", "no role called 'chief'", at="reminders:"
    ),
    "a stand-in who is no role": Slip(MAIN, "helper: service-manager", "helper: chief", "no role called 'chief'"),
    "a queue that nobody looks after": Slip(
        MAIN, "looked_after_by: service-manager", "looked_after_by: chief", "no role called 'chief'"
    ),
    "a relation that is called nothing": Slip(
        MAIN, "  stand-in: the council's named person\n", "", "Nothing says what 'stand-in' is called", at="relations:"
    ),
    "a word that the kind cannot give": Slip(
        PATHWAY,
        "asks: [lead-named]",
        "asks: [family-attended]",
        "'form-section' cannot hold 'family-attended'",
        "lead-named",
    ),
    "a field that asks what is known": Slip(
        FORM,
        "concept: plan, fills_from: [plan], clauses: [S3]}\n      - {id: wishes",
        "concept: plan, clauses: [S3]}\n      - {id: wishes",
        "'plan-again' asks for 'plan', which another field asks for too",
        "`fills_from`",
    ),
    "a field filled in from what nobody knows": Slip(
        FORM,
        "fills_from: [receiver]",
        "fills_from: [crystal-ball]",
        "Nothing is known as 'crystal-ball'",
        "professional-relationships, decisions-of-",
        at="- {id: lead, label: Who leads",
    ),
    "a field filled in from the decisions of nobody": Slip(
        FORM,
        "fills_from: [receiver]",
        "fills_from: [decisions-of-chief]",
        "Nothing is known as 'decisions-of-chief'",
        at="- {id: lead, label: Who leads",
    ),
    "two fields of one id": Slip(
        FORM,
        "id: plan-again,",
        "id: plan,",
        "Two fields of this form are called 'plan'",
        at="id: plan, label: The plan once",
    ),
    "an optional step with a limit": Slip(
        PATHWAY,
        "        within: {setting: search, of: consent}\n",
        "        within: {setting: search, of: consent}\n        optional: true\n",
        "'helper-asked' is optional, so `within` has no meaning beside it",
        "Remove `within`, or `optional`",
        at="within: {setting: search",
    ),
    "a form section without its form": Slip(
        PATHWAY,
        "        form: summary\n",
        "",
        "'form-filled' fills in a form but does not say which",
        at="- id: form-filled",
    ),
}


def test_the_miniature_has_no_fault(small: SmallProtocol) -> None:
    assert find_faults(small.load()) == []


def test_yorks_protocol_has_no_fault(york: Protocol) -> None:
    assert find_faults(york) == []


@pytest.mark.parametrize("name", SLIPS)
def test_the_slip_is_found_where_it_was_made(small: SmallProtocol, name: str) -> None:
    slip = SLIPS[name]
    small.replace(slip.file, slip.old, slip.new)
    faults = find_faults(small.load())
    found = [fault for fault in faults if slip.says in fault.what and slip.mend in fault.mend]
    assert found, [str(fault) for fault in faults]
    file = slip.found_in or slip.file
    line = small.line_of(file, slip.at or slip.new)
    assert (f"{VERSION}/{file}", line) in {(fault.file, fault.line) for fault in found}, found
    assert all(fault.what and fault.mend for fault in faults)


def test_all_slips_are_found_at_once(small: SmallProtocol) -> None:
    small.replace(PATHWAY, "letter: goodbye\n", "letter: farewell\n")
    small.replace(PATHWAY, "{put_in_queue: helpers-wanted}", "{put_in_queue: wanted}")
    small.replace(FORM, "id: plan-again", "id: plan")
    faults = find_faults(small.load())
    assert [fault.file.rsplit("/", 1)[-1] for fault in faults] == [
        "summary.yaml",
        "step-down.yaml",
        "step-down.yaml",
        "protocol.yaml",
    ]
    assert faults == sorted(faults)
