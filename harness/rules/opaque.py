"""What crossed the network and could not be read: it proves nothing, and forbids `clear`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from harness.model.event import Event, OpaqueConnection
from harness.rules.rule import Doubt, Note
from harness.sdks.match import is_platform_host
from harness.timeline.timeline import Events, Segment, counted, said

AT_THE_END_MS: Final = 500
"""The kernel closes a process's sockets with it; the proxy tells a little later than the process table."""
BROKEN_OFF: Final = ("disconnected during the handshake", "closed after the TLS handshake")
"""How the proxy says that a client left before its first request, without having refused anything."""


def missed(run: Segment) -> Events[OpaqueConnection]:
    """Connections whose content is not known, without those of the system itself (captive portal, time) and
    those that carried nothing because the app ended during the handshake."""
    return run.opaque.where(lambda one: not is_platform_host(one.host) and not _is_broken_off(run, one))


def _is_broken_off(run: Segment, one: OpaqueConnection) -> bool:
    """The app's own process ended while the handshake went on, so no byte of its content can have been sent."""
    return (
        one.reason in ("tls_refused", "error")
        and any(words in one.detail for words in BROKEN_OFF)
        and any(
            end.t_lo - AT_THE_END_MS <= one.t_hi and one.t_lo <= end.t_hi + AT_THE_END_MS
            for end in run.processes
            if end.action == "death" and _is_own(end.process, run.package)
        )
    )


def _is_own(process: str | None, package: str) -> bool:
    return process is not None and (process == package or process.startswith(package + ":"))


def unreadable(
    run: Segment, possibly: Callable[[Event], bool], when: str, when_zh: str
) -> Iterator[Doubt | Note]:
    """One doubt for opaque connections, one for bodies that could not be decoded, where `possibly` holds; a note
    for handshakes that ended with the app."""
    opaque = missed(run).where(possibly)
    broken_off = run.opaque.where(lambda one: possibly(one) and _is_broken_off(run, one))
    if broken_off:
        hosts = [one.host or "an unnamed host" for one in broken_off]
        yield Note(
            f"{counted(len(broken_off), 'connection')} {when} to {said(hosts)} ended with the app before its first "
            "byte of content: nothing was sent on it.",
            f"{when_zh}有{len(broken_off)}个到{said(hosts, zh=True)}的连接随应用退出而中断，未发送任何内容。",
            broken_off.ids,
        )
    if opaque:
        hosts = [one.host or "an unnamed host" for one in opaque]
        why = said(one.reason.replace("_", " ") for one in opaque)
        yield Doubt(
            f"{counted(len(opaque), 'connection')} {when} could not be read, to {said(hosts, limit=10)} "
            f"({why}): what was carried is not known; a build of the app without pinning, or an endpoint "
            "that it does not pin, settles it.",
            f"{when_zh}有{len(opaque)}个连接无法解密，目标为{said(hosts, limit=10, zh=True)}（{why}），"
            "内容未知："
            "使用未做证书固定的版本可确认。",
            opaque.ids,
        )
    broken = run.flows.where(lambda flow: bool(flow.decode_errors) and possibly(flow))
    if broken:
        hosts = [flow.host for flow in broken]
        yield Doubt(
            f"{counted(len(broken), 'body')} {when} could not be decoded in full, to {said(hosts, limit=10)} "
            f"({broken[0].decode_errors[0]}): a look at the stored bodies settles it.",
            f"{when_zh}发往{said(hosts, limit=10, zh=True)}的{len(broken)}个内容未能完整解码："
            "查看保存的内容可确认。",
            broken.ids,
        )
