"""Pictures on the device: a small JPEG each, taken where the device is, and what their EXIF tags say."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Final

from PIL import ExifTags, Image, UnidentifiedImageError

from harness.twin.binder import BinderError, Call, service
from harness.twin.identity import Identity

GPS: Final = 0x8825
LARGEST: Final = 2_000_000
"""Base64 characters of a file whose tags are read."""
MICRO: Final = 1_000_000


def picture(identity: Identity, number: int, with_place: bool) -> bytes:
    """The bytes of one of the device's pictures. Android cuts the place out for apps that may not know it."""
    image = Image.new("RGB", (32, 24), (37 * number % 256, 91 * number % 256, 153))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = identity.build.manufacturer
    exif[ExifTags.Base.Model] = identity.build.model
    if with_place:
        place = exif.get_ifd(GPS)
        place[ExifTags.GPS.GPSLatitudeRef] = "N"
        place[ExifTags.GPS.GPSLatitude] = _sexagesimal(identity.latitude)
        place[ExifTags.GPS.GPSLongitudeRef] = "E"
        place[ExifTags.GPS.GPSLongitude] = _sexagesimal(identity.longitude)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@service("exif.read")
def read_tags(call: Call, content: str) -> dict[str, str]:
    """Tags by name as Android writes them ("33/1,48/1,…"), and latitude and longitude in degrees."""
    if len(content) > LARGEST:
        raise BinderError("java.io.IOException", "the picture is too large")
    try:
        exif = Image.open(io.BytesIO(base64.b64decode(content))).getexif()
    except (UnidentifiedImageError, binascii.Error, OSError, ValueError) as error:
        raise BinderError("java.io.IOException", f"Invalid image: {error}") from error
    place = exif.get_ifd(GPS)
    tags = {
        ExifTags.TAGS[tag]: str(value) for tag, value in exif.items() if tag in ExifTags.TAGS and tag != GPS
    }
    for tag, value in place.items():
        shown = value if isinstance(value, str) else ",".join(_fraction(float(each)) for each in value)
        tags[ExifTags.GPSTAGS.get(tag, str(tag))] = shown
    if ExifTags.GPS.GPSLatitude in place and ExifTags.GPS.GPSLongitude in place:
        tags["latitude"] = str(_degrees(place[ExifTags.GPS.GPSLatitude]))
        tags["longitude"] = str(_degrees(place[ExifTags.GPS.GPSLongitude]))
    return tags


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(degrees, 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 6)


def _degrees(value: tuple[float, float, float]) -> float:
    hours, minutes, seconds = (float(each) for each in value)
    return round(hours + minutes / 60 + seconds / 3600, 7)


def _fraction(value: float) -> str:
    return f"{int(value)}/1" if value == int(value) else f"{round(value * MICRO)}/{MICRO}"
