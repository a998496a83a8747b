"""What a council chooses for itself: a yes or no, and how often; by the file, and by a revision of its settings."""

from __future__ import annotations

import pytest

from handhold.protocol.checking import find_faults
from handhold.protocol.conditions import holds
from handhold.protocol.deciding import Allowed, Refused, decide
from handhold.protocol.definition import Condition
from handhold.protocol.explaining import explain_pathway, sentence_of
from handhold.protocol.exploring import start_of
from handhold.protocol.facts import Act, Facts, StepFact
from handhold.protocol.loading import ProtocolRefused
from handhold.protocol.pathways import Pathway, Protocol
from handhold.protocol.proving import prove
from handhold.protocol.reading import is_switched_off
from handhold.protocol.revising import find_value_problem, with_values
from tests.protocol.small_protocol import SmallProtocol

PATHWAY = "pathways/step-down.yaml"
SETTINGS = "settings:\n"
CHOICE = f"{SETTINGS}  form-first: {{value: true, unit: yes-or-no, means: The form is opened, clauses: [S2]}}\n"
OPENED = "      - id: form-opened\n        title: Open the form\n"


def small_with_a_choice(small: SmallProtocol) -> Protocol:
    small.replace("protocol.yaml", SETTINGS, CHOICE)
    small.replace(PATHWAY, OPENED, f"{OPENED}        when: {{chosen: [form-first]}}\n")
    return small.load()


def test_a_choice_holds_as_the_file_has_it_and_as_a_revision_has_it(york: Protocol) -> None:
    rule = Condition.model_validate({"chosen": ["request-on-a-draft"]})
    other = Condition.model_validate({"not_chosen": ["request-on-a-draft"]})
    assert holds_in(york, rule)
    assert not holds_in(york, other)
    no_longer = with_values(york, {"request-on-a-draft": False})
    assert not holds_in(no_longer, rule)
    assert holds_in(no_longer, other)
    assert holds_in(york, rule), "the version itself stays as it was"


def holds_in(protocol: Protocol, rule: Condition) -> bool:
    tried = protocol.pathways["assessment-to-early-help"]
    return holds(rule, tried, start_of(tried, 1), None)


@pytest.mark.parametrize(
    ("authorised", "chosen", "is_allowed"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_a_council_that_chose_so_asks_its_meeting_only_on_a_completed_assessment(
    york: Protocol, *, authorised: bool, chosen: bool, is_allowed: bool
) -> None:
    protocol = with_values(york, {"request-on-a-draft": chosen})
    tried = protocol.pathways["assessment-to-early-help"]
    answer = decide(tried, ready_to_ask(tried, authorised=authorised), request())
    assert isinstance(answer, Allowed) == is_allowed
    if isinstance(answer, Refused):
        (said,) = [sentence_of(protocol, tried, reason).what_is_missing for reason in answer.reasons]
        assert "cannot be chosen as things stand now, but only when" in said
        assert "“Authorise the single assessment” came out as “Authorise”" in said


def ready_to_ask(tried: Pathway, *, authorised: bool) -> Facts:
    """The family agreed to targeted help, and a manager has read the draft."""
    done = {"consent": "given", "plan-proposed": "written", "early-help-considered": "targeted"}
    if authorised:
        done["assessment-authorised"] = "authorised"
    start = start_of(tried, 1)._replace(destination="targeted", consent="live")
    steps = list(start.steps)
    for name, outcome in done.items():
        assert outcome in tried.steps[name].outcomes, name
        steps[tried.slots(1)[name, None]] = StepFact(outcome)
    return start._replace(steps=tuple(steps))


def request() -> Act:
    words = frozenset({"assessment-completed-or-read"})
    return Act("record", "support-requested", "requested", None, frozenset({"responsible-worker"}), words=words)


def test_how_often_is_read_from_the_setting(york: Protocol) -> None:
    rule = Condition.model_validate({"round_at_least": {"lead-asked": "lead-sought"}})
    tried = york.pathways["assessment-to-early-help"]
    assert not holds_at_round(york, rule, 2)
    assert holds_at_round(york, rule, 3)
    assert holds_at_round(with_values(york, {"lead-sought": 2}), rule, 2)
    assert "is to be done for the third time" in explain_pathway(york, tried)


def holds_at_round(protocol: Protocol, rule: Condition, at: int) -> bool:
    tried = protocol.pathways["assessment-to-early-help"]
    start = start_of(tried, 1)
    slot = tried.slots(1)["lead-asked", None]
    steps = (*start.steps[:slot], StepFact(round=at), *start.steps[slot + 1 :])
    return holds(rule, tried, start._replace(steps=steps), None)


def test_how_often_has_its_most_and_its_least(york: Protocol) -> None:
    assert find_value_problem(york, "lead-sought", 2) == ""
    assert "Enter 3 or fewer" in find_value_problem(york, "lead-sought", 4)
    assert "Enter 1 or more" in find_value_problem(york, "lead-sought", 0)
    assert find_value_problem(york, "request-on-a-draft", 0) == ""


def test_what_a_council_chose_not_to_do_is_no_fault_of_reach(small: SmallProtocol) -> None:
    loaded = small_with_a_choice(small)
    assert prove(loaded).faults == []
    without = with_values(loaded, {"form-first": False})
    assert prove(without).faults == []


def test_a_step_is_switched_off_by_its_own_condition_and_by_one_that_it_rests_on(small: SmallProtocol) -> None:
    small.replace(
        PATHWAY,
        "help is still looked for\n        kind: decision\n        who: [responsible-manager]\n"
        "        when: {destination: [help]}",
        "help is still looked for\n        kind: decision\n        who: [responsible-manager]\n"
        "        when: {any_of: [{outcome: {form-opened: [opened]}}, {excepted: [form-opened]}]}",
    )
    without = with_values(small_with_a_choice(small), {"form-first": False}).pathways["step-down"]
    assert is_switched_off(without, "form-opened")
    assert is_switched_off(without, "help-reconsidered")
    assert not is_switched_off(without, "consent")
    assert not is_switched_off(small.load().pathways["step-down"], "form-opened")


@pytest.mark.parametrize(
    ("condition", "says", "mend"),
    [
        ("{chosen: [form-frist]}", "There is no setting called 'form-frist'.", "'form-first'"),
        ("{chosen: [answer]}", "The setting 'answer' is counted in working-days", "counted in yes-or-no"),
        ("{round_at_least: {consent: form-first}}", "The setting 'form-first' is counted in yes-or-no", "in times"),
        ("{chosen: [form-first], not_chosen: [form-first]}", "would have to be chosen and not to be chosen", "Change"),
    ],
)
def test_what_cannot_be_is_a_fault_at_its_place(small: SmallProtocol, condition: str, says: str, mend: str) -> None:
    small.replace("protocol.yaml", SETTINGS, CHOICE)
    small.replace(PATHWAY, OPENED, f"{OPENED}        when: {condition}\n")
    found = [fault for fault in find_faults(small.load()) if says in fault.what]
    assert found
    assert mend in found[0].mend
    assert abs(found[0].line - small.line_of(PATHWAY, f"when: {condition}")) <= 1


def test_a_limit_needs_a_length_of_time(small: SmallProtocol) -> None:
    small.replace("protocol.yaml", SETTINGS, CHOICE)
    small.replace(PATHWAY, "within: {setting: search,", "within: {setting: form-first,")
    assert any(
        "'form-first' is counted in yes-or-no, which has no meaning here" in f.what for f in find_faults(small.load())
    )


def test_a_choice_that_nothing_reads_is_a_fault(small: SmallProtocol) -> None:
    small.replace("protocol.yaml", SETTINGS, CHOICE)
    assert "Nothing uses the setting 'form-first'." in [fault.what for fault in find_faults(small.load())]


@pytest.mark.parametrize("written", ["value: 3, unit: yes-or-no", "value: true, unit: times"])
def test_a_value_is_of_its_unit(small: SmallProtocol, written: str) -> None:
    small.replace("protocol.yaml", SETTINGS, CHOICE.replace("value: true, unit: yes-or-no", written))
    with pytest.raises(ProtocolRefused) as refused:
        small.load()
    (fault,) = refused.value.faults
    assert "yes-or-no goes with true or false" in fault.what
    assert "unit: yes-or-no" in fault.mend
