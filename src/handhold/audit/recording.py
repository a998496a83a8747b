"""Writing to the audit: one event for each change, in the transaction of the change."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import salted_hmac

from handhold.audit.models import AuditEvent
from handhold.records.models import Practitioner


def record_event(
    name: str,
    *,
    by: Practitioner | None,
    now: datetime,
    subjects: Iterable[str],
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    on_behalf_of: Practitioner | None = None,
) -> AuditEvent:
    """Write that something happened, in this transaction: both last, or neither does. One round trip.

    `name` is past and dotted (`transfer.accepted`); `by` is None only for the installation itself (an import, a clock);
    `subjects` are references of records; `before` and `after` are plain values, of which only digests are kept.
    The database links the event into the chain when constraints are checked, which is the end of the action.
    """
    return AuditEvent.objects.create(
        name=name,
        actor_id=by.pk if by else None,
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of else None,
        subjects=sorted(set(subjects)),
        at=now,
        before_digest=digest_of(before),
        after_digest=digest_of(after),
    )


def digest_of(values: Mapping[str, Any] | None) -> bytes:
    """Return the digest of plain values, empty for none.

    It is keyed by the installation's secret: a bare digest of a birth date or of "refused" could be found by trying.
    """
    if values is None:
        return b""
    words = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"))
    return salted_hmac("handhold.audit", words, algorithm="sha256").digest()
