"""Imported rows about services: the authority, agencies, teams, posts, queues, meetings, rotas."""

from handhold.actions.imported.details import store_details, update_details
from handhold.actions.imported.periods import close_period, period_of
from handhold.actions.imported.standing import Standing
from handhold.exchange.folder import Row
from handhold.exchange.tables import AGENCIES, AUTHORITY, MEETINGS, POSTS, PRACTITIONERS, QUEUES, ROTAS, TEAMS
from handhold.exchange.tables_of_services import WEEKDAYS
from handhold.records.models import (
    Agency,
    Authority,
    MeetingSeries,
    Post,
    PostHolding,
    Queue,
    Rota,
    RotaSlot,
    Team,
)


def store_authority(standing: Standing) -> None:
    """Find the authority of the folder, or make it."""
    (row,) = standing.folder.of(AUTHORITY)
    details = {"name": row["name"], "protocol": row["protocol"]}
    authority, is_new = Authority.objects.get_or_create(code=row["code"], defaults=details)
    standing.work_for(authority)
    found = standing.sort(AUTHORITY)
    if found.new:
        standing.remember(AUTHORITY, [(row, authority.pk)])
    if not is_new and (found.new or found.changed):
        update_details(standing, AUTHORITY, [authority], [details])
    standing.remember_changes(AUTHORITY, found.changed)


def store_agencies(standing: Standing) -> None:
    """Store agencies; all their details may change."""
    store_details(
        standing,
        AGENCIES,
        Agency,
        lambda _row: {"authority_id": standing.authority.pk},
        lambda row: {name: row[name] for name in ("kind", "name", "phone", "email")},
    )


def store_teams(standing: Standing) -> None:
    """Store teams; a team stays with its agency."""
    store_details(
        standing,
        TEAMS,
        Team,
        lambda row: {"agency_id": standing.number_of(AGENCIES, row["agency"]), "code": row["code"]},
        lambda row: {"name": row["name"], "kind": row["kind"]},
    )


def store_posts(standing: Standing) -> None:
    """Store posts and their holders. Another holder takes over on the day of `from`; the one before ends then."""
    found = standing.sort(POSTS)
    new = [
        Post(
            authority=standing.authority,
            code=row["code"],
            title=row["title"],
            team_id=standing.number_if_any(TEAMS, row["team"]),
            must_be_held_during=period_of(row["from"]) if row["last_resort"] else None,
        )
        for row in found.new
    ]
    standing.store_all(new)
    standing.remember(POSTS, ((row, made.pk) for row, made in zip(found.new, new, strict=True)))
    standing.store_all([_holding(standing, row, made.pk) for row, made in zip(found.new, new, strict=True)])
    stored = Post.objects.in_bulk([number for _row, number in found.changed])
    for row, number in found.changed:
        _change_post(standing, row, stored[number])
    standing.remember_changes(POSTS, found.changed)


def _holding(standing: Standing, row: Row, post: int) -> PostHolding:
    holder = standing.number_of(PRACTITIONERS, row["holder"])
    return PostHolding(post_id=post, practitioner_id=holder, during=period_of(row["from"]))


def _change_post(standing: Standing, row: Row, post: Post) -> None:
    if bool(post.must_be_held_during) != row["last_resort"]:
        what = "Whether a post is one of last resort is settled when it is made."
        standing.refuse(POSTS, row, "last_resort", what, "Put it back, and make another post.")
    details = {"title": row["title"], "team_id": standing.number_if_any(TEAMS, row["team"])}
    update_details(standing, POSTS, [post], [details])
    wanted = _holding(standing, row, post.pk)
    held = PostHolding.objects.filter(post=post, during__upper_inf=True).first()
    if held and held.practitioner_id == wanted.practitioner_id:
        return
    if held and held.during.lower >= wanted.during.lower:
        what = f"The post has had its present holder since {held.during.lower.date()}."
        standing.refuse(POSTS, row, "from", what, "Fill in the day on which the new holder takes over.")
        return
    if held:
        close_period(held, wanted.during.lower)
    wanted.save()


def store_queues(standing: Standing) -> None:
    """Store queues, each with the post that answers for it."""
    store_details(
        standing,
        QUEUES,
        Queue,
        lambda row: {"authority_id": standing.authority.pk, "code": row["code"]},
        lambda row: {"label": row["label"], "owner_post_id": standing.number_of(POSTS, row["owner_post"])},
    )


def store_meetings(standing: Standing) -> None:
    """Store the series of meetings."""
    store_details(
        standing,
        MEETINGS,
        MeetingSeries,
        lambda row: {"authority_id": standing.authority.pk, "code": row["code"]},
        lambda row: {
            "title": row["title"],
            "weekday": WEEKDAYS.index(row["weekday"]),
            "start_time": row["start_time"],
            "chair_post_id": standing.number_of(POSTS, row["chair_post"]),
        },
    )


def store_rotas(standing: Standing) -> None:
    """Store turns of duty, and the rotas that they belong to. A turn is a plan: its end may change."""
    titles = {row["code"]: row["title"] for row in standing.folder.of(ROTAS)}
    rotas = {code: _find_or_make_rota(standing, code, title) for code, title in titles.items()}
    store_details(
        standing,
        ROTAS,
        RotaSlot,
        lambda row: {
            "rota_id": rotas[row["code"]],
            "practitioner_id": standing.number_of(PRACTITIONERS, row["practitioner"]),
        },
        lambda row: {"during": period_of(row["from"], row["to"])},
    )


def _find_or_make_rota(standing: Standing, code: str, title: str) -> int:
    rota, _is_new = Rota.objects.get_or_create(authority=standing.authority, code=code, defaults={"title": title})
    update_details(standing, ROTAS, [rota], [{"title": title}])
    return rota.pk
