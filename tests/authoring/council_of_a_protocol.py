"""A council made from nothing but a protocol: somebody for each role that it names, its posts, queues and meetings.

The post of last resort is that of the role which answers for a reported concern.
"""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from tests.records.factories import LONG_AGO, MadeCouncil, make_practitioner, since

from handhold.protocol.pathways import Protocol
from handhold.records.models import Agency, Authority, MeetingSeries, Post, PostHolding, Queue, Rota, Team


@transaction.atomic
def make_council_of(protocol: Protocol, start: datetime = LONG_AGO) -> MadeCouncil:
    """Everything that the protocol names, each role held by one person; roles outside the council by a school."""
    file = protocol.file
    authority = Authority.objects.create(code=file.authority, name=file.council, protocol=protocol.id)
    council = Agency.objects.create(authority=authority, kind="council", name=file.council, phone="01632 960 710")
    school = Agency.objects.create(authority=authority, kind="school", name="Tidal Road School", phone="01632 960 711")
    team = Team.objects.create(agency=council, code="everybody", name="Everybody", kind="team")
    people = {
        role: make_practitioner(school, None, role=role, title=rule.called.capitalize(), start=start)
        if rule.outside_council
        else make_practitioner(council, team, role=role, title=rule.called.capitalize(), start=start)
        for role, rule in file.roles.items()
    }
    posts = {
        role: _post(authority, role, rule.called, is_last=role == file.concern.accountable, start=start)
        for role, rule in file.roles.items()
        if not rule.outside_council
    }
    for role, post in posts.items():
        PostHolding.objects.create(post=post, practitioner=people[role], during=since(start))
    return MadeCouncil(
        authority=authority,
        agencies={"council": council, "school": school},
        teams={"everybody": team},
        practitioners=people,
        stranger=make_practitioner(council, team, start=start),
        second_lead=make_practitioner(school, None, start=start),
        posts=posts,
        queues={
            code: Queue.objects.create(
                authority=authority, code=code, label=rule.called, owner_post=posts[rule.looked_after_by]
            )
            for code, rule in file.queues.items()
        },
        transfer_meeting=_meetings(protocol, authority, posts),
        duty_rota=Rota.objects.create(authority=authority, code=file.concern.accountable, title="At the desk today"),
    )


def _post(authority: Authority, code: str, called: str, *, is_last: bool, start: datetime) -> Post:
    held = since(start) if is_last else None
    return Post.objects.create(authority=authority, code=code, title=called, must_be_held_during=held)


def _meetings(protocol: Protocol, authority: Authority, posts: dict[str, Post]) -> MeetingSeries:
    """The meetings that the protocol names; and one that it does not, for what else there is in a council."""
    named = {code: (rule.called, posts[rule.chaired_by]) for code, rule in protocol.file.meetings.items()}
    rows = [
        MeetingSeries.objects.create(
            authority=authority, code=code, title=title, weekday=1, start_time=time(9, 30), chair_post=chair
        )
        for code, (title, chair) in {**named, "other": ("Another meeting", next(iter(posts.values())))}.items()
    ]
    return rows[-1]
