"""The kinds of personal data the product names, with the class (D0-D15) the checks use."""

from __future__ import annotations

from typing import Final, Literal, get_args

DataType = Literal[
    "android_id", "imei", "meid", "imsi", "iccid", "serial", "phone_number", "oaid", "advertising_id",
    "mac_address", "bluetooth_address", "bluetooth_devices", "drm_id", "ssid", "bssid", "wifi_scan", "ip_address",
    "location", "cell",
    "contacts", "call_log", "sms", "calendar", "clipboard", "installed_apps", "running_apps", "accounts",
    "sensors", "camera", "microphone", "screen_capture", "media", "files", "carrier", "device_model", "other",
]  # fmt: skip
DATA_TYPES: Final[tuple[DataType, ...]] = get_args(DataType)

DataClass = Literal[
    "D0", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D11", "D12", "D13", "D14", "D15",
]  # fmt: skip

CLASS_OF: Final[dict[DataType, DataClass]] = {
    "imei": "D1", "meid": "D1", "imsi": "D1", "iccid": "D1", "serial": "D1", "mac_address": "D1",
    "bluetooth_address": "D1", "drm_id": "D1",
    "android_id": "D2", "oaid": "D2", "advertising_id": "D2", "ip_address": "D2",
    "ssid": "D3", "bssid": "D3", "wifi_scan": "D3", "location": "D3", "cell": "D3", "bluetooth_devices": "D3",
    "contacts": "D4", "call_log": "D5", "sms": "D5", "installed_apps": "D6", "running_apps": "D6",
    "clipboard": "D7", "sensors": "D8", "media": "D9", "files": "D9",
    "camera": "D10", "microphone": "D10", "screen_capture": "D10",
    "accounts": "D11", "phone_number": "D11", "calendar": "D13",
    "carrier": "D0", "device_model": "D0", "other": "D0",
}  # fmt: skip
"""D0 is a device fact that identifies nobody alone; D1 immutable ids; D2 resettable ids; see docs/checks.md."""

NAMES: Final[dict[DataType, tuple[str, str]]] = {
    "android_id": ("Android ID", "Android ID"), "imei": ("IMEI", "IMEI"), "meid": ("MEID", "MEID"),
    "imsi": ("IMSI", "IMSI"), "iccid": ("SIM serial number (ICCID)", "SIM卡序列号(ICCID)"),
    "serial": ("hardware serial number", "设备序列号"), "phone_number": ("own phone number", "本机号码"),
    "oaid": ("OAID", "OAID"), "advertising_id": ("advertising ID", "广告标识符"),
    "mac_address": ("Wi-Fi MAC address", "MAC地址"), "bluetooth_address": ("Bluetooth address", "蓝牙地址"),
    "bluetooth_devices": ("nearby Bluetooth devices", "周边蓝牙设备"), "drm_id": ("DRM device ID", "DRM设备标识"),
    "ssid": ("Wi-Fi name (SSID)", "Wi-Fi名称(SSID)"), "bssid": ("router address (BSSID)", "路由器地址(BSSID)"),
    "wifi_scan": ("list of nearby Wi-Fi networks", "周边Wi-Fi列表"), "ip_address": ("IP address", "IP地址"),
    "location": ("location", "位置信息"), "cell": ("cell tower", "基站信息"), "contacts": ("contacts", "通讯录"),
    "call_log": ("call log", "通话记录"), "sms": ("text messages", "短信"), "calendar": ("calendar", "日历"),
    "clipboard": ("clipboard", "剪贴板"), "installed_apps": ("installed apps", "应用列表"),
    "running_apps": ("running apps", "运行中应用"), "accounts": ("accounts", "设备账号"),
    "sensors": ("sensors", "传感器"), "camera": ("camera", "摄像头"), "microphone": ("microphone", "麦克风"),
    "screen_capture": ("screen capture", "屏幕截取"), "media": ("photos and media", "照片与媒体"),
    "files": ("files", "存储文件"), "carrier": ("carrier and SIM country", "运营商信息"),
    "device_model": ("device model", "设备型号"), "other": ("other data", "其他信息"),
}  # fmt: skip
"""(English, Chinese)."""


def is_personal(data_type: DataType) -> bool:
    """Whether the checks count a read of it as collecting personal data (everything but D0)."""
    return CLASS_OF[data_type] != "D0"
