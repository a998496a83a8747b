"""Is everything that a protocol names bound to people: each role held, each queue and meeting set up and looked after?

An unbound name would be a wait without an owner, so no transfer begins while there is one.
"""

from dataclasses import dataclass
from datetime import datetime

from handhold.protocol.pathways import Protocol
from handhold.records.models import Authority, MeetingSeries, Post, PostHolding, Queue, RoleHolding
from handhold.working_days import council_date


@dataclass(frozen=True)
class Unbound:
    """A name of the protocol that nobody stands behind, and how to mend that."""

    name: str
    mend: str


def find_unbound(protocol: Protocol, authority: Authority, now: datetime) -> list[Unbound]:
    """Every role, queue and meeting of the protocol that is not bound now, and a missing post of last resort."""
    holdings = RoleHolding.objects.filter(practitioner__agency__authority=authority, during__contains=now)
    held = set(holdings.exclude(practitioner__left_date__lte=council_date(now)).values_list("role", flat=True))
    posts = PostHolding.objects.filter(post__authority=authority, during__contains=now)
    held_posts = set(posts.values_list("post", flat=True))
    return [
        *_roles(protocol, held),
        *_queues(protocol, authority, held_posts),
        *_meetings(protocol, authority, held_posts),
        *_last_resort(authority, held_posts),
    ]


def _roles(protocol: Protocol, held: set[str]) -> list[Unbound]:
    return [
        Unbound(f"role {role} ({rule.called})", "Give the role to at least one practitioner.")
        for role, rule in protocol.file.roles.items()
        if role not in held
    ]


def _queues(protocol: Protocol, authority: Authority, held_posts: set[int]) -> list[Unbound]:
    set_up = dict(Queue.objects.filter(authority=authority).values_list("code", "owner_post"))
    return [
        Unbound(f"queue {code} ({rule.called})", "Set the queue up, and have its post held.")
        for code, rule in protocol.file.queues.items()
        if set_up.get(code) not in held_posts
    ]


def _meetings(protocol: Protocol, authority: Authority, held_posts: set[int]) -> list[Unbound]:
    set_up = dict(MeetingSeries.objects.filter(authority=authority).values_list("code", "chair_post"))
    return [
        Unbound(
            f"meeting {code} ({rule.called})", "Set the meeting up with its weekday, and have its chair's post held."
        )
        for code, rule in protocol.file.meetings.items()
        if set_up.get(code) not in held_posts
    ]


def _last_resort(authority: Authority, held_posts: set[int]) -> list[Unbound]:
    last = Post.objects.filter(authority=authority, must_be_held_during__isnull=False).values_list("pk", flat=True)
    if held_posts.intersection(last):
        return []
    return [Unbound("a post of last resort", "Mark one post as the last resort, and have it held.")]
