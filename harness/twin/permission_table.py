"""Android 13's runtime permissions: their groups, their AppOps, and the words of the dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

P: Final = "android.permission."
BACKGROUND_LOCATION: Final = P + "ACCESS_BACKGROUND_LOCATION"


@dataclass(frozen=True, slots=True)
class Group:
    permissions: tuple[str, ...]
    zh: str
    """What the app would be allowed to do, as the dialog says it."""
    en: str
    while_in_use: bool = False
    """The dialog offers "while using the app" and "only this time" instead of "allow"."""


def _group(names: str, zh: str, en: str, while_in_use: bool = False) -> Group:
    return Group(tuple(P + name for name in names.split()), zh, en, while_in_use)


GROUPS: Final[dict[str, Group]] = {
    "location": _group(
        "ACCESS_FINE_LOCATION ACCESS_COARSE_LOCATION ACCESS_BACKGROUND_LOCATION",
        "获取此设备的位置信息",
        "access this device’s location",
        True,
    ),
    "camera": _group(
        "CAMERA BACKGROUND_CAMERA", "拍摄照片和录制视频", "take pictures and record video", True
    ),
    "microphone": _group("RECORD_AUDIO RECORD_BACKGROUND_AUDIO", "录音", "record audio", True),
    "contacts": _group("READ_CONTACTS WRITE_CONTACTS GET_ACCOUNTS", "访问您的通讯录", "access your contacts"),
    "calendar": _group("READ_CALENDAR WRITE_CALENDAR", "访问您的日历", "access your calendar"),
    "sms": _group(
        "READ_SMS SEND_SMS RECEIVE_SMS RECEIVE_WAP_PUSH RECEIVE_MMS",
        "发送和查看短信",
        "send and view SMS messages",
    ),
    "call_log": _group(
        "READ_CALL_LOG WRITE_CALL_LOG PROCESS_OUTGOING_CALLS",
        "访问手机通话记录",
        "access your phone call logs",
    ),
    "phone": _group(
        "READ_PHONE_STATE READ_PHONE_NUMBERS CALL_PHONE ADD_VOICEMAIL USE_SIP ANSWER_PHONE_CALLS "
        "ACCEPT_HANDOVER",
        "拨打电话和管理通话",
        "make and manage phone calls",
    ),
    "storage": _group(
        "READ_EXTERNAL_STORAGE WRITE_EXTERNAL_STORAGE ACCESS_MEDIA_LOCATION",
        "访问您设备上的照片、媒体内容和文件",
        "access photos and media on your device",
    ),
    "visual_media": _group(
        "READ_MEDIA_IMAGES READ_MEDIA_VIDEO",
        "访问此设备上的照片和视频",
        "access photos and videos on this device",
    ),
    "aural_media": _group(
        "READ_MEDIA_AUDIO", "访问此设备上的音乐和音频", "access music and audio on this device"
    ),
    "sensors": _group(
        "BODY_SENSORS BODY_SENSORS_BACKGROUND",
        "访问与您的生命体征相关的传感器数据",
        "access sensor data about your vital signs",
        True,
    ),
    "activity": _group("ACTIVITY_RECOGNITION", "访问您的身体活动数据", "access your physical activity"),
    "nearby": _group(
        "BLUETOOTH_SCAN BLUETOOTH_CONNECT BLUETOOTH_ADVERTISE NEARBY_WIFI_DEVICES UWB_RANGING",
        "查找、连接到附近的设备以及确定附近设备的相对位置",
        "find, connect to, and determine the relative position of nearby devices",
    ),
    "notifications": _group("POST_NOTIFICATIONS", "向您发送通知", "send you notifications"),
}
_GROUP_OF: Final = {permission: name for name, group in GROUPS.items() for permission in group.permissions}

SPECIAL: Final = frozenset(
    {
        P + "SYSTEM_ALERT_WINDOW", P + "WRITE_SETTINGS", P + "PACKAGE_USAGE_STATS",
        P + "MANAGE_EXTERNAL_STORAGE", P + "REQUEST_INSTALL_PACKAGES", P + "SCHEDULE_EXACT_ALARM",
        P + "READ_PRIVILEGED_PHONE_STATE", P + "WRITE_SECURE_SETTINGS", P + "READ_LOGS", P + "DUMP",
        P + "LOCAL_MAC_ADDRESS", P + "MODIFY_PHONE_STATE", P + "INSTALL_PACKAGES", P + "DELETE_PACKAGES",
        P + "READ_FRAME_BUFFER", P + "REAL_GET_TASKS",
    }
)  # fmt: skip
"""An app never gets these by asking: a settings page, or the platform's signature, grants them."""

OPS: Final[dict[str, str]] = {
    "COARSE_LOCATION": P + "ACCESS_COARSE_LOCATION",
    "FINE_LOCATION": P + "ACCESS_FINE_LOCATION",
    "READ_CONTACTS": P + "READ_CONTACTS",
    "WRITE_CONTACTS": P + "WRITE_CONTACTS",
    "READ_CALL_LOG": P + "READ_CALL_LOG",
    "READ_CALENDAR": P + "READ_CALENDAR",
    "READ_SMS": P + "READ_SMS",
    "SEND_SMS": P + "SEND_SMS",
    "CAMERA": P + "CAMERA",
    "RECORD_AUDIO": P + "RECORD_AUDIO",
    "READ_PHONE_STATE": P + "READ_PHONE_STATE",
    "READ_PHONE_NUMBERS": P + "READ_PHONE_NUMBERS",
    "GET_ACCOUNTS": P + "GET_ACCOUNTS",
    "READ_EXTERNAL_STORAGE": P + "READ_EXTERNAL_STORAGE",
    "READ_MEDIA_IMAGES": P + "READ_MEDIA_IMAGES",
    "READ_MEDIA_VIDEO": P + "READ_MEDIA_VIDEO",
    "READ_MEDIA_AUDIO": P + "READ_MEDIA_AUDIO",
    "BODY_SENSORS": P + "BODY_SENSORS",
    "ACTIVITY_RECOGNITION": P + "ACTIVITY_RECOGNITION",
    "BLUETOOTH_SCAN": P + "BLUETOOTH_SCAN",
    "BLUETOOTH_CONNECT": P + "BLUETOOTH_CONNECT",
    "POST_NOTIFICATION": P + "POST_NOTIFICATIONS",
    "SYSTEM_ALERT_WINDOW": P + "SYSTEM_ALERT_WINDOW",
}
"""Which permission an op goes with; ops that are not here need none."""


def group_of(permission: str) -> str | None:
    """None for permissions that the user is not asked about."""
    return _GROUP_OF.get(permission)


def is_install_time(permission: str) -> bool:
    """Granted by installing: everything that is neither asked for nor special."""
    return permission not in _GROUP_OF and permission not in SPECIAL
