"""Files as answers: how a paper is handed to a browser."""

from django.http import HttpResponse

from handhold.actions.papers import PaperGiven


def as_pdf(paper: PaperGiven) -> HttpResponse:
    """A PDF that is shown, kept by nobody on the way, and never run: the policy of the page allows it nothing."""
    answer = HttpResponse(paper.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{paper.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer
