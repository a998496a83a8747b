"""The plain words of each message, one file each: the first line is the subject. $ref and $link are all they know."""
