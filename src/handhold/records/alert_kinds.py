"""The kinds of alerts: what each is called, and whether it is to be known before somebody visits. Data, not code."""

from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).with_name("alert_kinds.yaml")


@dataclass(frozen=True)
class AlertKind:
    """One kind of alert."""

    code: str
    called: str
    at_the_door: bool = False


def read_alert_kinds(path: Path = FILE) -> dict[str, AlertKind]:
    """The kinds by their codes, in the order of the file."""
    rows = (AlertKind(**row) for row in YAML(typ="safe").load(path))
    return {kind.code: kind for kind in rows}


ALERT_KINDS = read_alert_kinds()
