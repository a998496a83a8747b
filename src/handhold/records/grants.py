"""What the role that serves pages may do with rows: read, add, change what may be changed. Never the past.

The triggers of migration 0004 hold for everybody; these grants hold for that role even where a trigger is dropped.
"""

from django.db import connection
from psycopg import sql

# Each table, and what its own triggers refuse to everybody: a table that keeps its past needs no entry here.
WHAT_TRIGGERS_REFUSE = """
SELECT relation.relname,
       coalesce(bool_or(function.proname = 'records_keep_past' AND tgtype & 16 <> 0), false),
       coalesce(bool_or(tgtype & 8 <> 0), false)
FROM pg_class AS relation
LEFT JOIN (
    pg_trigger JOIN pg_proc AS function ON function.oid = tgfoid
    AND function.proname IN ('records_keep_past', 'records_close_period_only', 'records_fill_blanks_only')
) ON tgrelid = relation.oid
WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind = 'r'
GROUP BY relation.relname ORDER BY relation.relname
"""
# The chain of the audit is written by the database itself; which migrations have run is the owner's business.
ONLY_READ = {"audit_link", "django_migrations"}


def let_role_use_rows(role: str) -> None:
    """Give a role its rights on the rows of every table, and take away any others. For the owner, after migrations."""
    with connection.cursor() as cursor:
        cursor.execute(WHAT_TRIGGERS_REFUSE)
        for table, refuses_update, refuses_delete in cursor.fetchall():
            rights = find_rights(table, refuses_update=refuses_update, refuses_delete=refuses_delete)
            names = {"table": sql.Identifier(table), "role": sql.Identifier(role), "rights": sql.SQL(", ".join(rights))}
            cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**names))
            cursor.execute(sql.SQL("GRANT {rights} ON {table} TO {role}").format(**names))


def find_rights(table: str, *, refuses_update: bool, refuses_delete: bool) -> list[str]:
    """Return the rights of the pages' role on one table."""
    rights = ["SELECT"]
    if table not in ONLY_READ:
        rights.append("INSERT")
        rights += [] if refuses_update else ["UPDATE"]
        rights += [] if refuses_delete else ["DELETE"]
    return rights
