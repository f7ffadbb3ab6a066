"""Safe fetching: what a GET over http or https brings from the public internet, and nothing but that.

Whose address it is that is asked is not known: a page, a sitemap or a feed named it. So it must not lead to what only
this machine can reach. A host is resolved once, all its addresses are checked, and the very address that was checked is
connected to; each redirect begins anew. Hosts that are named as allowed may be private, on any port.

`http.client` speaks on a socket that is connected here. It has no redirects, cookies, proxies, `.netrc` or second
attempts that would have to be turned off, and it need not be told that the host and the address are not the same.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from email.message import Message

from snippetsvc.errors import NotFetched
from snippetsvc.importing.addresses import Address
from snippetsvc.importing.public import is_public
from snippetsvc.importing.unpacking import gathered, too_large

#: Unpacked bytes of a page, and of a sitemap (sitemaps.org gives it 50 MB).
MOST, MOST_OF_A_SITEMAP = 16 * 1024 * 1024, 50 * 1024 * 1024
#: For one call in all: names, connecting, redirects, every byte.
_SECONDS = 20.0
_REDIRECTS = 5
_PORTS = (80, 443)
_LEADS_ON = frozenset((301, 302, 303, 307, 308))

#: A host -> the IP addresses that it has now. Raises `OSError`.
Resolve = Callable[[str], Sequence[str]]
#: An IP address and a port, and the seconds that it may take -> a connection. Raises `OSError`.
Connect = Callable[[tuple[str, int], float], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """address: where the answer came from in the end; body: empty unless the status is 200."""

    address: Address
    status: int
    headers: Message
    body: bytes


def _system(host: str) -> Sequence[str]:
    return [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Fetcher:
    """agent: what it calls itself; allowed: hosts, as `host_of` spells them, that may be private, on any port."""

    agent: str
    allowed: Collection[str] = ()
    resolve: Resolve = _system
    connect: Connect = socket.create_connection
    seconds: float = _SECONDS
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def get(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        most: int = MOST,
        permit: Callable[[Address], None] = lambda _: None,
    ) -> Fetched:
        """The answer at `address`, or where that leads. Raises `NotFetched`.

        most: bytes of its body, unpacked. permit: is told each address before it is asked, and may raise; what it
        takes does not count as time of this call.
        """
        left = self.seconds
        for _ in range(1 + _REDIRECTS):
            place = self._place(address)
            permit(place)
            until = time.monotonic() + left
            fetched = self._asked(place, headers or {}, most, until)
            left = until - time.monotonic()
            to = fetched.headers.get("Location") if fetched.status in _LEADS_ON else None
            if to is None:
                return fetched
            try:
                address = str(place.to(_as_sent(to)))
            except ValueError as error:
                raise NotFetched("forbidden", f"where {place} leads to: {error}") from None
        raise NotFetched("redirects", f"it leads on more than {_REDIRECTS} times")

    def _place(self, address: str) -> Address:
        try:
            place = Address.of(address)
        except ValueError as error:
            raise NotFetched("forbidden", str(error)) from None
        if place.port not in _PORTS and place.host not in self.allowed:
            raise NotFetched("forbidden", f"{place} names another port than 80 and 443")
        return place

    def _asked(self, place: Address, headers: Mapping[str, str], most: int, until: float) -> Fetched:
        try:
            with self._connected(place, until) as wire:
                return self._answer(place, headers, most, wire, until)
        except TimeoutError:
            raise NotFetched("slow", f"{place.host} took more than {self.seconds:g} seconds") from None
        except ssl.SSLCertVerificationError as error:
            raise NotFetched("unreachable", f"the certificate of {place.host}: {error.verify_message}") from None
        except OSError as error:
            raise NotFetched("unreachable", f"{place.host}: {error.strerror or 'it ended the connection'}") from None
        except (http.client.HTTPException, ValueError):
            raise NotFetched("broken", f"what {place.host} answers is not HTTP, or not all of it") from None

    def _connected(self, place: Address, until: float) -> socket.socket:
        addresses = self._checked(place, until)
        while True:
            try:
                wire = self.connect((addresses.pop(0), place.port), _left(until))
                break
            except OSError:
                if not addresses:
                    raise
        if place.scheme == "http":
            return wire
        try:
            wire.settimeout(_left(until))
            return self.tls.wrap_socket(wire, server_hostname=place.host)
        except BaseException:
            wire.close()
            raise

    def _checked(self, place: Address, until: float) -> list[str]:
        """The IP addresses of a host, in the order in which they are to be tried."""
        try:
            found = [str(ipaddress.ip_address(place.host))]
        except ValueError:
            found = list(dict.fromkeys(self._resolved(place.host, until)))
        if place.host not in self.allowed:
            private = [each for each in found if not is_public(ipaddress.ip_address(each))]
            if private:
                raise NotFetched("forbidden", f"{place.host} is no public host: it is at {private[0]}")
        if not found:
            raise NotFetched("unreachable", f"{place.host} has no address")
        return found

    def _resolved(self, host: str, until: float) -> Sequence[str]:
        # The system's resolver cannot be interrupted: it is left behind.
        answer: Future[Sequence[str]] = Future()

        def ask() -> None:
            try:
                answer.set_result(self.resolve(host))
            except Exception as error:
                answer.set_exception(error)

        threading.Thread(target=ask, name="resolver", daemon=True).start()
        return answer.result(_left(until))

    def _answer(
        self, place: Address, headers: Mapping[str, str], most: int, wire: socket.socket, until: float
    ) -> Fetched:
        connection = http.client.HTTPConnection(place.host, place.port)
        connection.sock = _Bounded(wire, until, most)
        # It would resolve the name by itself.
        connection.auto_open = 0
        ours = {"Host": place.authority, "User-Agent": self.agent, "Accept-Encoding": "gzip"}
        connection.request("GET", place.target, headers={**headers, **ours, "Connection": "close"})
        response = connection.getresponse()
        body = b""
        if response.status == http.HTTPStatus.OK:
            if (response.length or 0) > most:
                raise too_large(most)
            body = gathered(response, response.headers.get("Content-Encoding", ""), most)
            if response.length:
                raise http.client.IncompleteRead(b"", response.length)
        return Fetched(place, response.status, response.headers, body)


class _Bounded(io.RawIOBase):
    """A connected socket as `http.client` uses one.

    Every wait at it ends at a moment, however little came before; and it reads twice `most` bytes: what is around a
    body, and what unpacks to nothing, has no end of its own.
    """

    def __init__(self, wire: socket.socket, until: float, most: int) -> None:
        self._wire = wire
        self._until = until
        self._most = most
        self._read = 0

    def sendall(self, data: bytes) -> None:
        self._wire.settimeout(_left(self._until))
        self._wire.sendall(data)

    def makefile(self, _: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # of what BufferedReader gives
        self._wire.settimeout(_left(self._until))
        count = self._wire.recv_into(buffer)
        self._read += count
        if self._read > 2 * self._most:
            raise too_large(self._most)
        return count

    def close(self) -> None:
        """Nothing: `http.client` closes what it has sent by, and goes on reading; whoever connected closes."""


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _as_sent(header: str) -> str:
    """Headers are read as Latin-1; addresses in them are UTF-8, where they are not ASCII."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header
