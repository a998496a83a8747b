"""The first lines of the `handhold` command: Django is made ready before any module that knows a model is read."""

import importlib
import os

import django


def main() -> None:
    """Runs the command line of handhold.jobs.command_line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    importlib.import_module("handhold.jobs.command_line").app()
