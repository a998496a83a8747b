"""`python -m bench`: all figures in one run, on a database of its own that keeps what it acknowledges.

`python -m bench search 20000` measures the search alone, among so many people.
"""

import importlib
import os
import sys
import tempfile

import django


def main() -> None:
    """Makes Django ready in a folder of its own before any module that knows a model is read, then measures."""
    with tempfile.TemporaryDirectory(prefix="handhold-bench-") as folder:
        os.environ.update({"DATA": folder, "HANDHOLD_PLAIN_HTTP": "1", "DJANGO_SETTINGS_MODULE": "config.settings"})
        django.setup()
        figures = importlib.import_module("bench.figures")
        if sys.argv[1:2] == ["search"]:
            figures.measure_search_alone(*map(int, sys.argv[2:3]))
        else:
            figures.measure_all()


if __name__ == "__main__":
    main()
