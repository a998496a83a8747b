"""A paper of a transfer, as it was made: its bytes."""

from dataclasses import dataclass

from handhold.access.transfers import NotHere, Opened
from handhold.records.models import Document


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """The bytes of a PDF and the name under which a browser keeps it: a reference, never a person's name."""

    content: bytes
    file_name: str


def find_document(opened: Opened, document_ref: str) -> DocumentFile:
    """A document of this transfer, for who may see its papers. Raises NotHere."""
    found = Document.objects.filter(run=opened.case.run, ref=document_ref).first()
    if found is None or not opened.sees("pack"):
        raise NotHere
    return DocumentFile(bytes(found.content), f"{found.kind}-{found.ref}.pdf")
