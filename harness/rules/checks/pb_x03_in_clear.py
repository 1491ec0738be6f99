"""PB-X03: sensitive data sent in clear or over broken TLS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harness.model.data_type import CLASS_OF
from harness.model.event import Flow, FoundValue, StatedValue
from harness.rules.collected import finding, groups_of
from harness.rules.fact import into, into_zh
from harness.rules.profile import Profile
from harness.rules.rule import Doubt, Said, rule
from harness.timeline.timeline import Segment, said

FIX: Final = "Send it over HTTPS with certificates that are checked."
CLEAR: Final = frozenset({"http", "ws"})
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
HASHES: Final = ("md5", "sha1", "sha-1", "sha224", "sha-224", "sha256", "sha-256", "sha384", "sha-384", "sha512",
                 "sha-512", "hmac", "crc")  # fmt: skip
DIGEST: Final = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128}")
WEAK: Final = frozenset({"raw_tcp", "udp"})


@rule(
    id="PB-X03",
    title="Sensitive data sent in clear or over broken TLS",
    title_zh="明文或弱加密传输敏感信息",
    fix_zh="通过校验证书的HTTPS发送。",
    severity="high",
    scenarios=["SC05", "SC08", "SC18"],
    also=["SC01", "SC03"],
    gates=["proxy", "canaries"],
    clauses=[
        "CVERC-23", "PIPL-51", "NDSR-9", "GB35273-6.3", "CSL-42", "GDPR-32", "GPLAY-SEC", "TC205A-4.2f",
    ],
)  # fmt: skip
def in_clear(run: Segment, profile: Profile) -> Iterator[Said]:
    """Data that identifies for good, or is sensitive, crossed the network without encryption."""
    clear = run.carrying.where(
        lambda flow: (
            _is_open(flow) and flow.host not in LOOPBACK and any(_grave(one) for one in _values(flow))
        )
    )
    plain = clear.where(lambda flow: any(_grave(one) and not _hashed(one) for one in _values(flow)))
    nothing = run.reads().where(lambda read: False)
    for group in groups_of(run, nothing, plain):
        if any(_grave(one) and not _hashed(one) and one.data_type == group.data_type
               for flow in group.flows for one in _values(flow)):  # fmt: skip
            yield finding(
                run, group, lambda event: into(run, event) + ", without encryption",
                lambda event: into_zh(run, event) + "（明文）", FIX,
            )  # fmt: skip
    hashed = clear.where(lambda flow: not any(flow is one for one in plain))
    if hashed:
        yield Doubt(
            f"Hashed without a salt and sent in clear to {said(flow.host for flow in hashed)}: for a number of few "
            "digits the hash is soon reversed; whether that is enough is for a person.",
            f"未加盐的散列值以明文发往{said((flow.host for flow in hashed), zh=True)}：位数有限的号码"
            "极易还原，是否足够需人工判断。",
            hashed.ids,
        )
    weak = run.opaque.where(lambda one: one.reason in WEAK)
    if weak:
        yield Doubt(
            f"Connections without TLS to {said(one.host or 'an unnamed host' for one in weak)} carried something that "
            "could not be read: their packets settle it.",
            f"与{said((one.host or '未知主机' for one in weak), zh=True)}的非TLS连接内容无法识别：查看报文可确认。",
            weak.ids,
        )


def _values(flow: Flow) -> list[FoundValue | StatedValue]:
    return [*flow.found, *flow.stated]


def _grave(found: FoundValue | StatedValue) -> bool:
    return CLASS_OF[found.data_type] not in ("D0", "D2")


def _hashed(found: FoundValue | StatedValue) -> bool:
    if isinstance(found, StatedValue):
        # Nobody undid it: what has the length of a digest may be one.
        return DIGEST.fullmatch(found.excerpt) is not None
    return any(step.startswith(HASHES) for step in found.decodings)


def _is_open(flow: Flow) -> bool:
    """Without encryption, or with one that protects nothing."""
    return flow.scheme in CLEAR or bool(flow.destination.insecure)
