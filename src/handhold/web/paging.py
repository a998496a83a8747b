"""Long lists in pages of 25, with GOV.UK's pagination. What was asked for beside the page stays in its addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PER_PAGE = 25
Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """One page of a list: its rows, how many there are in all, and the pagination's parameters (None for one page)."""

    rows: list[Row]
    total: int
    pagination: dict[str, Any] | None

    @property
    def is_first(self) -> bool:
        """Whether it is the first page, or the only one."""
        return not self.pagination or "previous" not in self.pagination

    @property
    def where(self) -> str:
        """`, page 2 of 5` for the title of the page; empty where there is one page only."""
        return str(self.pagination["where"]) if self.pagination else ""


def sheet_of(request: HttpRequest, rows: Sequence[Row]) -> Sheet[Row]:
    """The page that `?page=` asks for; the nearest there is for a number that does not exist."""
    page: Page[Row] = _page_of(request, rows)
    return Sheet(list(page.object_list), page.paginator.count, _pagination(request, page))


def sheet_of_records(
    request: HttpRequest, records: "QuerySet[Record, Any]", as_rows: Callable[[list[Record]], list[Row]]
) -> Sheet[Row]:
    """As `sheet_of`, of records of which only those of one page are fetched and made into rows."""
    page: Page[Record] = _page_of(request, records)
    return Sheet(as_rows(list(page.object_list)), page.paginator.count, _pagination(request, page))


def _page_of(request: HttpRequest, found: Any) -> "Page[Any]":
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


def _pagination(request: HttpRequest, page: "Page[Any]") -> dict[str, Any] | None:
    count = page.paginator.num_pages
    if count == 1:
        return None
    made: dict[str, Any] = {
        "landmarkLabel": "Pages of this list",
        "items": [_item(request, number, page) for number in page.paginator.get_elided_page_range(page.number)],
        "where": f", page {page.number} of {count}",
    }
    if page.has_previous():
        made["previous"] = {"href": _address(request, page.previous_page_number())}
    if page.has_next():
        made["next"] = {"href": _address(request, page.next_page_number())}
    return made


def _item(request: HttpRequest, number: int | str, page: "Page[Any]") -> dict[str, Any]:
    if isinstance(number, str):
        return {"ellipsis": True}
    return {"number": number, "href": _address(request, number), "current": number == page.number}


def _address(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"
