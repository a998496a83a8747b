"""What is different between two versions of a procedure, in sentences for a policy officer.

`find_differences` is the way in. Whatever two files differ in is told, if need be in the words of the file itself: a
difference that no sentence tells would be a change of practice that nobody saw.
"""

from handhold.protocol.differences.between import Differences, find_differences
from handhold.protocol.differences.wording import Section

__all__ = ["Differences", "Section", "find_differences"]
