"""The signing key: given by the environment, or made once and kept in the data folder for its owner's eyes only."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def secret_key(environ: Mapping[str, str], data: Path) -> str:
    """SECRET_KEY of the environment, or the key of `data`, made with mode 0600 when there is none."""
    return environ.get("SECRET_KEY") or _kept_key(data / "secret-key")


def _kept_key(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".secret-key-{os.getpid()}-{secrets.token_hex(4)}")
    # The whole key appears under its name at once, and the first writer wins: two starts cannot sign differently.
    if not file.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii")
