"""How the rows of an imported folder become records, file by file. `importing` is the act; here is what it does."""
