"""Permissions by group, and the words by which a tap, or a sentence, asks for what a group opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from harness.model.data_type import DataType
from harness.model.event import Event, Permission, Screen, Tap
from harness.timeline.asking import last_act
from harness.timeline.timeline import Events, Segment

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "location": ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION"),
    "camera": ("CAMERA",),
    "microphone": ("RECORD_AUDIO",),
    "contacts": ("READ_CONTACTS", "WRITE_CONTACTS", "GET_ACCOUNTS"),
    "calendar": ("READ_CALENDAR", "WRITE_CALENDAR"),
    "phone": (
        "READ_PHONE_STATE", "READ_PHONE_NUMBERS", "CALL_PHONE", "ANSWER_PHONE_CALLS", "USE_SIP",
        "ACCEPT_HANDOVER",
    ),
    "call_log": ("READ_CALL_LOG", "WRITE_CALL_LOG", "PROCESS_OUTGOING_CALLS"),
    "sms": ("SEND_SMS", "RECEIVE_SMS", "READ_SMS", "RECEIVE_WAP_PUSH", "RECEIVE_MMS"),
    "storage": (
        "READ_EXTERNAL_STORAGE", "WRITE_EXTERNAL_STORAGE", "MANAGE_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES",
        "READ_MEDIA_VIDEO", "READ_MEDIA_AUDIO", "READ_MEDIA_VISUAL_USER_SELECTED", "ACCESS_MEDIA_LOCATION",
    ),
    "sensors": ("BODY_SENSORS", "BODY_SENSORS_BACKGROUND", "ACTIVITY_RECOGNITION"),
    "nearby": (
        "BLUETOOTH_SCAN", "BLUETOOTH_CONNECT", "BLUETOOTH_ADVERTISE", "NEARBY_WIFI_DEVICES", "UWB_RANGING",
    ),
    "apps": ("QUERY_ALL_PACKAGES", "PACKAGE_USAGE_STATS", "GET_INSTALLED_APPS"),
}  # fmt: skip
_GROUP_OF: Final = {name: group for group, names in GROUPS.items() for name in names}

NAMES: Final[dict[str, tuple[str, str]]] = {
    "location": ("location", "位置"), "camera": ("camera", "相机"), "microphone": ("microphone", "麦克风"),
    "contacts": ("contacts", "通讯录"), "calendar": ("calendar", "日历"), "phone": ("phone", "电话"),
    "call_log": ("call log", "通话记录"), "sms": ("messages", "短信"), "storage": ("files and media", "存储"),
    "sensors": ("body sensors", "身体传感器"), "nearby": ("nearby devices", "附近设备"),
    "apps": ("app list", "应用列表"),
}  # fmt: skip
"""(English, Chinese) for sentences."""

GUARDED: Final[dict[str, tuple[DataType, ...]]] = {
    "location": ("location", "wifi_scan", "cell", "ssid", "bssid"), "camera": ("camera",),
    "microphone": ("microphone",), "contacts": ("contacts", "accounts"), "calendar": ("calendar",),
    "phone": ("imei", "meid", "imsi", "iccid", "phone_number", "serial", "cell"), "call_log": ("call_log",),
    "sms": ("sms",), "storage": ("media", "files"), "sensors": ("sensors",),
    "nearby": ("bluetooth_devices", "bluetooth_address", "wifi_scan"),
    "apps": ("installed_apps", "running_apps"),
}  # fmt: skip
"""What reads need the permission."""

OTHER_ROADS: Final[dict[str, tuple[DataType, ...]]] = {
    "location": ("location", "ssid", "bssid", "wifi_scan", "cell", "bluetooth_devices"),
    "phone": (
        "imei", "meid", "imsi", "iccid", "phone_number", "serial", "mac_address", "bluetooth_address", "drm_id",
    ),
    "contacts": ("contacts", "accounts"), "storage": ("media", "files"), "calendar": ("calendar",),
    "sms": ("sms",), "call_log": ("call_log",), "camera": ("camera",), "microphone": ("microphone",),
    "nearby": ("bluetooth_devices", "bluetooth_address"), "apps": ("installed_apps", "running_apps"),
}  # fmt: skip
"""The kind that a denial withholds, with what stands for it: a denied place is not to be had from Wi-Fi."""

ONE_PURPOSE: Final = (frozenset({"camera", "microphone"}), frozenset({"camera", "storage"}))
"""Groups that one feature (a video, a photo) plainly needs together."""

_WORDS: Final[dict[str, str]] = {
    "location": r"位置|定位|附近|地图|导航|城市|天气|locat|near|map|navigat|weather|position",
    "camera": r"相机|拍照|拍摄|摄像|扫一扫|扫码|二维码|头像|视频|人脸|camera|photo|scan|qr|avatar|video|face",
    "microphone": r"麦克风|录音|语音|说话|视频|唱|microphone|record|voice|audio|speak|video",
    "contacts": r"通讯录|联系人|好友|contacts?|address book|friends|invite",
    "calendar": r"日历|日程|提醒|预约|签到|calendar|remind|schedule|event",
    "phone": r"电话|拨打|客服|本机号码|一键登录|设备信息|设备识别|手机识别|phone|call|dial|device id",
    "call_log": r"通话记录|骚扰|拦截|call log|block",
    "sms": r"短信|验证码|sms|text message|code",
    "storage": r"存储|相册|图片|照片|文件|保存|下载|上传|头像|缓存|storage|photo|gallery|album|file|save|download|"
    r"upload|picture|media",
    "sensors": r"步数|计步|运动|健康|心率|steps?|fitness|health|heart|sport|activity",
    "nearby": r"蓝牙|附近设备|耳机|手环|bluetooth|nearby|headset|band|pair",
    "apps": r"应用列表|已安装|清理|卸载|加速|installed apps|clean|uninstall|app list",
}  # fmt: skip
_PATTERNS: Final = {group: re.compile(pattern, re.IGNORECASE) for group, pattern in _WORDS.items()}
_PURPOSE: Final = re.compile(
    r"用于|以便|便于|方便|为了|为您|为你|从而|帮助您|才能|使您|需要.{0,12}(?:权限|访问)|实现|"
    r"\bto (?:show|find|let|take|scan|send|share|save|help|provide|record|set|use|make|read|invite|navigate)\b|"
    r"\bso that\b|\bin order to\b|\bfor (?:your|the|a|an|navigation|payment|scanning)\b",
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    r"保证.{0,6}正常使用|正常使用|更好的?(?:服务|体验)|提升.{0,6}体验|改善.{0,6}(?:体验|服务)|优化.{0,6}(?:体验|服务)|"
    r"完整.{0,4}(?:服务|功能)|相关服务|improve.{0,20}experience|better (?:service|experience)|work properly|"
    r"full functionality",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"[。；;！!\n]|\.\s")


def group_of(permission: str) -> str | None:
    """None for a permission that opens no personal data."""
    return _GROUP_OF.get(permission.rpartition(".")[2])


def requests(run: Segment) -> Events[Permission]:
    """Requests of permissions that open personal data."""
    return run.permissions.where(
        lambda event: event.action == "requested" and group_of(event.permission) is not None
    )


def denials(run: Segment) -> list[tuple[str, Permission]]:
    """The first denial of each group, with the group."""
    first: dict[str, Permission] = {}
    for event in run.permissions:
        group = group_of(event.permission)
        if event.action == "denied" and group is not None:
            first.setdefault(group, event)
    return list(first.items())


def asks_for(group: str, text: str) -> bool:
    """Whether the words name a feature that needs the group."""
    return _PATTERNS[group].search(text) is not None


def trigger(run: Segment, event: Event, within_s: float) -> Tap | None:
    """The last tap of the driver on the app that the event may answer; None when nothing was touched."""
    return last_act(run.taps, event, within_s * 1000)


def window_of(run: Segment, request: Permission) -> Screen | None:
    """The window in which the system asked the user; None when none showed."""
    return next((one for one in run.screens if one.id == request.window), None)


def is_triggered(run: Segment, event: Event, group: str, within_s: float) -> bool:
    """The driver had just opened a feature whose words ask for the group."""
    tap = trigger(run, event, within_s)
    opened = run.acts.where(
        lambda act: (
            act.act in ("opened_feature", "chose")
            and 0 <= event.t_hi - act.t_lo <= within_s * 1000
            and asks_for(group, act.text)
        )
    )
    return bool(opened) or (tap is not None and asks_for(group, tap.text))


def purpose(group: str, texts: Iterable[str]) -> str:
    """ "told", "vague" or "": what the texts say about why the group is wanted."""
    found = ""
    for text in texts:
        for sentence in _SPLIT.split(text):
            if not (asks_for(group, sentence) and _PURPOSE.search(sentence)):
                continue
            if not _VAGUE.search(sentence):
                return "told"
            found = "vague"
    return found


def texts_of(screens: Iterable[Screen]) -> list[str]:
    return [element.text for screen in screens for element in screen.elements if element.text]


def named(groups: Iterable[str], zh: bool = False) -> str:
    words = [NAMES[group][zh] for group in groups]
    return ("、" if zh else ", ").join(words)
