"""Files from outside: what each really is by its first bytes, and why it may not open. Nothing is unpacked."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from typing import Literal

AttachmentFault = Literal["empty", "encrypted", "mismatch", "program", "winmail", "damaged"]
UNKNOWN = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument."

# First bytes: what they are.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
)
# The end of a name: which of those its content must be.
EXPECTED = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "zip": "application/zip",
    "docx": "application/zip",
    "xlsx": "application/zip",
    "odt": "application/zip",
    "doc": "application/x-ole-storage",
    "xls": "application/x-ole-storage",
    "rtf": "application/rtf",
    "heic": "image/heic",
    "tif": "image/tiff",
    "tiff": "image/tiff",
}
# What a name means more exactly than the first bytes do.
BY_NAME = {
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
}
# Kinds of content that a mail says outright, and that other content then contradicts.
DECLARED = {"application/pdf", "image/png", "image/jpeg", "image/gif", "application/zip"}
PROGRAMS = {"application/x-msdownload", "application/x-elf"}
PROGRAM_NAMES = {
    "exe",
    "com",
    "scr",
    "bat",
    "cmd",
    "js",
    "vbs",
    "jar",
    "msi",
    "ps1",
    "lnk",
    "hta",
    "html",
    "htm",
    "svg",
}
PDF_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_NAME = 255


@dataclass(frozen=True)
class Attachment:
    """A file as it came, with what it is by its content and what is wrong with it."""

    file_name: str
    media_type: str
    content: bytes
    sha256: str
    faults: tuple[AttachmentFault, ...]


def examine_attachment(file_name: str, declared: str, content: bytes) -> Attachment:
    """What a file is. `declared` is the media type that it came under; its content has the last word."""
    name = clean_text(file_name.replace("\\", "/").rpartition("/")[2]).strip()[-MOST_NAME:]
    found, ending = sniff(content), name.rpartition(".")[2].lower()
    media_type = found or (declared.lower() if not is_known(declared) else UNKNOWN)
    if found and EXPECTED.get(ending) == found:
        media_type = BY_NAME.get(ending, found)
    faults = tuple(_find_faults(ending, declared.lower(), found, content))
    return Attachment(name, media_type[:120], content, hashlib.sha256(content).hexdigest(), faults)


def sniff(content: bytes) -> str:
    """The media type that the first bytes show; empty where they show none."""
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"heim"}:
        return "image/heic"
    return next((kind for start, kind in SIGNATURES if content.startswith(start)), "")


def is_known(declared: str) -> bool:
    """Whether content of this media type would be known by its first bytes, so that it is not what it says."""
    return declared.lower() in {*DECLARED, *EXPECTED.values(), *BY_NAME.values(), *PROGRAMS}


def clean_text(text: str) -> str:
    """Text that the database can keep: no NUL, no half of a pair of code points."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _find_faults(ending: str, declared: str, found: str, content: bytes) -> list[AttachmentFault]:
    if not content:
        return ["empty"]
    faults: list[AttachmentFault] = []
    if found in PROGRAMS or ending in PROGRAM_NAMES:
        faults.append("program")
    if found == "application/ms-tnef" or declared == "application/ms-tnef":
        faults.append("winmail")
    if _contradicts(ending, declared, found):
        faults.append("mismatch")
    return [*faults, *_find_locks(found, content)]


def _contradicts(ending: str, declared: str, found: str) -> bool:
    """Whether a file says by name or by declared type that it is what its content is not."""
    expected = EXPECTED.get(ending, "")
    if expected:
        return found != expected
    return declared in DECLARED and found != declared


def _find_locks(found: str, content: bytes) -> list[AttachmentFault]:
    """Whether it asks for a password, or is too damaged to tell."""
    if found == "application/pdf":
        return ["encrypted"] if PDF_ENCRYPTED.search(content) else []
    if found == "application/x-ole-storage":
        return ["encrypted"] if OLE_ENCRYPTED in content else []
    if found == "application/zip":
        return _find_locks_of_zip(content)
    return []


def _find_locks_of_zip(content: bytes) -> list[AttachmentFault]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            locked = any(entry.flag_bits & 1 for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ["damaged"]
    return ["encrypted"] if locked else []
