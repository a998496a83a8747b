"""Protocols for tests of the engine: York's as shipped, and a procedure in miniature that a test may break."""

from __future__ import annotations

from pathlib import Path

import pytest

from handhold.protocol.loading import latest_version, load_protocol
from handhold.protocol.pathways import Pathway, Protocol
from tests.protocol.small_protocol import PROTOCOLS, SmallProtocol, copy_of_small


@pytest.fixture(scope="session")
def york() -> Protocol:
    return load_protocol(latest_version(PROTOCOLS, "york"))


@pytest.fixture(scope="session")
def step_down(york: Protocol) -> Pathway:
    """York's step down from a single assessment."""
    return york.pathways["assessment-to-early-help"]


@pytest.fixture
def small(tmp_path: Path) -> SmallProtocol:
    return copy_of_small(tmp_path)
