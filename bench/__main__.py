"""`python -m bench`: all figures in one run, on a database of its own that keeps what it acknowledges."""

import importlib
import os
import tempfile

import django


def main() -> None:
    """Makes Django ready in a folder of its own before any module that knows a model is read, then measures."""
    with tempfile.TemporaryDirectory(prefix="handhold-bench-") as folder:
        os.environ.update({"DATA": folder, "HANDHOLD_PLAIN_HTTP": "1", "DJANGO_SETTINGS_MODULE": "config.settings"})
        django.setup()
        importlib.import_module("bench.figures").measure_all()


if __name__ == "__main__":
    main()
