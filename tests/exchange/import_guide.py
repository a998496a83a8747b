"""The part of docs/guide/import.md that follows the definitions. Run as a program, it writes that part anew."""

from pathlib import Path

from handhold.exchange.columns import Column, Kind, Table
from handhold.exchange.tables import TABLES

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "guide" / "import.md"
HEADING = "\n## The files\n"
NOTE = (
    "<!-- The tables below follow src/handhold/exchange/tables_of_*.py; "
    "`.venv/bin/python -m tests.exchange.import_guide` writes them anew. -->"
)


def guide_to_files() -> str:
    """Every file and column, as the guide describes them."""
    return "\n".join([HEADING, NOTE, "", *(describe_table(table) for table in TABLES)])


def describe_table(table: Table) -> str:
    """One file: what it holds, what names its rows, and its columns."""
    absent = "" if table.required else " The file may be absent."
    lines = [
        f"### {table.file}",
        "",
        f"{table.means} A row is named by {' + '.join(f'`{key}`' for key in table.keys)}.{absent}",
        "",
        "| Column | Needed | Holds | Meaning |",
        "| --- | --- | --- | --- |",
        *(
            f"| `{column.name}` | {'yes' if column.required else ''} | {holds(column)} | {column.means} |"
            for column in table.columns
        ),
        "",
    ]
    return "\n".join(lines)


def holds(column: Column) -> str:
    """What a cell of the column holds, in words."""
    if column.kind is Kind.WORD:
        return ", ".join(f"`{word}`" for word in column.words)
    if column.kind in {Kind.REFERENCE, Kind.REFERENCES}:
        return f"{column.kind.value.replace('another file', column.to_file)}"
    return f"text, {column.longest} characters at most" if column.kind is Kind.TEXT else column.kind.value


if __name__ == "__main__":
    told = GUIDE.read_text(encoding="utf-8").partition(HEADING)[0]
    GUIDE.write_text(told + guide_to_files(), encoding="utf-8")
