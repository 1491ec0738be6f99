"""What a witness says of itself, in Chinese: the reasons of gates and of unfinished scenarios are recorded in
English, and a Chinese verdict must not quote them."""

from __future__ import annotations

import re
from typing import Final

_FORMS: Final = [
    (r"process (\S+) \((\S+)\) ran without the agent", r"进程\1（\2）未被监测"),
    (r"(\S+ \(\d+\)) sent events but never said hello: hooked late", r"\1挂钩过晚"),
    (r"(\S+ \(\d+\)): its last ([\d.]+) s are not known, it said nothing more", r"\1最后\2秒无记录"),
    (r"(\S+ \(\d+\)): a gap in the agent's numbers: number (\d+) follows (\d+)", r"\1记录序号不连续（\3之后为\2）"),
    (r"(\S+ \(\d+\)): (\d+) events came before the hello", r"\1挂钩确认前已有\2条记录"),
    (r"(\S+ \(\d+\)): (\d+) events were dropped", r"\1丢失\2条记录"),
    (r"(\S+ \(\d+\)): (\d+) events up to number (\d+) are missing", r"\1缺少截至序号\3的\2条记录"),
    (r"(\S+ \(\d+\)): an observer failed: (\S+).*", r"\1监测点\2出错"),
    (r"(\S+ \(\d+\)): (\S+) at (\S+) could not be hooked.*", r"\1监测点\2未能挂钩"),
    (r"(\S+ \(\d+\)): (\S+) at (\S+) was dead.*", r"\1监测点\2失效"),
    (r"(\S+ \(\d+\)): (\S+) is dead on (\S+).*", r"\1监测点\2失效"),
    (r"AppOps, the second witness, could not be read in (\S+?): .*", r"\1中无法读取第二见证（AppOps）"),
    (r"the proxy never started", "代理未启动"),
    (r"the harness's own request was not seen decrypted", "未见自检请求被解密"),
    (r"the proxy died.*", "代理中途终止"),
    (r"the proxy failed.*", "代理出错"),
    (r"how the proxy ended is not recorded", "代理如何结束没有记录"),
    (r"the clock is known to ([\d.]+) ms only, ([\d.]+) ms are needed", r"时钟误差达\1毫秒，需不超过\2毫秒"),
    (r"the clock was not compared for ([\d.]+) s", r"时钟\1秒未校对"),
    (r"no screen could be read in (\S+)", r"\1中界面无法读取"),
    (r"the screen was not read for ([\d.]+) s in (\S+)", r"\2中界面\1秒未读取"),
    (r"(\S+) has no end", r"\1没有结束"),
    (r"(\S+) was cut off before its end", r"\1在结束前中断"),
    (r"(\S+) did not reach its end.*", r"\1未到达终点"),
    (r"(\S+): (?:step )?'([^']*)' was not confirmed.*", r"\1的步骤“\2”未得到确认"),
    (r"(SC\d+) failed.*", r"\1失败"),
    (r"(\S+) crashed.*", r"\1崩溃"),
    (r"(\S+) left by itself while nothing was touched.*", r"\1在无操作时自行退出"),
    (r"nothing vouches for the \S+ gate", "没有证据表明其正常"),
    (r"(\S+) line (\d+): .*", r"\1第\2行无法读取"),
    (r"(\d+) of (\d+) values that were read are not looked for in traffic", r"读取的\2个值中有\1个未在流量中比对"),
    (r"(\d+) hashes and ciphers of the app were not followed into the traffic", r"应用的\1次散列与加密未跟踪到流量"),
]  # fmt: skip
_PATTERNS: Final = [(re.compile(form, re.DOTALL), zh) for form, zh in _FORMS]
_MORE: Final = re.compile(r" \(and (\d+) more\)$")


def in_chinese(reason: str) -> str:
    """Each part of a reason that "; " joins; one that has no form here is told to be in the English text."""
    more = _MORE.search(reason)
    parts = [_part(part) for part in _MORE.sub("", reason).split("; ")]
    return "；".join(dict.fromkeys(parts)) + (f"（另有{more.group(1)}项）" if more else "")


def _part(part: str) -> str:
    for pattern, zh in _PATTERNS:
        found = pattern.fullmatch(part)
        if found is not None:
            return found.expand(zh)
    return "详见英文说明"
