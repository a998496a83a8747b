"""Every file of a folder, in the order in which they are read and stored. docs/guide/import.md says the same."""

from handhold.exchange.columns import Table
from handhold.exchange.tables_of_encounters import CONSENTS, VISITS
from handhold.exchange.tables_of_families import (
    ALERTS,
    ASSESSMENT_SECTIONS,
    ASSESSMENTS,
    FAMILIES,
    FAMILY_MEMBERS,
    INVOLVEMENTS,
    PEOPLE,
    PROFESSIONAL_RELATIONSHIPS,
    RELATIONSHIPS,
)
from handhold.exchange.tables_of_services import (
    ABSENCES,
    AGENCIES,
    AUTHORITY,
    MEETINGS,
    POSTS,
    PRACTITIONERS,
    QUEUES,
    ROTAS,
    TEAMS,
)

TABLES: tuple[Table, ...] = (
    AUTHORITY,
    AGENCIES,
    TEAMS,
    PRACTITIONERS,
    ABSENCES,
    POSTS,
    QUEUES,
    MEETINGS,
    ROTAS,
    FAMILIES,
    PEOPLE,
    FAMILY_MEMBERS,
    RELATIONSHIPS,
    ALERTS,
    INVOLVEMENTS,
    PROFESSIONAL_RELATIONSHIPS,
    ASSESSMENTS,
    ASSESSMENT_SECTIONS,
    VISITS,
    CONSENTS,
)
TABLE_OF = {table.file: table for table in TABLES}

__all__ = [
    "ABSENCES",
    "AGENCIES",
    "ALERTS",
    "ASSESSMENTS",
    "ASSESSMENT_SECTIONS",
    "AUTHORITY",
    "CONSENTS",
    "FAMILIES",
    "FAMILY_MEMBERS",
    "INVOLVEMENTS",
    "MEETINGS",
    "PEOPLE",
    "POSTS",
    "PRACTITIONERS",
    "PROFESSIONAL_RELATIONSHIPS",
    "QUEUES",
    "RELATIONSHIPS",
    "ROTAS",
    "TABLES",
    "TABLE_OF",
    "TEAMS",
    "VISITS",
]
