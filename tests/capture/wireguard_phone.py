"""The phone's end of a WireGuard tunnel in user space: a real handshake, and IP packets built by hand."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import socket
import ssl
import struct
import time
from collections.abc import Callable
from typing import TypeVar

from noise.connection import Keypair, NoiseConnection

T = TypeVar("T")
PROTOCOL = b"Noise_IKpsk2_25519_ChaChaPoly_BLAKE2s"
PROLOGUE = b"WireGuard v1 zx2c4 Jason@zx2c4.com"
TAI_EPOCH = (1 << 62) + 10
SYN, RST, PSH, ACK, FIN = 2, 4, 8, 16, 1


class Tunnel:
    """Opened from the text that the WireGuard app would import."""

    def __init__(self, configuration: str, seconds: float = 5) -> None:
        said = dict(re.findall(r"^(\w+) = (.*)$", configuration, re.MULTILINE))
        host, _, port = said["Endpoint"].rpartition(":")
        self.address = said["Address"].partition("/")[0]
        self.name_server = said["DNS"]
        self.app = said["IncludedApplications"]
        self._server = base64.b64decode(said["PublicKey"])
        self._wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._wire.connect((host.strip("[]"), int(port)))
        self._counter = itertools.count()
        self._ports = itertools.count(40_000)
        self._waiting: list[bytes] = []
        self._noise = NoiseConnection.from_name(PROTOCOL)
        self._noise.set_as_initiator()
        self._noise.set_prologue(PROLOGUE)
        self._noise.set_psks(bytes(32))
        self._noise.set_keypair_from_private_bytes(Keypair.STATIC, base64.b64decode(said["PrivateKey"]))
        self._noise.set_keypair_from_public_bytes(Keypair.REMOTE_STATIC, self._server)
        self._shake_hands(seconds)

    def _shake_hands(self, seconds: float) -> None:
        self._noise.start_handshake()
        now = time.time()
        stamp = struct.pack(">QI", TAI_EPOCH + int(now), int(now % 1 * 1e9))
        message = struct.pack("<II", 1, 7) + self._noise.write_message(stamp)
        key = hashlib.blake2s(b"mac1----" + self._server).digest()
        message += hashlib.blake2s(message, key=key, digest_size=16).digest() + bytes(16)
        self._wire.settimeout(seconds)
        self._wire.send(message)
        answer = self._wire.recv(2000)
        kind, self._peer, ours = struct.unpack("<III", answer[:12])
        assert (kind, ours, len(answer)) == (2, 7, 92), answer
        self._noise.read_message(answer[12:60])
        assert self._noise.handshake_finished

    def close(self) -> None:
        self._wire.close()

    def port(self) -> int:
        return next(self._ports)

    def send(self, protocol: int, to: str, payload: bytes) -> None:
        source, target = socket.inet_aton(self.address), socket.inet_aton(to)
        head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0, source, target)
        packet = head[:10] + struct.pack(">H", checksum(head)) + head[12:] + payload
        sealed = self._noise.encrypt(packet + bytes(-len(packet) % 16))
        self._wire.send(struct.pack("<IIQ", 4, self._peer, next(self._counter)) + sealed)

    def receive(self, protocol: int, port: int, seconds: float = 5) -> bytes:
        """What came for one of our ports, without its IP header. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while True:
            for packet in self._waiting:
                if packet[9] == protocol and int.from_bytes(packet[22:24]) == port:
                    self._waiting.remove(packet)
                    return packet[20 : int.from_bytes(packet[2:4])]
            self._wire.settimeout(max(0.001, end - time.monotonic()))
            message = self._wire.recv(65536)
            if message[0] == 4:
                self._noise.noise_protocol.cipher_state_decrypt.n = int.from_bytes(message[8:16], "little")
                packet = self._noise.decrypt(message[16:])
                if packet:
                    self._waiting.append(packet)

    def datagram(self, to: str, port: int, payload: bytes, own: int | None = None) -> int:
        """Sends one; returns the port it came from."""
        own = own or self.port()
        head = struct.pack(">HHHH", own, port, 8 + len(payload), 0)
        self.send(17, to, head[:6] + struct.pack(">H", self._sum(17, to, head + payload)) + payload)
        return own

    def resolve(self, name: str) -> str:
        question = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0\0\1\0\1"
        own = self.datagram(self.name_server, 53, struct.pack(">6H", 77, 0x100, 1, 0, 0, 0) + question)
        answer = self.receive(17, own)[8:]
        assert answer[:2] == b"\0\x4d", answer
        return socket.inet_ntoa(answer[-4:])

    def _sum(self, protocol: int, to: str, segment: bytes) -> int:
        ends = socket.inet_aton(self.address) + socket.inet_aton(to)
        return checksum(ends + struct.pack(">BBH", 0, protocol, len(segment)) + segment)

    def open(self, to: str, port: int) -> Stream:
        return Stream(self, to, port)


class Stream:
    """TCP, as much of it as a tunnel without losses needs."""

    def __init__(self, tunnel: Tunnel, to: str, port: int) -> None:
        self._tunnel, self._to, self._port = tunnel, to, port
        self.own = tunnel.port()
        self._next, self._seen = 1000, 0
        self._ended = False
        self._segment(SYN)
        flags, _ = self._take()
        assert flags & (SYN | ACK) == SYN | ACK, flags
        self._segment(ACK)

    def send(self, data: bytes) -> None:
        for at in range(0, len(data), 1000):
            self._segment(PSH | ACK, data[at : at + 1000])

    def receive(self) -> bytes:
        """The next bytes; empty when the other end has closed."""
        while not self._ended:
            flags, data = self._take()
            if data or flags & (FIN | RST):
                self._ended = bool(flags & (FIN | RST))
                self._segment(ACK)
                if data:
                    return data
        return b""

    def close(self) -> None:
        self._segment(FIN | ACK)

    def _segment(self, flags: int, data: bytes = b"") -> None:
        head = struct.pack(
            ">HHIIBBHHH", self.own, self._port, self._next, self._seen, 0x50, flags, 65000, 0, 0
        )
        total = self._tunnel._sum(6, self._to, head + data)
        self._tunnel.send(6, self._to, head[:16] + struct.pack(">H", total) + head[18:] + data)
        self._next += len(data) + bool(flags & (SYN | FIN))

    def _take(self) -> tuple[int, bytes]:
        while True:
            segment = self._tunnel.receive(6, self.own)
            number, flags = int.from_bytes(segment[4:8]), segment[13]
            data = segment[(segment[12] >> 4) * 4 :]
            if flags & SYN or number == self._seen:
                self._seen = number + len(data) + bool(flags & (SYN | FIN))
                return flags, data


class Tls:
    """TLS on such a stream; raises ssl.SSLError when the certificate is not the CA's (none: not the system's)."""

    def __init__(self, stream: Stream, host: str, ca_pem: bytes) -> None:
        self._stream, self._came, self._goes = stream, ssl.MemoryBIO(), ssl.MemoryBIO()
        cadata = ca_pem.decode() or None
        context = ssl.create_default_context(cadata=cadata)
        self._inner = context.wrap_bio(self._came, self._goes, server_hostname=host)
        self._drive(self._inner.do_handshake)

    def send(self, data: bytes) -> None:
        self._drive(lambda: self._inner.write(data))

    def receive(self) -> bytes:
        return self._drive(lambda: self._inner.read(65536))

    def _drive(self, step: Callable[[], T]) -> T:
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                self._flush()
                self._came.write(self._stream.receive())
            finally:
                self._flush()

    def _flush(self) -> None:
        if data := self._goes.read():
            self._stream.send(data)


def checksum(data: bytes) -> int:
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
