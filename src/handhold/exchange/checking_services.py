"""What only services know: one authority, teams of their agency, posts and queues as the protocol names them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from handhold.exchange.columns import Table
from handhold.exchange.faults import Fault
from handhold.exchange.folder import Folder, Row
from handhold.exchange.tables_of_services import AUTHORITY, MEETINGS, POSTS, PRACTITIONERS, QUEUES, ROTAS, TEAMS


@dataclass(frozen=True)
class ProtocolNames:
    """The codes that a protocol knows: roles that people hold, queues and meetings that need somebody."""

    protocol: str
    roles: Collection[str]
    queues: Collection[str]
    meetings: Collection[str]


def find_service_faults(folder: Folder, *, today: date, names: ProtocolNames | None) -> Iterator[Fault]:
    """Find every fault of the files about services."""
    yield from _find_authority_faults(folder)
    yield from _find_practitioner_faults(folder)
    yield from _find_post_faults(folder, today)
    yield from _find_rota_faults(folder)
    if names:
        yield from _find_unknown_roles(folder, names)
        yield from _find_unbound(folder, QUEUES, names.queues, "queue", names)
        yield from _find_unbound(folder, MEETINGS, names.meetings, "meeting", names)


def _find_authority_faults(folder: Folder) -> Iterator[Fault]:
    rows = folder.of(AUTHORITY)
    if folder.has(AUTHORITY) and not rows:
        yield Fault(AUTHORITY.file, 0, "", "There is no authority.", "Write one row.")
    for row in rows[1:]:
        yield Fault(
            AUTHORITY.file, row.number, "code", "This is a second authority.", "Import each from its own folder."
        )


def _find_practitioner_faults(folder: Folder) -> Iterator[Fault]:
    agency_of = {row["code"]: row["agency"] for row in folder.of(TEAMS)}
    for row in folder.of(PRACTITIONERS):
        of_team = agency_of.get(row["team"])
        if of_team and row["agency"] and of_team != row["agency"]:
            what = f"The team {row['team']} belongs to {of_team}, not to {row['agency']}."
            yield _of_practitioner(row, "team", what, "Correct the team or the agency.")
        if row["roles"] and not row["roles_from"] and "roles_from" not in row.unread:
            yield _of_practitioner(row, "roles_from", "It is not said since when the roles are held.", "Fill in a day.")
        if row["sign_in"] and row["email"] == "":
            mend = "Fill in the address, or write no under sign_in."
            yield _of_practitioner(row, "email", "Nobody can sign in without an e-mail address.", mend)


def _of_practitioner(row: Row, column: str, what: str, mend: str) -> Fault:
    return Fault(PRACTITIONERS.file, row.number, column, what, mend)


def _find_post_faults(folder: Folder, today: date) -> Iterator[Fault]:
    rows = folder.of(POSTS)
    if folder.has(POSTS) and not any(row["last_resort"] for row in rows):
        mend = "Write yes for the post to which everything falls in the end, such as the head of service."
        yield Fault(POSTS.file, 0, "last_resort", "There is no post of last resort.", mend)
    people = folder.by_key(PRACTITIONERS)
    for row in rows:
        holder = people.get(row["holder"])
        if holder and holder["left_date"] and holder["left_date"] <= today:
            what = f"{row['holder']} left on {holder['left_date']}."
            yield Fault(POSTS.file, row.number, "holder", what, "Name who holds the post now.")


def _find_rota_faults(folder: Folder) -> Iterator[Fault]:
    titles: dict[str, str] = {}
    for row in folder.of(ROTAS):
        title = titles.setdefault(row["code"], row["title"])
        if title and row["title"] and title != row["title"]:
            what = f"The rota {row['code']} is called “{title}” in an earlier row."
            yield Fault(ROTAS.file, row.number, "title", what, "Give it one title.")


def _find_unknown_roles(folder: Folder, names: ProtocolNames) -> Iterator[Fault]:
    mend = f"Its roles are: {', '.join(names.roles)}."
    for row in folder.of(PRACTITIONERS):
        for role in row["roles"] or ():
            if role not in names.roles:
                what = f"The protocol {names.protocol} knows no role “{role}”."
                yield _of_practitioner(row, "roles", what, mend)


def _find_unbound(
    folder: Folder, table: Table, needed: Collection[str], noun: str, names: ProtocolNames
) -> Iterator[Fault]:
    if not folder.has(table):
        return
    present = {row["code"] for row in folder.of(table)}
    for code in sorted(set(needed) - present):
        what = f"The protocol {names.protocol} needs the {noun} “{code}”, which is not there."
        yield Fault(table.file, 0, "code", what, "Add a row that binds it to a post.")
