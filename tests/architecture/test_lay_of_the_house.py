"""The house rules that a reader relies on, as checks: layers, sizes, names, words."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src"
MOST_LINES = 400
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "base",
    "manager",
    "managers",
    "service",
    "services",
}
# One word of the field is also on the list: agencies, teams, posts and rotas are the services.
ALLOWED_FILES = {"src/handhold/records/models/services.py", "src/handhold/actions/imported/services.py"}


def tracked_files() -> list[Path]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def python_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_each_layer_imports_only_those_below_it() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_layer_of_the_house_is_in_the_contract() -> None:
    packages = {folder.name for folder in (SOURCE / "handhold").iterdir() if (folder / "__init__.py").exists()}
    contract = (ROOT / "pyproject.toml").read_text()
    assert {package for package in packages if not re.search(rf'"[^"]*\b{package}\b[^"]*",', contract)} == set()


def test_a_file_is_short_enough_to_be_read_at_one_sitting() -> None:
    files = [file for folder in ("src", "tests", "scripts", "bench") for file in python_files(ROOT / folder)]
    lengths = {name_of(file): len(read(file).splitlines()) for file in files if "migrations" not in file.parts}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    found = {name_of(file) for file in tracked_files() if file.suffix == ".py" and file.stem in FORBIDDEN_NAMES}
    assert found - ALLOWED_FILES == set()


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [name_of(file) for file in python_files(SOURCE) if not ast.get_docstring(ast.parse(read(file)))]
    assert silent == []


def test_no_function_hides_an_import() -> None:
    hidden = {name_of(file): imports_within_functions(read(file)) for file in python_files(SOURCE)}
    assert {name: lines for name, lines in hidden.items() if lines} == {}


def test_a_hidden_import_would_be_found() -> None:
    assert imports_within_functions("import os\ndef f():\n    import json\n") == [3]


def imports_within_functions(code: str) -> list[int]:
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = [node for function in functions for node in ast.walk(function)]
    return [node.lineno for node in inner if isinstance(node, ast.Import | ast.ImportFrom)]


# The councils' own words and numbers stay in their protocols


def words_of_the_councils() -> set[str]:
    """The names that a protocol brings with it: those of the councils' folders, and of teams known by a short name."""
    folders = {file.parent.parent.name for file in (ROOT / "protocols").glob("*/*/protocol.yaml")}
    return {*folders, "York", "Leeds", "MASH", "City Council"}


def uses_of(words: set[str], text: str) -> list[str]:
    pattern = r"(?<![A-Za-z])(" + "|".join(sorted(map(re.escape, words))) + r")(?![A-Za-z])"
    return re.findall(pattern, text, flags=re.IGNORECASE)


def test_no_python_names_a_council_or_a_team_of_one() -> None:
    words = words_of_the_councils()
    uses = {name_of(file): uses_of(words, read(file)) for file in python_files(SOURCE)}
    assert {name: found for name, found in uses.items() if found} == {}


def test_a_council_named_in_python_would_be_found() -> None:
    assert uses_of(words_of_the_councils(), 'if authority == "york":') == ["york"]
    assert uses_of({"york"}, "NEW YORKERS") == []


LAYERS_OF_RULES = ("protocol", "casefiles", "access", "queries", "actions", "web")


def numbers_of_days(code: str) -> list[str]:
    return re.findall(r"\b(?:working_)?(?:days|weeks|months)\s*=\s*[2-9]\d*|\b(?:days|weeks)\s*=\s*1\d+", code)


def test_no_rule_in_python_counts_days_of_its_own() -> None:
    files = [file for layer in LAYERS_OF_RULES for file in python_files(SOURCE / "handhold" / layer)]
    counted = {name_of(file): numbers_of_days(read(file)) for file in files}
    assert {name: found for name, found in counted.items() if found} == {}


def test_a_number_of_days_in_python_would_be_found() -> None:
    assert numbers_of_days("due = start + timedelta(days=5)") == ["days=5"]
    assert numbers_of_days("tomorrow = today + timedelta(days=1)") == []


# What is committed


def hosts_in(text: str) -> list[str]:
    return re.findall(r"[a-z]+://\S+", text)


@pytest.mark.parametrize("name", ["bootstrap.txt", "runtime.txt", "development.txt", "node.txt"])
def test_a_lock_names_packages_and_hashes_and_no_host(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert hosts_in(text) == []
    pinned = re.findall(r"^[a-z0-9][^ ]*==", text, flags=re.MULTILINE)
    assert pinned
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_front_ends_lock_names_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert hosts_in(text) == []
    assert '"integrity"' in text


def test_the_search_for_hosts_would_find_one() -> None:
    assert hosts_in('"resolved": "' + "http" + '://mirror.example/package.tgz"')


def test_everything_that_runs_is_locked() -> None:
    wanted = set(requirements_in(ROOT / "requirements/runtime.in"))
    assert wanted <= set(requirements_in(ROOT / "requirements/runtime.txt"))
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    assert wanted == set(names_of_packages(project["dependencies"]))


def requirements_in(file: Path) -> Iterator[str]:
    return names_of_packages(read(file).splitlines())


def names_of_packages(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if found := re.match(r"[a-z0-9][a-z0-9.\-]*", line):
            yield found.group().replace(".", "-")


def test_no_file_of_somebody_else_is_committed() -> None:
    foreign = [name_of(file) for file in tracked_files() if is_somebody_elses(file.suffix, file.read_bytes())]
    assert foreign == []


def test_a_file_of_somebody_else_would_be_found() -> None:
    assert is_somebody_elses(".ttf", b"")
    assert is_somebody_elses(".js", b"global.GOVUKFrontend = {}")
    assert not is_somebody_elses(".js", b"window.handhold = {}")


def is_somebody_elses(suffix: str, content: bytes) -> bool:
    if suffix in {".woff", ".woff2", ".ttf", ".otf"}:
        return True
    return suffix in {".css", ".js"} and any(word in content for word in (b"GDS Transport", b"GOVUKFrontend = "))
