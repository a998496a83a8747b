"""Entry points that are not pages: the `handhold` command and what the clock sets off."""
