"""The procedure that the council works by, for everybody to read."""
