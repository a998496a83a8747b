"""Addresses of transfers, meetings and queues, as lists of work and of families lead to them."""

from urllib.parse import urlencode

from django.urls import reverse


def transfer_address(ref: str) -> str:
    """The page of a transfer."""
    return reverse("transfer", args=[ref])


def proposal_address(ref: str) -> str:
    """What a practitioner sees who was asked to lead."""
    return reverse("proposal", args=[ref])


def step_address(ref: str, step: str, child_ref: str = "") -> str:
    """The page of one step of a transfer, for one child where it is a step for each."""
    return _of_step("step", ref, step, child_ref)


def exception_decision_address(ref: str, step: str, child_ref: str = "") -> str:
    """Where somebody decides on an exception that was asked for."""
    return _of_step("step-exception-decision", ref, step, child_ref)


def _of_step(page: str, ref: str, step: str, child_ref: str) -> str:
    asked = f"?{urlencode({'child': child_ref})}" if child_ref else ""
    return reverse(page, args=[ref, step]) + asked


def new_transfer_address(family_ref: str, pathway: str, worker: str = "") -> str:
    """Where a transfer of a family's children begins: of those of one worker, where one is named (their reference)."""
    asked = {"pathway": pathway} | ({"worker": worker} if worker else {})
    return f"{reverse('start-transfer', args=[family_ref])}?{urlencode(asked)}"


def queue_address(code: str) -> str:
    """What waits in a queue."""
    return reverse("queue", args=[code])


def meeting_address(ref: str) -> str:
    """The agenda of one sitting."""
    return reverse("meeting", args=[ref])
