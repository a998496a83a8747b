"""The second council at work, whose procedure is another one: for journeys of its people."""

from collections.abc import Iterator

import pytest
from tests.records.factories import NOW, MadeCouncil
from tests.records.second_council import make_second_council
from tests.web.walked import at


@pytest.fixture
def council(transactional_db: None) -> Iterator[MadeCouncil]:
    """From here on the pages' clock runs on from ten o'clock on a Tuesday."""
    with at(NOW):
        yield make_second_council()
