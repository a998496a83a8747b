"""Files as answers: how a paper is handed to a browser."""

from django.http import HttpResponse

from handhold.actions.papers import PaperGiven
from handhold.actions.partner_papers import FileGiven


def as_pdf(paper: PaperGiven) -> HttpResponse:
    """A PDF that is shown, kept by nobody on the way, and never run: the policy of the page allows it nothing."""
    answer = HttpResponse(paper.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


SAFE_TO_NAME = {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/heic", "image/tiff"}
"""Kinds of file that a phone opens by their name and that cannot run. Any other is called bytes and no more."""


def as_download(given: FileGiven) -> HttpResponse:
    """A file from outside: saved by the browser and never shown by it, whatever it says that it is."""
    media_type = given.media_type if given.media_type in SAFE_TO_NAME else "application/octet-stream"
    answer = HttpResponse(given.content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{given.file_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer
