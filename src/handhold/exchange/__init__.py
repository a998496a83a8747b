"""Formats in and out: files that other systems read or write. No rules and no pages."""
