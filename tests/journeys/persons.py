"""A person of a journey: signs in at the door, in a window of their own, and works its pages with their own hands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Locator, Page, expect
from tests.documents.reading import text_of
from tests.journeys.hands import Pointer
from tests.journeys.screens import Window
from tests.records.factories import PASSWORD, make_account

from handhold.records.models import Account, Practitioner

WIDEST_PHONE = 320
ANY_FAMILY = re.compile(r"[\w'’-]+ family")
FOLDED = "details:not([open])"
OPEN_ALL = "all => all.forEach(one => { one.open = true; one.dataset.wasFolded = 'yes'; })"
FOLD_AGAIN = "all => all.forEach(one => { one.open = false; delete one.dataset.wasFolded; })"

Check = Callable[[Page], None]


@dataclass
class Inspector:
    """Looks at each page that somebody comes to, once for every title: axe finds nothing, and it fits a phone.

    The titles of one run of the tests are shared by all of its journeys; families are told apart by nothing else.
    """

    check_axe: Check
    check_fits: Check
    seen: set[str] = field(default_factory=set)

    def look(self, page: Page) -> None:
        """Examines a page that it has not seen yet."""
        title = ANY_FAMILY.sub("family", page.title())
        if title not in self.seen:
            self.seen.add(title)
            self.examine(page)

    def examine(self, page: Page) -> None:
        """With everything open that can be opened."""
        page.locator(FOLDED).evaluate_all(OPEN_ALL)
        self.check_axe(page)
        self._check_narrow(page)
        page.locator("details[data-was-folded]").evaluate_all(FOLD_AGAIN)

    def examine_on_both(self, window: Window) -> None:
        """Once as a desktop shows it, once as a phone does; with everything open, which it stays."""
        window.page.locator(FOLDED).evaluate_all(OPEN_ALL)
        self.check_axe(window.page)
        window.become_phone()
        try:
            self.check_axe(window.page)
            self.check_fits(window.page)
        finally:
            window.become_desktop()

    def _check_narrow(self, page: Page) -> None:
        size = page.viewport_size
        assert size is not None
        if size["width"] > WIDEST_PHONE:
            page.set_viewport_size({"width": WIDEST_PHONE, "height": size["height"]})
        self.check_fits(page)
        page.set_viewport_size(size)


@dataclass
class Person:
    """Somebody at their own window. `inspector` is None where nobody looks at the pages beside them."""

    practitioner: Practitioner
    hands: Pointer
    inspector: Inspector | None = None

    @property
    def page(self) -> Page:
        """The window."""
        return self.hands.page

    @property
    def name(self) -> str:
        """As pages name them."""
        return f"{self.practitioner.given_name} {self.practitioner.family_name}"

    def sign_in(self) -> None:
        """At the door, with address and password; then their work is before them."""
        if not Account.objects.filter(practitioner=self.practitioner).exists():
            make_account(self.practitioner)
        self.page.goto("/sign-in")
        self.hands.write("Email address", self.practitioner.email)
        self.hands.write("#password", PASSWORD)
        self.hands.press("Sign in")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("My work")
        self.look()

    def open(self, address: str) -> None:
        """Types an address."""
        self.page.goto(address)
        self.look()

    def go_by_frame(self, place: str) -> None:
        """To one of the lists that the frame of every page leads to; on a phone they are behind its menu."""
        frame = self.page.get_by_role("navigation", name="Main")
        link = frame.get_by_role("link", name=place, exact=True)
        menu = frame.get_by_role("button", name="Menu")
        if not link.is_visible() and menu.is_visible():
            menu.click()
        link.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(place)
        self.look()

    def take(self, task: str, whom: str = "") -> None:
        """From what waits for them on My work to the page that does it; `whom` where several families wait alike."""
        self.go_by_frame("My work")
        self.follow(re.compile(f"^{re.escape(task)}.*{re.escape(whom)}"), task)

    def find(self, family: str, transfer: str = "") -> None:
        """From My work to the page of a family, or on to one of its transfers, by its title."""
        self.go_by_frame("My work")
        self.go_by_frame("Families")
        self.follow(f"{family} family")
        if transfer:
            self.hands.follow(re.compile(f"^{re.escape(transfer)}: "))
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"{family} family: ")
            self.look()

    def follow(self, words: str | re.Pattern[str], heading: str = "", *, inside: Locator | None = None) -> None:
        """Follows a link, to a page whose heading holds these words."""
        self.hands.follow(words, inside=inside)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading or str(words))
        self.look()

    def go_to(self, step: str, under: str = "") -> None:
        """From the page of a transfer to the page of a step, by its line; `under` what it is folded away."""
        if under:
            self.hands.unfold(under)
        self.follow(step)

    def record(self, button: str) -> None:
        """Sends a step's page; the answer is the transfer, where it stands that it is recorded."""
        self.hands.press(button)
        expect(self.page.get_by_role("alert")).to_contain_text("It is recorded.")
        self.look()

    def send(self, button: str, answer: str) -> None:
        """Presses a button, and reads the answer on the page that follows."""
        self.hands.press(button)
        expect(self.page.get_by_role("main")).to_contain_text(answer)
        self.look()

    def reads(self, *words: str, inside: Locator | None = None) -> None:
        """These words stand on the page."""
        for one in words:
            expect(inside or self.page.get_by_role("main")).to_contain_text(one)

    def write_day(self, name: str, day: date) -> None:
        """The three boxes of a date."""
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.hands.write(f"#{name}-{part}", str(number))

    def look(self) -> None:
        """At the page as it stands now."""
        if self.inspector is not None:
            self.inspector.look(self.page)

    def opens_pdf(self, words: str | re.Pattern[str]) -> str:
        """What stands in the PDF behind a link, fetched by this window."""
        address = self.hands.link(words).get_attribute("href")
        assert address is not None
        answer = self.page.context.request.get(address)
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/pdf"
        return text_of(answer.body())
