"""Each sentence that expects something can fail, and says what is so instead."""

import pytest
from tests.examples.procedures import PARTNER_LED, TARGETED, told, why_it_failed

from handhold.protocol.examples import expectations, refusals
from handhold.protocol.examples.running import vocabulary
from handhold.protocol.examples.sentences import find_sentence

CLOSED = (
    *PARTNER_LED,
    'everything before "Close to social work" is done, with Jo Reid to lead',
    'Samira Khan records "Close; early help begins"',
)
ASKED = (
    *PARTNER_LED,
    'everything before "Ask a practitioner to lead" is done',
    'Samira Khan records "They were asked", choosing Jo Reid',
)
REFUSED = (*PARTNER_LED, 'Samira Khan records "The family agrees to the plan"')
CONCERN = (*PARTNER_LED, 'Jo Reid records "Reported"')

WRONG = [
    (CLOSED, "Samira Khan is responsible for Ada", "it is Jo Reid, not Samira Khan"),
    (CLOSED, 'Jo Reid is responsible for Ada under "Single assessment"', "it is nothing, not Jo Reid"),
    (CLOSED, "nobody is responsible for Ada any more", "it is Jo Reid (early-help), not nothing"),
    (CLOSED, "the main contact of Bo is Dana Cole", "it is Jo Reid, not Dana Cole"),
    (CLOSED, "the transfer has ended", "it is goes on, not has ended"),
    (CLOSED, "the outcome for Ada is universal services", "it is early help, not universal services"),
    (PARTNER_LED, '"Make the ending visit" is done', "it is can be done now, not is done"),
    (PARTNER_LED, '"Write the endings letter" for Ada can be done now', "it is has to wait"),
    (PARTNER_LED, '"Agree the early help plan" waits for "Make the ending visit"', "for: Write the early help plan"),
    (ASKED, '"Answer whether you will lead" is due on Thursday 3 December 2026', "it is Friday 4 December 2026"),
    (ASKED, '"Answer whether you will lead" is due on Friday 4 December 2026 at 12:00', "at 17:00, not"),
    (ASKED, '"Ask a practitioner to lead" is due on Thursday 3 December 2026', "it is Tuesday 15 December 2026"),
    (ASKED, '"Ask the family for consent" is due on Thursday 3 December 2026', "No limit runs"),
    (ASKED, '"Answer whether you will lead" is overdue', "It is not overdue: it is due on Friday 4 December 2026"),
    (
        (*ASKED, "On Monday 7 December 2026"),
        '"Answer whether you will lead" is not overdue',
        "It is overdue: it is due on Friday 4 December 2026",
    ),
    (ASKED, 'Priya Nair is told that "Answer whether you will lead" is late', "It is not late"),
    (
        (*ASKED, "On Monday 7 December 2026"),
        'Dana Cole is told that "Answer whether you will lead" is late',
        "not Dana Cole who is told, but Priya Nair",
    ),
    (ASKED, 'Marcus Webb is asked to do "Answer whether you will lead"', "Asked are: Dana Cole, Jo Reid, Samira Khan"),
    (ASKED, 'Jo Reid is not asked to do "Answer whether you will lead"', "Asked are: Dana Cole, Jo Reid, Samira Khan"),
    (ASKED, "Jo Reid has agreed to lead", "it is asked, not accepted"),
    (ASKED, "Dana Cole has been asked to lead", "it is Jo Reid, not Dana Cole"),
    (ASKED, "nobody is to lead", "it is Jo Reid, not nothing"),
    (PARTNER_LED, "consent is live", "it is has not been asked, not is live"),
    (PARTNER_LED, 'the transfer leads to "targeted early help"', "it is partner-led, not targeted"),
    (CLOSED, 'the form lies in the queue "advice team duty worker"', "It lies in: partner-led-eha"),
    (CLOSED, 'the form does not lie in the queue "Partner led EHA"', "It lies in: partner-led-eha"),
    (TARGETED, 'it goes on the next "Weekly transfer meeting"', "Put on: it is nothing"),
    (CLOSED, 'the form "Early help recording form" is opened', "Opened: it is nothing"),
    (
        PARTNER_LED,
        'the field "Who the lead professional will be" is filled in from the assessment analysis',
        "It is filled in from: receiver",
    ),
    (
        (
            *PARTNER_LED,
            'everything before "Close to social work" is done, with Jo Reid to lead, except "Make the ending"',
        ),
        'before the closure there is still "Oversee the closure"',
        "it is Make the ending visit; Oversee the closure, not Oversee the closure",
    ),
    (
        CONCERN,
        "unless somebody receives the concern by Tuesday 1 December 2026 at 10:20, its sender is told to ring",
        "it is Tuesday 1 December 2026 at 10:15",
    ),
    (
        PARTNER_LED,
        "unless somebody receives the concern by Tuesday 1 December 2026 at 10:15, its sender is told to ring",
        "No concern has been reported",
    ),
    (CLOSED, "it is refused", "Nothing was refused"),
    (REFUSED, 'the refusal says "endings letter"', "“Write the early help plan” is not done yet"),
    (REFUSED, "the refusal cites Y26", "Y26 is not cited"),
    (REFUSED, 'the refusal quotes Y11, "children may be watched"', "Y11 says: Children must not"),
    (REFUSED, 'the refusal quotes Y26, "endings letter"', "Y26 is not cited"),
    (REFUSED, "Dana Cole can put it right", "Those who can are: Samira Khan"),
    (REFUSED, "nothing else stands in the way", "“Write the early help plan” is not done yet"),
    (REFUSED, "a reason is asked for", "It is not for want of a reason"),
    (CLOSED, "a reason is asked for", "Nothing was refused"),
]


@pytest.mark.parametrize(("before", "wrong", "message"), WRONG, ids=[wrong for _, wrong, _ in WRONG])
def test_a_wrong_expectation_fails_and_says_what_is_so(before: tuple[str, ...], wrong: str, message: str) -> None:
    assert message in why_it_failed(*before, wrong)


def test_every_sentence_that_expects_something_has_been_seen_to_fail() -> None:
    expecting = {
        one.template for one in vocabulary() if one.speak.__module__ in (expectations.__name__, refusals.__name__)
    }
    seen = {find_sentence(wrong)[0].template for _, wrong, _ in WRONG}
    assert expecting - seen == set()


def test_a_refusal_that_nobody_expected_fails_at_the_next_sentence() -> None:
    why = why_it_failed(*REFUSED, "Samira Khan is responsible for Ada and Bo")
    assert why.startswith(f"Line {len(REFUSED)} did not go through: ")
    assert "“Write the early help plan” is not done yet" in why


def test_a_refusal_that_nobody_expected_fails_at_the_end_too() -> None:
    failure = told(*REFUSED).failure
    assert failure is not None
    assert failure.why.startswith(f"Line {len(REFUSED)} did not go through: ")


def test_a_missing_reason_that_nobody_expected_fails() -> None:
    failure = told(*PARTNER_LED, 'Priya Nair records "Stop the transfer"').failure
    assert failure is not None
    assert "Write down why: “Stop this transfer” is kept with its reason" in failure.why


def test_a_reason_named_before_does_not_stand_in_the_way_and_another_does() -> None:
    named = (*TARGETED, 'everything before "Hold the joint handover meeting" is done, with Chidi Obi to lead')
    act = 'Samira Khan records "The meeting was held", without "the family there" and "the practitioner there"'
    both = ('the refusal says "nobody of the family"', 'the refusal says "the practitioner who takes over came"')
    assert told(*named, act, *both, "nothing else stands in the way").has_passed
    assert "the practitioner who takes over came" in why_it_failed(
        *named, act, both[0], "nothing else stands in the way"
    )


def test_a_broken_promise_of_the_engine_fails_whatever_the_example_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handhold.protocol.examples.unfolding.find_broken_promises", lambda _: ["Ada is let go."])
    failure = told(*PARTNER_LED).failure
    assert failure is not None
    assert failure.why == "Ada is let go."
