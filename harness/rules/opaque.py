"""What crossed the network and could not be read: it proves nothing, and forbids `clear`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from harness.model.event import Event
from harness.rules.rule import Doubt
from harness.sdks.match import is_platform_host
from harness.timeline.timeline import Segment, counted, said


def unreadable(run: Segment, possibly: Callable[[Event], bool], when: str, when_zh: str) -> Iterator[Doubt]:
    """One doubt for opaque connections, one for bodies that could not be decoded, where `possibly` holds.

    Hosts that the system itself contacts (captive portal, time) are left out.
    """
    opaque = run.opaque.where(lambda one: possibly(one) and not is_platform_host(one.host))
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
