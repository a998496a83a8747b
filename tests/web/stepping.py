"""For tests of a transfer's pages: each step sent as a browser sends it, a minute after the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from handhold.records.models import Practitioner
from tests.actions.walking import Walk
from tests.web.walked import at, date_parts, filled_in, signed_in, words_of

TODAY = date_parts("happened", 24, 11, 2026)


@dataclass
class Pages:
    """The pages of one transfer. `role` is a role of the made council, or a practitioner."""

    walk: Walk

    def address(self, page: str = "", child: str = "") -> str:
        return f"/transfers/{self.walk.run.ref}{page}{'?child=' + child if child else ''}"

    def who(self, role: str | Practitioner) -> Practitioner:
        return self.walk.person(role) if isinstance(role, str) else role

    def browser(self, role: str | Practitioner) -> Client:
        return signed_in(self.who(role), self.walk.now)

    def get(self, page: str = "", *, by: str | Practitioner = "social-worker", child: str = "") -> Any:
        with at(self.walk.now):
            return self.browser(by).get(self.address(page, child))

    def words(self, page: str = "", *, by: str | Practitioner = "social-worker", child: str = "") -> str:
        """What stands on a page."""
        answer = self.get(page, by=by, child=child)
        assert answer.status_code == 200, answer.status_code
        return words_of(answer.content)

    def post(
        self,
        page: str,
        answers: Mapping[str, object] | None = None,
        *,
        by: str | Practitioner = "social-worker",
        child: str = "",
    ) -> Any:
        """The page's form as it is sent, with a key of its own where the answers bring none."""
        self.walk.now += timedelta(minutes=1)
        with at(self.walk.now):
            return self.browser(by).post(self.address(page, child), filled_in() | dict(answers or {}))

    def record(
        self,
        step: str,
        outcome: str,
        *,
        by: Any = "social-worker",
        child: Any = "",
        **answers: object,
    ) -> None:
        """One step that goes through: the answer leads back to the transfer."""
        sent = self.send(step, outcome, by=by, child=child, **answers)
        assert sent.status_code == 302, words_of(sent.content)
        assert sent["Location"] == self.address()

    def send(
        self,
        step: str,
        outcome: str,
        *,
        by: Any = "social-worker",
        child: Any = "",
        **answers: object,
    ) -> Any:
        """One step as it is sent: today, with `__` in a name for its hyphen."""
        named = {name.replace("__", "-"): value for name, value in answers.items()}
        return self.post(f"/steps/{step}", {"outcome": outcome} | TODAY | named, by=by, child=child)
