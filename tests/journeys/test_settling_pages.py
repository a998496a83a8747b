"""Pages of what waits for who has no other part in it, in a real browser: an escalation lead, an overdue concern."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.actions.reminding import remind
from tests.actions.stepping_up import PARTNER, WayUp, begin_up
from tests.records.factories import make_account, make_council
from tests.web.walked import at

from handhold.actions.concern_reminders import remind_of_decision
from handhold.actions.concerns import report_concern
from handhold.queries.undecided import find_undecided
from handhold.records.models import Account

Check = Callable[[Page], None]
SignIn = Callable[[Page, Account], None]
Look = Callable[[Page, str], None]


@pytest.fixture
def walk(transactional_db: None) -> Iterator[WayUp]:
    """A disagreement that has come to the partnership, and a concern about nobody on record that is overdue."""
    with transaction.atomic():  # a watched walk looks under its own locks
        made = begin_up(make_council(), PARTNER).to_allocated()
        report_concern(who="A boy in Lewis Road", what="Alone at night", by=made.council.second_lead, now=made.now)
        made.now += timedelta(days=3)
        made.do("disagreement-raised", "raised", by="lead-practitioner")
        made.do("settled-by-managers", "higher", by="early-help-coordinator")
        made.do("settled-by-service-manager", "higher", by="service-manager")
        remind(made, made.now)
        for concern in find_undecided(made.now):
            remind_of_decision(concern, now=made.now)
    with at(made.now):
        yield made


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_the_escalation_lead_settles_it_from_their_first_page(
    screen: str, request: pytest.FixtureRequest, walk: WayUp, sign_in: SignIn, check_axe: Check, screenshot: Look
) -> None:
    shown: Page = request.getfixturevalue(screen)
    sign_in(shown, make_account(walk.person("partnership-lead")))
    shown.goto("/work")
    check_axe(shown)
    shown.goto(f"/transfers/{walk.run.ref}")
    check_axe(shown)
    screenshot(shown, f"settling-transfer-{screen}")
    shown.goto("/work")
    shown.get_by_role("link", name="Settle the disagreement for the partnership").click()
    check_axe(shown)
    screenshot(shown, f"settling-step-{screen}")
    shown.get_by_label("Why?").fill("Both sides agree now.")
    shown.get_by_role("button", name="Settled. What was decided stands").click()
    expect(shown.get_by_role("main")).to_contain_text("My work")
    expect(shown.get_by_role("main")).to_contain_text("Nothing waits for you now.")


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_an_overdue_concern_stands_first_for_whom_it_has_gone_up_to(
    screen: str, request: pytest.FixtureRequest, walk: WayUp, sign_in: SignIn, check_axe: Check, screenshot: Look
) -> None:
    shown: Page = request.getfixturevalue(screen)
    manager = walk.person("service-manager")
    sign_in(shown, make_account(manager))
    shown.goto("/work")
    first = shown.locator(".app-concerns")
    expect(first).to_contain_text("A boy in Lewis Road")
    expect(first).to_contain_text(f"Escalated to {manager.given_name} {manager.family_name}")
    check_axe(shown)
    screenshot(shown, f"settling-concern-{screen}")
