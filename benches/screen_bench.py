"""Reading a screen, beside what one would do without us in the same run: uiautomator2's own XPath engine, asked
for each label of the vocabulary's commonest answers (what scripted walks do)."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from lxml import etree

from harness.screen.dialogs import classify
from harness.testing import button, column, draw, over, page, row, text

ASKED = (
    "同意", "不同意", "同意并继续", "拒绝", "仅浏览", "退出", "Agree", "Accept all", "Reject all", "Decline",
    "Alle akzeptieren", "Ablehnen", "Tout accepter", "Refuser", "Aceptar", "Rechazar", "Accetta", "Rifiuta",
    "Aceitar", "Recusar", "同意する", "同意しない", "동의", "거부",
)  # fmt: skip
BODY = "请您仔细阅读《用户协议》和《隐私政策》，我们会按照其中的规则收集和使用您的个人信息。"


def feed(nodes: int) -> str:
    """A page of that many nodes with a question over it."""
    cards = [
        column(
            text(f"商品 {i} 的标题"), row(text(f"¥{i}.90"), text("已售 3000+")), over(), flags=("clickable",)
        )
        for i in range((nodes - 8) // 6)
    ]
    return draw(
        page(column(*cards), column(text("温馨提示"), text(BODY), row(button("不同意"), button("同意"))))
    )


def deep(levels: int) -> str:
    inner = "<node text='同意' clickable='true' bounds='[0,0][99,99]'/>"
    for _ in range(levels):
        inner = f"<node class='android.view.View' bounds='[0,0][1080,2400]'>{inner}</node>"
    return f"<hierarchy>{inner}</hierarchy>"


def by_xpath(xml: str) -> None:
    tree = etree.fromstring(xml.encode())
    for label in ASKED:
        tree.xpath("//node[@text=$label or @content-desc=$label]", label=label)


def median_ms(work: Callable[[], object], times: int) -> float:
    work()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def main() -> None:
    for name, xml, times in (
        ("500 nodes", feed(500), 25),
        ("10,000 nodes", feed(10_000), 3),
        ("depth 100", deep(95), 25),
    ):
        ours = median_ms(lambda xml=xml: classify(xml), times)  # type: ignore[misc]
        theirs = median_ms(lambda xml=xml: by_xpath(xml), times)  # type: ignore[misc]
        print(
            f"{name}: harness {ours:.1f} ms; {len(ASKED)} XPath queries {theirs:.1f} ms; ratio {ours / theirs:.2f}"
        )


if __name__ == "__main__":
    main()
