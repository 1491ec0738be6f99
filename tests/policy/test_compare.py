"""What was observed and not told is a gap; what the notice leaves open is a soft one."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.model.event import Actor, ApiCall, Evidence, Flow, FoundValue
from harness.policy.compare import Observed, compare, entries_of, observed
from harness.policy.declared import declared

NOTICES = Path(__file__).parent / "notices"
APP = Actor(kind="app", name="org.shop.app", frame="org.shop.app.Main.onCreate:1")
UNKNOWN = Actor(kind="unknown", name="unattributed")
NOTICE = declared(*((NOTICES / name).read_text() for name in ("shop-zh.txt", "sdks-blocks-zh.txt")))


def sdk(name, frame="a.b.C:1"):
    return Actor(kind="sdk", name=name, sdk=name, frame=frame)


def gaps(kind, actor=APP, notice=NOTICE, **more):
    return [(gap.kind, gap.hard) for gap in compare(notice, [Observed(kind, actor, **more)])]


@pytest.mark.parametrize(
    ("kind", "actor", "expected"),
    [
        ("android_id", APP, []),
        ("location", APP, []),
        ("calendar", APP, [("kind_not_told", True)]),
        ("calendar", UNKNOWN, [("kind_not_told", False)]),
        ("contacts", APP, [("kind_denied", True)]),
        ("imei", APP, [("kind_not_told", False)]),  # 设备信息 may mean it
        ("installed_apps", APP, [("kind_not_told", False)]),  # told for an SDK only
        ("ip_address", sdk("umeng"), []),
        ("imei", sdk("umeng"), [("sdk_kind_not_told", False)]),
        ("location", sdk("umeng"), [("sdk_kind_not_told", True)]),
        ("location", sdk("umeng", None), [("sdk_kind_not_told", False)]),
        ("imei", sdk("jpush"), [("sdk_kind_not_told", False)]),
        ("contacts", sdk("jpush"), [("sdk_kind_not_told", True)]),
        ("android_id", sdk("talkingdata"), [("sdk_not_listed", True)]),
        ("oaid", sdk("pangle"), []),
    ],
)
def test_each_kind_of_gap(kind, actor, expected):
    assert gaps(kind, actor) == expected


def test_a_gap_says_so_in_both_languages_with_the_sentence():
    (gap,) = compare(NOTICE, [Observed("contacts", APP)])
    assert "contacts" in gap.says and "通讯录" in gap.says_zh
    assert gap.sentence.text.startswith("6. 我们不会收集您的通讯录")


def test_a_recipient_that_is_not_named_is_a_gap():
    flow = {"sent_to": "t.talkingdata.com", "recipient": sdk("talkingdata", None)}
    assert gaps("android_id", APP, **flow) == [("recipient_not_told", True)]
    told = declared("我们与TalkingData SDK共享Android ID。我们收集Android ID。")
    assert gaps("android_id", APP, told, **flow) == []
    assert gaps("android_id", APP, sent_to="api.shiguang.example", recipient=UNKNOWN) == []


def test_reading_in_the_background_must_be_told():
    assert gaps("location", scene="background") == [("scene_not_told", False)]
    assert gaps("location", APP, declared("应用在后台运行时会收集位置信息。"), scene="background") == []


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("SDK名称：TalkingData\n收集信息：IMEI", True),
        ("SDK名称：TalkingDate\n收集信息：IMEI", True),
        ("SDK名称：Talking Board\n收集信息：IMEI", False),
        ("SDK名称：统计服务\n包名：com.tendcloud.tenddata\n收集信息：IMEI", True),
        ("SDK名称：统计服务\n官网：https://www.talkingdata.com/policy\n收集信息：IMEI", True),
        ("SDK名称：统计服务\n官网：https://www.nottalkingdata.com/policy\n收集信息：IMEI", False),
        ("SDK名称：统计服务\n公司：北京腾云天下科技有限公司\n收集信息：IMEI", False),
        ("我们集成了TalkingData SDK。", True),
    ],
)
def test_an_sdk_is_known_by_name_near_name_package_or_domain(text, listed):
    assert bool(entries_of(declared(text), "talkingdata")) is listed


def test_what_was_observed_is_told_once_a_kind_actor_and_host():
    at = {"t_lo": 1, "t_hi": 2, "evidence": Evidence(file="x")}
    read = {
        "source": "hook",
        "hook": "imei",
        "api": "a.b",
        "data_type": "imei",
        "result": "obtained",
        "actor": APP,
    }
    calls = [
        ApiCall(id="hook-1", **at, **read),
        ApiCall(id="hook-2", **at, **read),
        ApiCall(id="hook-3", **at, **{**read, "result": "denied"}),
        ApiCall(id="hook-4", **at, **{**read, "data_type": "device_model"}),
    ]
    value = FoundValue(data_type="imei", value_digest="0", where="body", decodings=[])
    flow = Flow(
        id="flow-1", **at, source="proxy", method="POST", scheme="https", host="a.umeng.com", port=443, path="/",
        connected_lo=0, found=[value, value], actor=APP,
    )  # fmt: skip
    read_, sent = observed(calls, [flow])
    assert read_.evidence == ("hook-1", "hook-2") and read_.sent_to == ""
    assert sent.evidence == ("flow-1",) and sent.recipient.sdk == "umeng"
