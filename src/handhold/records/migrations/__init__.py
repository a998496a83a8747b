"""Tables and what the database refuses, in the order in which they were made."""
