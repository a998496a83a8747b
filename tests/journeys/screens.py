"""One window that is a desktop's or a phone's by turns, so that a page that was opened once is looked at on both."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PHONE: ViewportSize = {"width": 320, "height": 640}


class Window:
    """A window of a browser. What it is now, `page`'s own viewport_size does not know."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._browser = page.context.new_cdp_session(page)

    def become_desktop(self) -> None:
        """Wide, with a mouse."""
        self._become(DESKTOP, phone=False)

    def become_phone(self) -> None:
        """Narrow, worked by fingers; a page is laid out as phones do it."""
        self._become(PHONE, phone=True)

    def _become(self, size: ViewportSize, *, phone: bool) -> None:
        shown = {**size, "screenWidth": size["width"], "screenHeight": size["height"]}
        self._browser.send("Emulation.setDeviceMetricsOverride", {**shown, "deviceScaleFactor": 1, "mobile": phone})
        self._browser.send("Emulation.setTouchEmulationEnabled", {"enabled": phone})
        self.page.evaluate(SETTLED)
