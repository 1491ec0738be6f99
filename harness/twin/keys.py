"""Android's key codes, by number and by the names that shells and uiautomator use."""

from __future__ import annotations

from typing import Final

KEYS: Final[dict[int, str]] = {
    3: "HOME", 4: "BACK", 5: "CALL", 6: "ENDCALL",
    **{7 + digit: str(digit) for digit in range(10)},
    17: "STAR", 18: "POUND", 19: "DPAD_UP", 20: "DPAD_DOWN", 21: "DPAD_LEFT", 22: "DPAD_RIGHT",
    23: "DPAD_CENTER", 24: "VOLUME_UP", 25: "VOLUME_DOWN", 26: "POWER", 27: "CAMERA",
    **{29 + number: chr(65 + number) for number in range(26)},
    55: "COMMA", 56: "PERIOD", 59: "SHIFT_LEFT", 60: "SHIFT_RIGHT", 61: "TAB", 62: "SPACE", 66: "ENTER",
    67: "DEL", 68: "GRAVE", 69: "MINUS", 70: "EQUALS", 71: "LEFT_BRACKET", 72: "RIGHT_BRACKET",
    73: "BACKSLASH", 74: "SEMICOLON", 75: "APOSTROPHE", 76: "SLASH", 77: "AT", 79: "HEADSETHOOK",
    81: "PLUS", 82: "MENU",
    84: "SEARCH", 85: "MEDIA_PLAY_PAUSE", 92: "PAGE_UP", 93: "PAGE_DOWN", 111: "ESCAPE", 112: "FORWARD_DEL",
    122: "MOVE_HOME", 123: "MOVE_END", 160: "NUMPAD_ENTER", 164: "VOLUME_MUTE", 187: "APP_SWITCH",
    220: "BRIGHTNESS_DOWN", 221: "BRIGHTNESS_UP", 223: "SLEEP", 224: "WAKEUP", 277: "CUT", 278: "COPY",
    279: "PASTE",
}  # fmt: skip
_SHORT: Final = {
    "left": 21, "right": 22, "up": 19, "down": 20, "center": 23, "delete": 67, "recent": 187,
}  # fmt: skip
_CODES: Final = {name.lower(): code for code, name in KEYS.items()} | _SHORT
_PRESS_NAMES: Final = frozenset(_SHORT) | {
    "home", "back", "menu", "search", "enter", "del", "volume_up", "volume_down", "volume_mute", "camera",
    "power",
}  # fmt: skip
"""What uiautomator's pressKey knows."""
_CHARACTERS: Final = {
    17: "*", 18: "#", 55: ",", 56: ".", 62: " ", 68: "`", 69: "-", 70: "=", 71: "[", 72: "]", 73: "\\",
    74: ";", 75: "'", 76: "/", 77: "@", 81: "+",
}  # fmt: skip
MAX_CODE: Final = 1000


def code_of(key: int | str) -> int:
    """Of 4, "4", "BACK", "back" or "KEYCODE_BACK". Digits are numbers; ValueError for what is no key."""
    if isinstance(key, int):
        code = key
    elif key.isdigit():
        code = int(key)
    else:
        name = key.lower().removeprefix("keycode_")
        if name not in _CODES:
            raise ValueError(f"{key} is not a key")
        code = _CODES[name]
    if not 0 < code <= MAX_CODE:
        raise ValueError(f"{key} is not a key")
    return code


def is_press_name(name: str) -> bool:
    return name.lower() in _PRESS_NAMES


def character(code: int) -> str:
    """What the key types; "" for keys that type nothing."""
    if 7 <= code <= 16:
        return str(code - 7)
    if 29 <= code <= 54:
        return chr(97 + code - 29)
    return _CHARACTERS.get(code, "")
