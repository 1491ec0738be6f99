"""What is done to the phone rather than to the app: keys, the end of the app's process, and what wakes apps."""

from __future__ import annotations

import shlex
from typing import Final

from harness.scenario.answered import refused, said
from harness.scenario.step import Way
from harness.scenario.touch import Done, Finger
from harness.scenario.watch import Glass, Handset, Time, Watch

GONE_SECONDS: Final = 5.0


class DeviceActs:
    def __init__(
        self, finger: Finger, screen: Glass, watch: Watch, phone: Handset, clock: Time, package: str
    ) -> None:
        self._finger = finger
        self._screen = screen
        self._watch = watch
        self._phone = phone
        self._clock = clock
        self._package = package

    def press(self, key: str) -> Done:
        if key == "screen_off":
            return self._power(on=False)
        if key == "screen_on":
            return self._power(on=True)
        changed, _ = self._finger.press(key, "the scenario says so")
        return Done(changed or key == "back", "" if changed else "nothing changed")

    def go_home(self, reason: str) -> None:
        """The home key, unless the home screen or another app is in front already."""
        reading = self._watch.look().reading
        if reading.package == self._package or reading.kind == "permission":
            self._finger.press("home", reason)

    def _power(self, on: bool) -> Done:
        """By the keys that only put to sleep and only wake, so that no state is assumed."""
        result = self._phone.shell("input keyevent KEYCODE_WAKEUP" if on else "input keyevent KEYCODE_SLEEP")
        if result.code != 0:
            return Done(False, f"the phone says: {said(result)}")
        if on:
            self._phone.shell("wm dismiss-keyguard")
        self._clock.sleep(0.5)
        awake = self._awake()
        if awake is None:
            return Done(detail="the phone does not say whether its screen is on")
        return Done(awake == on, "" if awake == on else f"the screen is {'on' if awake else 'off'}")

    def _awake(self) -> bool | None:
        text = self._phone.shell("dumpsys power").stdout
        if "mWakefulness=" not in text:
            return None
        return "mWakefulness=Awake" in text

    def end(self, way: Way) -> Done:
        """End the process as a user or the system does, never by a forced stop: that would also keep the app
        from being started again by what it registered for."""
        self._watch.leave()
        self.go_home("an app in front is not ended by the system")
        if way == "swipe":
            swiped = self._swipe_away()
            if swiped is not None:
                return swiped
        result = self._phone.shell(f"am kill {shlex.quote(self._package)}")
        if result.code != 0:
            return Done(False, f"the phone says: {said(result)}", goes_on=True)
        gone = self.wait_gone()
        how = "by am kill" + ("; its card among the recent apps was not found" if way == "swipe" else "")
        return Done(gone, how if gone else f"{how}, but its process goes on", goes_on=True)

    def _swipe_away(self) -> Done | None:
        """None when its card is not to be told among the recent apps."""
        ids = self._task_ids()
        for task in ids:
            # Android 7 to 14: what a swipe does to the task, without the launcher's drawing.
            result = self._phone.shell(f"am stack remove {task}")
            if result.code == 0 and not refused(result) and self.wait_gone():
                return Done(detail="its task was removed, as a swipe in the recent apps does")
        return None

    def _task_ids(self) -> list[str]:
        text = self._phone.shell("am stack list").stdout
        return [
            line.partition("taskId=")[2].partition(":")[0].strip()
            for line in text.splitlines()
            if "taskId=" in line and f" {self._package}/" in line
        ][:5]

    def wait_gone(self) -> bool:
        """Whether the app's main process ended in time."""
        deadline = self._clock.now_ms() + GONE_SECONDS * 1000
        while self.is_running():
            if self._clock.now_ms() >= deadline:
                return False
            self._clock.sleep(0.1)
        return True

    def is_running(self) -> bool:
        """Whether the app has a main process."""
        return bool(self._phone.shell(f"pidof {shlex.quote(self._package)}").stdout.split())

    def locale(self, tag: str) -> Done:
        """The app's language (Android 13 and later); read back."""
        package = shlex.quote(self._package)
        result = self._phone.shell(f"cmd locale set-app-locales {package} --locales {shlex.quote(tag)}")
        back = self._phone.shell(f"cmd locale get-app-locales {package}")
        held = tag in back.stdout
        return Done(held, "" if held else f"the phone says: {said(result) or said(back)}", goes_on=True)
