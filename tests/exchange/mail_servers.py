"""Small mail servers for tests, on free ports of this machine: an IMAP mailbox with the commands used, and a relay.

They keep mails in memory, follow the protocols as far as the tests go, and can be told to break off.
"""

from __future__ import annotations

import re
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

MADE_FOR_LOCALHOST = "-newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"


@dataclass
class KeptMail:
    """A mail of the mailbox: its lasting number, bytes and flags."""

    uid: int
    content: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Imap:
    """The mailbox: what is in which folder, how it behaves, and every command that it was given."""

    folders: dict[str, list[KeptMail]] = field(default_factory=lambda: {"INBOX": []})
    moves: bool = True
    keywords: bool = True
    password: str = "secret"
    tls: ssl.SSLContext | None = None
    breaks_off_before: str = ""
    """The command at which the server hangs up, once."""
    heard: list[str] = field(default_factory=list)
    port: int = 0
    next_uid: int = 1

    def put(self, content: bytes) -> int:
        """A mail arrives."""
        self.folders["INBOX"].append(KeptMail(self.next_uid, content))
        self.next_uid += 1
        return self.next_uid - 1

    def inbox(self) -> list[KeptMail]:
        """What is in the inbox."""
        return self.folders["INBOX"]

    @property
    def capabilities(self) -> str:
        """What it says that it can."""
        can = ["IMAP4rev1", "AUTH=XOAUTH2", *(["MOVE"] if self.moves else []), *(["STARTTLS"] if self.tls else [])]
        return " ".join(can)


class ImapSession(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Answers commands until LOGOUT, or until the other side hangs up."""
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, words = line.partition(" ")
            self.mailbox.heard.append(words)
            command = words.upper().removeprefix("UID ").split(" ")[0]
            if command == self.mailbox.breaks_off_before:
                self.mailbox.breaks_off_before = ""
                return
            if command == "AUTHENTICATE":
                self.say("+ ")
                self.mailbox.heard.append(self.rfile.readline().decode().strip())
            answer = getattr(self, f"do_{command.lower()}")(words)
            self.say(f"{tag} {answer or 'OK done'}")
            if command == "LOGOUT":
                return
            if command == "STARTTLS" and not self.seal():
                return

    def seal(self) -> bool:
        """From here on in TLS; false where the other side does not trust us and hangs up."""
        assert self.mailbox.tls is not None
        sealed = self.mailbox.tls.wrap_socket(self.connection, server_side=True, do_handshake_on_connect=False)
        self.sealed.append(sealed)
        try:
            sealed.do_handshake()
        except ssl.SSLError:
            return False
        self.rfile, self.wfile = sealed.makefile("rb"), sealed.makefile("wb", 0)  # type: ignore[assignment]
        return True

    def setup(self) -> None:
        """Nothing is sealed yet."""
        super().setup()
        self.sealed: list[ssl.SSLSocket] = []

    def finish(self) -> None:
        """Hangs up."""
        super().finish()
        for one in self.sealed:
            one.close()

    @property
    def mailbox(self) -> Imap:
        """What the server holds."""
        found: Imap = self.server.held  # type: ignore[attr-defined]
        return found

    def say(self, line: str | bytes) -> None:
        self.wfile.write((line.encode() if isinstance(line, str) else line) + b"\r\n")

    def do_capability(self, _words: str) -> None:
        self.say(f"* CAPABILITY {self.mailbox.capabilities}")

    def do_starttls(self, _words: str) -> None:
        pass

    def do_logout(self, _words: str) -> None:
        self.say("* BYE")

    def do_login(self, words: str) -> str:
        return "OK in" if words.endswith(f'"{self.mailbox.password}"') else "NO wrong"

    def do_authenticate(self, _words: str) -> str:
        return "OK in"

    def do_select(self, words: str) -> str:
        if words.split(" ", 1)[1].strip('"') not in self.mailbox.folders:
            return "NO there is none"
        self.say(f"* {len(self.mailbox.inbox())} EXISTS")
        keywords = " \\*" if self.mailbox.keywords else ""
        self.say(f"* OK [PERMANENTFLAGS (\\Seen \\Flagged{keywords})] kept")
        return "OK [READ-WRITE] open"

    def do_create(self, words: str) -> str:
        name = words.split(" ", 1)[1].strip('"')
        if name in self.mailbox.folders:
            return "NO it is there"
        self.mailbox.folders[name] = []
        return "OK made"

    def do_search(self, words: str) -> None:
        unwanted = re.search(r"UNKEYWORD (\S+)", words)
        found = [one for one in self.mailbox.inbox() if not unwanted or unwanted.group(1) not in one.flags]
        self.say("* SEARCH " + " ".join(str(one.uid) for one in found))

    def do_fetch(self, words: str) -> None:
        number, one = next(
            (place, one) for place, one in enumerate(self.mailbox.inbox(), 1) if one.uid == int(words.split(" ")[2])
        )
        if "RFC822.SIZE" in words:
            self.say(f"* {number} FETCH (UID {one.uid} RFC822.SIZE {len(one.content)})")
            return
        content = one.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in words else one.content
        part = "BODY[HEADER]<0>" if "HEADER" in words else "BODY[]"
        self.wfile.write(f"* {number} FETCH (UID {one.uid} {part} {{{len(content)}}}\r\n".encode())
        self.wfile.write(content)
        self.say(")")

    def do_store(self, words: str) -> None:
        flags = re.search(r"\((.*)\)", words)
        assert flags is not None
        one = next(one for one in self.mailbox.inbox() if one.uid == int(words.split(" ")[2]))
        one.flags |= set(flags.group(1).split(" "))

    def do_move(self, words: str) -> None:
        _, _, uid, folder = words.split(" ", 3)
        one = next(one for one in self.mailbox.inbox() if one.uid == int(uid))
        self.mailbox.inbox().remove(one)
        self.mailbox.folders[folder.strip('"')].append(one)


@dataclass
class Relay:
    """A relay: what was handed to it, and the addresses that it refuses."""

    refuses: set[str] = field(default_factory=set)
    mails: list[bytes] = field(default_factory=list)
    port: int = 0


class RelaySession(socketserver.StreamRequestHandler):
    """One connection of SMTP."""

    def handle(self) -> None:
        """Takes mails until QUIT."""
        relay: Relay = self.server.held  # type: ignore[attr-defined]
        self.say("220 relay.example.org")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "DATA":
                self.say("354 go on")
                relay.mails.append(self.read_mail())
            address = re.search(r"<(.*?)>", line)
            refused = word == "RCPT" and address is not None and address.group(1) in relay.refuses
            self.say("550 5.1.1 nobody of that name" if refused else "221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def read_mail(self) -> bytes:
        """Its lines up to the single dot."""
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """Listens on a free port; with `wraps` it speaks TLS from the first byte."""

    allow_reuse_address, daemon_threads = True, True
    wraps: ssl.SSLContext | None = None

    def __init__(self, session: type[socketserver.BaseRequestHandler], held: Imap | Relay) -> None:
        super().__init__(("127.0.0.1", 0), session)
        self.held = held

    def finish_request(self, request: object, client_address: object) -> None:
        """The handshake happens in the connection's own thread; who does not trust us hangs up."""
        if self.wraps is None:
            super().finish_request(request, client_address)  # type: ignore[arg-type]
            return
        sealed = self.wraps.wrap_socket(request, server_side=True, do_handshake_on_connect=False)  # type: ignore[arg-type]
        with sealed, suppress(ssl.SSLError):
            sealed.do_handshake()
            super().finish_request(sealed, client_address)


@contextmanager
def serving(session: type[socketserver.BaseRequestHandler], held: Imap | Relay, *, tls: bool = False) -> Iterator[None]:
    """The server, from the first connection that it can take to its end."""
    with Server(session, held) as server:
        server.wraps = held.tls if tls and isinstance(held, Imap) else None
        held.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def make_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for `localhost`, and the certificate that a client has to trust."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", *MADE_FOR_LOCALHOST.split(), "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate
