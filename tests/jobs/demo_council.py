"""An invented council that has just been imported, for tests of the demo."""

from datetime import datetime
from pathlib import Path

from handhold.actions.importing import import_folder
from handhold.exchange.reading import read_folder
from handhold.jobs.demo_stories import Stories, read_stories
from handhold.jobs.import_folder import find_protocol_names
from handhold.jobs.invent.command import write_invented_folder
from handhold.records.models import Authority


def imported(path: Path, *, families: int, now: datetime) -> tuple[Authority, Stories]:
    """Invent, import, and return the council with the stories that are told of it."""
    write_invented_folder(path, families=families, seed=7, today=now.date())
    folder, _ = read_folder(path)
    names, _ = find_protocol_names(folder)
    import_folder(folder, now=now, names=names)
    authority = Authority.objects.get()
    stories = read_stories(authority)
    assert stories
    return authority, stories
