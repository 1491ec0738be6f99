"""Permissions that open personal data: the runtime ones of AOSP, without notifications."""

from __future__ import annotations

from typing import Final

_NAMES: Final = [
    "READ_CALENDAR",
    "WRITE_CALENDAR",
    "CAMERA",
    "READ_CONTACTS",
    "WRITE_CONTACTS",
    "GET_ACCOUNTS",
    "ACCESS_FINE_LOCATION",
    "ACCESS_COARSE_LOCATION",
    "ACCESS_BACKGROUND_LOCATION",
    "ACCESS_MEDIA_LOCATION",
    "RECORD_AUDIO",
    "READ_PHONE_STATE",
    "READ_PHONE_NUMBERS",
    "CALL_PHONE",
    "ANSWER_PHONE_CALLS",
    "READ_CALL_LOG",
    "WRITE_CALL_LOG",
    "PROCESS_OUTGOING_CALLS",
    "USE_SIP",
    "ACCEPT_HANDOVER",
    "BODY_SENSORS",
    "BODY_SENSORS_BACKGROUND",
    "ACTIVITY_RECOGNITION",
    "SEND_SMS",
    "RECEIVE_SMS",
    "READ_SMS",
    "RECEIVE_WAP_PUSH",
    "RECEIVE_MMS",
    "READ_EXTERNAL_STORAGE",
    "WRITE_EXTERNAL_STORAGE",
    "MANAGE_EXTERNAL_STORAGE",
    "READ_MEDIA_IMAGES",
    "READ_MEDIA_VIDEO",
    "READ_MEDIA_AUDIO",
    "READ_MEDIA_VISUAL_USER_SELECTED",
    "BLUETOOTH_SCAN",
    "BLUETOOTH_CONNECT",
    "BLUETOOTH_ADVERTISE",
    "NEARBY_WIFI_DEVICES",
    "UWB_RANGING",
    "QUERY_ALL_PACKAGES",
    "PACKAGE_USAGE_STATS",
]
# POST_NOTIFICATIONS opens no data of the user's (Android 13), so it is not here.
COLLECTING: Final = frozenset(f"android.permission.{name}" for name in _NAMES) | {
    "com.android.voicemail.permission.ADD_VOICEMAIL",
    "com.android.permission.GET_INSTALLED_APPS",
}
