"""How a log line looks: an error is told by its kind and its places in the code, never by its message.

The message of a database error quotes the row, and a row names people; logs go where records may not.
"""

import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class NamesNobody(logging.Formatter):
    """Formats an exception, and whatever it came from, without the words that it carries."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 (the standard library's name)
        """The chain of exceptions, oldest first: where each happened and of what kind it was."""
        lines: list[str] = []
        fault = ei[1]
        while fault is not None:
            places = [
                f"  {place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(fault.__traceback__)
            ]
            lines = [type(fault).__qualname__, *places, *lines]
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(lines)
