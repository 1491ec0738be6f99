"""Motion and light. The device lies on a table; samples differ only in noise."""

from __future__ import annotations

import math
from typing import Any, Final

from harness.twin.binder import Call, security, service
from harness.twin.identity import SensorPart
from harness.twin.services.guard import full, holds, note, target_sdk
from harness.twin.services.repeat import STREAMS

STRING_TYPES: Final = {
    1: "android.sensor.accelerometer",
    2: "android.sensor.magnetic_field",
    4: "android.sensor.gyroscope",
    5: "android.sensor.light",
    8: "android.sensor.proximity",
    19: "android.sensor.step_counter",
}
RESTING: Final = {
    1: (0.02, 0.05, 9.79),
    2: (21.3, -4.1, -40.8),
    4: (0.001, -0.002, 0.0005),
    5: (96.0,),
    8: (5.0,),
    19: (4021.0,),
}
STEP_COUNTER: Final = 19
HIGH_RATE_US: Final = 5_000
FASTEST_S: Final = 0.02
"""Samples go through the binder channel; a phone's fastest rates would only measure the channel."""


@service("sensors.list")
def sensors(call: Call) -> list[dict[str, Any]]:
    return [_facts(sensor) for sensor in call.device.identity.sensors]


@service("sensors.register")
async def register(call: Call, listener: int, sensor_type: int, period_us: int) -> bool:
    """False when the caller may not use the sensor; `sensor.event` events follow otherwise."""
    sensor = next((each for each in call.device.identity.sensors if each.type == sensor_type), None)
    if sensor is None:
        return False
    if sensor_type == STEP_COUNTER:
        if target_sdk(call) >= 29 and not holds(call, "ACTIVITY_RECOGNITION"):
            return False
        note(call, "ACTIVITY_RECOGNITION")
    fast = 0 < period_us < HIGH_RATE_US and sensor.min_delay_us > 0 and target_sdk(call) >= 31
    if fast and not holds(call, "HIGH_SAMPLING_RATE_SENSORS"):
        raise security(
            f"To use the sampling rate of {period_us} microseconds, app needs to declare the normal "
            f"permission {full('HIGH_SAMPLING_RATE_SENSORS')}."
        )
    interval_s = max(period_us / 1e6, sensor.min_delay_us / 1e6, FASTEST_S) if sensor.min_delay_us else 1.0
    STREAMS.of(call.device).start(
        call, "sensor.event", listener, interval_s, lambda: _sample(call, listener, sensor)
    )
    return True


@service("sensors.unregister")
def unregister(call: Call, listener: int) -> None:
    STREAMS.of(call.device).stop(call, "sensor.event", listener)


def _sample(call: Call, listener: int, sensor: SensorPart) -> dict[str, Any]:
    boot_ms = call.device.clock.boot_ms()
    wobble = sensor.resolution * math.sin(boot_ms) if sensor.min_delay_us else 0.0
    return {
        "listener": listener,
        "values": [value + wobble for value in RESTING[sensor.type]],
        "boot_ms": boot_ms,
    }


def _facts(sensor: SensorPart) -> dict[str, Any]:
    return {
        "name": sensor.name,
        "vendor": sensor.vendor,
        "type": sensor.type,
        "string_type": STRING_TYPES[sensor.type],
        "version": sensor.version,
        "max_range": sensor.max_range,
        "resolution": sensor.resolution,
        "power_ma": sensor.power_ma,
        "min_delay_us": sensor.min_delay_us,
    }
