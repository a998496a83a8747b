"""The browser of the journeys: pages on a desktop, on a phone and without JavaScript, watched for what must not be."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.journeys.hands import Pointer
from tests.journeys.persons import Inspector, Person
from tests.journeys.screens import DESKTOP, PHONE, Window
from tests.records.factories import NOW, MadeCouncil, MadeFamily, make_assessment, make_council, make_family, since
from tests.web.walked import at

from handhold.records.models import Account, Practitioner, ProfessionalRelationship

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "var/pictures"
TAKES_PICTURES = bool(os.environ.get("HANDHOLD_PICTURES"))
PATIENCE = 20_000
"""Milliseconds that a busy machine is given; whatever is there already is not waited for."""
TEXT_SPACING = "* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important }"
"""What a reader may set without losing anything: WCAG 2.2, success criterion 1.4.12."""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIND_VIOLATIONS = """async rules => {
    const found = await axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
    return found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${fault.help}: ${node.html}`))
}"""
"""Says in the page what is wrong there: what axe says besides, of all that is right, is long."""

# Playwright runs an event loop beside the tests, in which Django would otherwise refuse to speak to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


class Watch:
    """What went wrong behind a page: faults of scripts, breaches of the policy, calls to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.faults: list[str] = []
        self.address = urlsplit(address).netloc
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", self._hear)
        page.on("request", lambda request: self._see(request.url))

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser reports refused forms (422), closed (403) and unknown pages (404) as errors; they are answers.
        if message.type == "error" and not re.search(r"status of 4(03|04|05|09|22)", message.text):
            self.faults.append(f"console: {message.text}")

    def _see(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.netloc != self.address:
            self.faults.append(f"call to another host: {url}")


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens a page in a private window of its own; at the end of the test nothing may have gone wrong behind it."""
    contexts, watches = [], []

    def open_one(viewport: Any, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="en-GB", timezone_id="Europe/London", **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page, live_server.url))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a desktop, 1280 pixels wide."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page on a phone, 320 pixels wide."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def window(page: Page) -> Window:
    """A window that is a desktop's or a phone's by turns, and has axe in every page from the start."""
    page.add_init_script(path=AXE)
    return Window(page)


@pytest.fixture
def no_js(open_page: Callable[..., Page]) -> Page:
    """A page on a desktop without JavaScript."""
    return open_page(DESKTOP, java_script_enabled=False)


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Account], None]:
    """`sign_in(page, account)`: the page's window belongs to that person from now on. The door has tests of its own."""

    def begin_session(page: Page, account: Account) -> None:
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return begin_session


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """`check_axe(page)`: axe finds nothing on the page as it stands now."""

    def run(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        words = page.evaluate(FIND_VIOLATIONS, AXE_RULES)
        assert words == [], f"{page.url}: {words}"

    return run


@pytest.fixture
def check_fits() -> Callable[[Page], None]:
    """`check_fits(page)`: nothing makes the page scroll sideways, nor does it where readers set their letters wider."""

    def measure(page: Page) -> str:
        width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        return "" if width <= room else f"{width} pixels in {room}"

    def run(page: Page) -> None:
        assert measure(page) == "", f"{page.url}: {measure(page)}"
        page.evaluate(
            "rules => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); "
            "document.adoptedStyleSheets = [sheet] }",
            TEXT_SPACING,
        )
        spaced = measure(page)
        page.evaluate("document.adoptedStyleSheets = []")
        assert spaced == "", f"{page.url}, with wider letters: {spaced}"

    return run


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """`screenshot(page, name)`: the whole page as var/pictures/<name>.png, for people who set HANDHOLD_PICTURES=1."""

    def take(page: Page, name: str) -> None:
        if not TAKES_PICTURES:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take


# Whole journeys: people at their own windows, each with their own hands.


@pytest.fixture
def council(transactional_db: None) -> Iterator[MadeCouncil]:
    """A council at work; from here on the pages' clock runs on from ten o'clock on a Tuesday."""
    with at(NOW):
        yield make_council()


@pytest.fixture
def family(council: MadeCouncil) -> MadeFamily:
    """Two children whose assessment is done and recommends early help, with a health visitor around them."""
    made = called_apart(make_family(council, children=2))
    make_assessment(council, made)
    for child in made.children:
        ProfessionalRelationship.objects.create(
            child=child, practitioner=council.second_lead, role="Health visitor", contact="", during=since(NOW)
        )
    return made


def called_apart(made: MadeFamily) -> MadeFamily:
    """The family, with a given name for everybody that nobody else has: who is chosen by name is then the right one."""
    names = ("Ada", "Obi", "Ife")[: len(made.children)]
    for person, name in zip((*made.children, made.mother, made.father), (*names, "Ngozi", "Emeka"), strict=True):
        person.given_name = name
        person.save(update_fields=["given_name"])
    return made


@pytest.fixture(scope="session")
def seen_titles() -> set[str]:
    """What the journeys of this run have looked at already."""
    return set()


@pytest.fixture
def inspector(
    check_axe: Callable[[Page], None], check_fits: Callable[[Page], None], seen_titles: set[str]
) -> Inspector:
    """Looks at every page of a journey beside its people."""
    return Inspector(check_axe, check_fits, seen_titles)


@pytest.fixture
def people(open_page: Callable[..., Page], council: MadeCouncil) -> Callable[..., Person]:
    """`people("social-worker", PHONE, inspector=...)`: that person, signed in at the door of a window of their own.

    `who` is a role of the made council, or a practitioner; `hands` are a pointer's where nothing else is said.
    """

    def come_in(
        who: str | Practitioner,
        viewport: Any = DESKTOP,
        *,
        hands: type[Pointer] = Pointer,
        inspector: Inspector | None = None,
        **options: Any,
    ) -> Person:
        practitioner = council.practitioners[who] if isinstance(who, str) else who
        person = Person(practitioner, hands(open_page(viewport, **options)), inspector)
        person.sign_in()
        return person

    return come_in
