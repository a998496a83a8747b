"""A request to lead: three short pages, made for a phone."""
