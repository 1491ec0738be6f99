"""An app of three screens, and what a walk over it wrote down."""

import json

from harness.model.result import AppFacts
from harness.testing import (
    button,
    dialog,
    draw,
    page,
    row,
    text,
)

BODY = "请您仔细阅读《用户协议》和《隐私政策》，我们会按照其中的规则收集和使用您的个人信息。"
APP = AppFacts(package="com.x", version_name="1", version_code=1, label="X", sha256="0" * 64, target_sdk=33)

MAIN = draw(page(text("天气"), text("今天 晴"), button("城市列表")))
NOTICE = draw(dialog(text("提示"), text(BODY), row(button("不同意"), button("同意"))), page(text("天气")))
RETAIN = draw(
    dialog(
        text("温馨提示"),
        text("不同意《隐私政策》将只能浏览部分内容。"),
        row(button("仍不同意"), button("同意并继续")),
    )
)
ASKS = {"first": NOTICE, "again": RETAIN, "main": MAIN}


class Played:
    def __init__(self, result, path, device):
        self.result, self.path, self.device = result, path, device
        self.ui = self._lines("raw/ui.jsonl")
        self.health = self._lines("raw/health.jsonl")

    def _lines(self, name):
        file = self.path / name
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def events(self, kind):
        return [{**line, **line["event"]} for line in self.ui if line.get("event", {}).get("kind") == kind]

    def consent(self):
        return [(event["state"], event["certain"]) for event in self.events("consent_changed")]

    def steps(self):
        return [event["step"] for event in self.events("scenario") if event["action"] == "step"]

    def gate(self, name):
        return [line["event"]["healthy"] for line in self.health if line["event"]["gate"] == name]
