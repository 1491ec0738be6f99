"""PB-D02: face (or another biometric) as the only way, or face data leaving the device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from harness.model.event import Screen, Tap
from harness.rules.fact import fact, into, into_zh
from harness.rules.features import texts_of
from harness.rules.opaque import unreadable
from harness.rules.profile import Profile
from harness.rules.rule import Absent, Doubt, Said, rule
from harness.rules.surfaces import AGREE
from harness.timeline.timeline import Segment

FIX: Final = "Offer another way of verifying, and ask for the face alone before it is taken."
BIOMETRIC: Final = frozenset({"face", "voice", "fingerprint", "iris", "palm"})
ON_DEVICE: Final = frozenset({"fingerprint", "biometric_prompt"})
FACE: Final = re.compile(r"人脸|刷脸|面部|face|facial|liveness", re.IGNORECASE)
DUTY: Final = frozenset({"banking", "payment", "investment", "lending"})
"""Types of app for which the state's rules may ask for the face."""
SENT_MS: Final = 30_000
IMAGE_BYTES: Final = 8_000
"""A smaller request carries no picture of a face."""


@rule(
    id="PB-D02",
    title="Face (or other biometrics) as the only way, or face data leaving the device",
    title_zh="人脸等为唯一验证方式或人脸信息外传",
    fix_zh="提供其他验证方式，并在采集人脸前单独征得同意。",
    severity="medium",
    scenarios=["SC18"],
    gates=["screen", "proxy"],
    clauses=[
        "CVERC-24", "FACE-4", "FACE-5", "FACE-6", "FACE-8", "FACE-10", "TC203A-2.3", "DRAFT26-BIO",
    ],
)  # fmt: skip
def face_only(run: Segment, profile: Profile) -> Iterator[Said]:
    """A step of verification offered nothing but the face, or a picture left the device after the camera's
    preview with no consent for the face alone."""
    steps = run.controls.where(lambda one: one.topic == "verification")
    uses = run.calls(obtained=True).where(lambda one: one.data_type == "camera")
    faces = [one for one in run.screens if FACE.search(" ".join(texts_of([one])))]
    if not steps and not faces:
        yield Absent("No step of verification by face was met.", "未遇到人脸验证环节。")
        return
    for step in steps:
        ways = set(step.offers)
        if not ways:
            yield Doubt(
                "Which ways of verifying are offered could not be read: its screenshot settles it.",
                "无法识别提供的验证方式：查看截图可确认。",
                [step.id],
            )
        elif ways <= BIOMETRIC and not ways <= ON_DEVICE:
            if run.whole.facts.app_type in DUTY:
                yield Doubt(
                    "The face is the only way here, and the state's rules may ask for it in this type of app: a person "
                    "decides.",
                    "此处人脸为唯一方式，但该类应用可能依法需要：需人工判断。",
                    [step.id],
                )
                continue
            yield fact(
                run, [step], f"Verification ({step.text or 'unnamed'}) offers nothing but {', '.join(sorted(ways))}",
                f"验证环节（{step.text or '未命名'}）仅提供{'、'.join(sorted(ways))}", what="face as the only way",
                what_zh="人脸为唯一验证方式", when=into(run, step), when_zh=into_zh(run, step), fix=FIX,
            )  # fmt: skip
    asked = any(tap.role in AGREE and _before(run, tap) in faces for tap in run.taps)
    sent = run.flows.where(
        lambda flow: (
            flow.request_bytes >= IMAGE_BYTES
            and any(0 <= flow.t_lo - use.t_hi <= SENT_MS for use in uses)
            and any(one.t_lo <= flow.t_lo for one in faces)
        )
    )
    if sent and not asked:
        yield fact(
            run, [*sent[:5], *faces[:1]], f"A picture left for {sent[0].host} after the camera showed a face, with no "
            "consent for the face alone", f"人脸采集后向{sent[0].host}上传图像，未单独征得同意", what="face sent",
            what_zh="人脸信息外传", when=into(run, sent[0]), when_zh=into_zh(run, sent[0]), grade="A", fix=FIX,
        ).model_copy(update={"sent_to": [sent[0].host]})  # fmt: skip
    if uses:
        first = uses[0]
        yield from unreadable(
            run, lambda one: one.t_hi >= first.t_lo, "after the camera was used", "使用相机后"
        )


def _before(run: Segment, tap: Tap) -> Screen | None:
    """The screen that was touched. What a touch brings cannot have appeared before the look that shows it."""
    return next((one for one in reversed(run.screens) if one.t_hi < tap.t_hi), None)
