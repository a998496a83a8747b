"""JSON Schemas of a protocol's files, for editors that help while somebody writes one."""

from __future__ import annotations

from typing import Any

from handhold.protocol.council import ProtocolFile
from handhold.protocol.definition import PathwayFile, Shape
from handhold.protocol.papers import ClauseFile, FormFile
from handhold.protocol.partner_papers import PapersFile

FILES: dict[str, type[Shape]] = {
    "protocol": ProtocolFile,
    "pathway": PathwayFile,
    "form": FormFile,
    "clauses": ClauseFile,
    "partner-papers": PapersFile,
}
"""Each sort of file by the name of its schema."""


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each sort of file."""
    return {name: {"$schema": _DRAFT, **model.model_json_schema()} for name, model in FILES.items()}


_DRAFT = "https://json-schema.org/draft/2020-12/schema"
