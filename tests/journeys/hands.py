"""How somebody works a page: with a mouse or a finger, or with the keyboard alone.

Both do the same things, so that one journey can be walked by either: follow a link, press a button, choose an answer,
write into a box, pick from a list. A target is a label, or `#id` where labels are alike.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 200
HAS_FOCUS = "element => element === document.activeElement"


class Pointer:
    """A mouse, or a finger on a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def main(self) -> Locator:
        """What is on the page itself, without the frame around it."""
        return self.page.get_by_role("main")

    def link(self, words: str | re.Pattern[str], *, inside: Locator | None = None) -> Locator:
        """The first link of that name; links that look like buttons too."""
        place = inside or self.main
        exact = isinstance(words, str)
        by_name = place.get_by_role("link", name=words, exact=exact)
        return by_name.or_(place.locator("a").and_(place.get_by_role("button", name=words, exact=exact))).first

    def button(self, words: str, *, inside: Locator | None = None) -> Locator:
        """The button of that name, by its beginning, for some go on for those who hear them."""
        return (inside or self.main).get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first

    def answer(self, words: str, group: str = "", *, inside: Locator | None = None) -> Locator:
        """A radio or a box to tick, of the group of that question where one is named."""
        place = inside or self.main
        if group:
            place = place.get_by_role("group", name=re.compile(f"^{re.escape(group)}"))
        return place.get_by_role("radio", name=words, exact=True).or_(place.get_by_label(words, exact=True)).first

    def box(self, target: str, *, inside: Locator | None = None) -> Locator:
        """A box to write into, or a list to pick from."""
        place = inside or self.main
        if target.startswith("#"):  # an id may begin with a digit, which `#` of CSS does not read
            return place.locator(f'[id="{target[1:]}"]')
        return place.get_by_label(target).first

    def follow(self, words: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        """Follows a link."""
        self.link(words, inside=inside).click()

    def press(self, words: str, *, inside: Locator | None = None) -> None:
        """Presses a button."""
        self.button(words, inside=inside).click()

    def choose(self, words: str, group: str = "", *, inside: Locator | None = None) -> None:
        """Chooses an answer."""
        self.answer(words, group, inside=inside).check()

    def write(self, target: str, text: str, *, inside: Locator | None = None) -> None:
        """Writes into a box, in the place of what stood there."""
        self.box(target, inside=inside).fill(text)

    def pick(self, target: str, words: str, *, inside: Locator | None = None) -> None:
        """Picks from a list the option that begins so."""
        box = self.box(target, inside=inside)
        option = box.locator("option").filter(has_text=re.compile(f"^\\s*{re.escape(words)}")).first
        box.select_option(value=option.get_attribute("value"))

    def unfold(self, words: str, *, inside: Locator | None = None) -> None:
        """Opens what is folded away under these words."""
        self._fold(words, inside).click()

    def _fold(self, words: str, inside: Locator | None) -> Locator:
        return (inside or self.main).locator("summary").filter(has_text=words).first


class Keyboard(Pointer):
    """Tab, the arrows among radios and in lists, Space and Enter, and letters. Never a mouse."""

    def follow(self, words: str | re.Pattern[str], *, inside: Locator | None = None) -> None:
        self._reach(self.link(words, inside=inside))
        self.page.keyboard.press("Enter")

    def press(self, words: str, *, inside: Locator | None = None) -> None:
        self._reach(self.button(words, inside=inside))
        self.page.keyboard.press("Enter")

    def choose(self, words: str, group: str = "", *, inside: Locator | None = None) -> None:
        wanted = self.answer(words, group, inside=inside)
        expect(wanted).to_be_visible()
        if wanted.get_attribute("type") == "radio":
            self._reach_radio(wanted)
        else:
            self._reach(wanted)
        if not wanted.is_checked():
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def write(self, target: str, text: str, *, inside: Locator | None = None) -> None:
        self._reach(self.box(target, inside=inside))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def pick(self, target: str, words: str, *, inside: Locator | None = None) -> None:
        box = self.box(target, inside=inside)
        self._reach(box)
        for _ in range(box.locator("option").count()):
            if box.locator("option:checked").inner_text().strip().startswith(words):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{target} offers no {words}")

    def unfold(self, words: str, *, inside: Locator | None = None) -> None:
        self._reach(self._fold(words, inside))
        self.page.keyboard.press("Space")

    def _reach(self, wanted: Locator) -> None:
        """Tabs on until it has the focus; what Tab does not come to cannot be used."""
        expect(wanted).to_be_visible()
        for _ in range(MOST_TABS):
            if wanted.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {wanted} on {self.page.url}")

    def _reach_radio(self, wanted: Locator) -> None:
        """Tab comes to one radio of a group; the arrows go from there to the others, choosing as they go."""
        name = wanted.get_attribute("name")
        group = self.main.locator(f"input[type=radio][name='{name}']")
        for _ in range(MOST_TABS):
            if group.evaluate_all("radios => radios.includes(document.activeElement)"):
                break
            self.page.keyboard.press("Tab")
        for _ in range(group.count()):
            if wanted.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not come to {wanted} on {self.page.url}")
