"""Pictures with known colours: what is measured is what was painted."""

from __future__ import annotations

import io
import json

import pytest
import typer
from PIL import Image, ImageDraw, ImageFont
from typer.testing import CliRunner

from harness.cli.screen import register
from harness.model.errors import InputError
from harness.screen.choice import design_of as measured
from harness.screen.dialogs import classify
from harness.screen.pixels import contrast
from harness.testing import HEIGHT, WIDTH, box, button, dialog, draw, page, row, text

BODY = "请您仔细阅读《用户协议》和《隐私政策》，我们会按照其中的规则收集和使用您的个人信息。"


def design_of(reading, picture=None):
    return measured(reading.kind, reading.elements, picture)


def painted(reading, looks, ground="#ffffff", other=("#000000", "#ffffff")):
    """The elements as boxes with stripes for letters: role → (ground, writing)."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    pen = ImageDraw.Draw(picture)
    for element in reading.elements:
        back, ink = looks.get(element.role, other[::-1])
        left, top, right, bottom = element.bounds
        pen.rectangle((left, top, right - 1, bottom - 1), fill=back)
        for y in range(top + 20, bottom - 30, 60):
            for x in range(left + 20, right - 20, 40):
                pen.rectangle((x, y, x + 8, y + 26), fill=ink)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def asked(*answers, extra=()):
    return classify(draw(dialog(text("温馨提示"), text(BODY), *extra, row(*answers))))


def test_contrast_is_that_of_the_standard():
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((119, 119, 119), (255, 255, 255)) == 4.48
    assert contrast((10, 20, 30), (10, 20, 30)) == 1


def test_a_pale_refusal_beside_a_strong_agreement_is_measured():
    reading = asked(button("不同意"), button("同意"))
    picture = painted(reading, {"agree": ("#0057d9", "#ffffff"), "refuse": ("#ffffff", "#cccccc")})
    design = design_of(reading, picture)
    assert (design.agree.ground, design.agree.writing) == ("#0057d9", "#ffffff")
    assert (design.refuse.ground, design.refuse.writing) == ("#ffffff", "#cccccc")
    assert design.refuse.contrast == contrast((204, 204, 204), (255, 255, 255)) < 2
    assert design.contrast_ratio > 3 and design.size_ratio == 1
    assert (design.steps_to_agree, design.steps_to_refuse) == (1, 1)
    assert design.policy_text.contrast == 21 and design.policy_text.line_height == 60


def test_answers_painted_alike_are_alike():
    reading = asked(button("不同意"), button("同意"))
    look = ("#222222", "#eeeeee")
    design = design_of(reading, painted(reading, {"agree": look, "refuse": look}))
    assert design.contrast_ratio == 1 and design.size_ratio == 1 and not design.ticked_boxes


def test_colours_that_cannot_be_seen_are_not_guessed():
    reading = asked(button("不同意"), button("同意"))
    assert design_of(reading).agree.contrast is None
    flat = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "#808080").save(flat, "PNG")
    assert design_of(reading, flat.getvalue()).agree.contrast is None
    small = io.BytesIO()
    Image.new("RGB", (50, 50), "#808080").save(small, "PNG")
    design = design_of(reading, small.getvalue())
    assert design.refuse.contrast is None and design.link_in_view is False


def test_real_letters_with_smooth_edges_keep_their_colours():
    reading = asked(button("不同意"), button("同意"))
    picture = Image.open(io.BytesIO(painted(reading, {})))
    pen = ImageDraw.Draw(picture)
    [agree] = [one for one in reading.elements if one.role == "agree"]
    pen.rectangle(agree.bounds, fill="#e8f0fe")
    font = ImageFont.load_default(48)
    pen.text((agree.bounds[0] + 120, agree.bounds[1] + 15), "Agree", fill="#1a73e8", font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    look = design_of(reading, out.getvalue()).agree
    assert (look.ground, look.writing) == ("#e8f0fe", "#1a73e8")


def test_a_ticked_box_counts_and_an_empty_one_is_a_step():
    ticked = design_of(
        asked(button("拒绝"), button("同意"), extra=[box("我已阅读并同意《隐私政策》", "checked")])
    )
    assert ticked.ticked_boxes == ["我已阅读并同意《隐私政策》"] and ticked.steps_to_agree == 1
    empty = design_of(asked(button("拒绝"), button("同意"), extra=[box("我已阅读并同意《隐私政策》")]))
    assert not empty.ticked_boxes and empty.steps_to_agree == 2


def test_without_a_refusal_the_pages_that_may_hold_one_are_named():
    reading = classify(
        draw(dialog(text("Cookies"), text("We and our partners use cookies to process personal data."),
                    row(button("Manage options"), button("Accept all"))))
    )  # fmt: skip
    design = design_of(reading)
    assert (
        design.refuse is None
        and design.steps_to_refuse is None
        and design.refuse_behind == ["Manage options"]
    )


def test_a_link_below_the_fold_is_not_in_view():
    reading = asked(button("不同意"), button("同意"))
    assert design_of(reading, painted(reading, {})).link_in_view is True
    low = [
        one.model_copy(update={"bounds": (0, HEIGHT + 10, 400, HEIGHT + 60)})
        if one.role == "policy_link"
        else one
        for one in reading.elements
    ]
    hidden = type(reading)(reading.kind, None, "", "", low)
    assert design_of(hidden, painted(reading, {})).link_in_view is False


def test_other_screens_have_no_design():
    assert design_of(classify(draw(page(text("首页"))))) is None


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_an_input_error(data):
    with pytest.raises(InputError):
        design_of(asked(button("不同意"), button("同意")), data)


def test_the_command_measures_a_picture(tmp_path):
    xml = draw(dialog(text("温馨提示"), text(BODY), row(button("不同意"), button("同意"))))
    (tmp_path / "a.xml").write_text(xml)
    picture = painted(classify(xml), {"refuse": ("#ffffff", "#dddddd")})
    (tmp_path / "a.png").write_bytes(picture)
    app = typer.Typer()
    register(app)
    asked_for = [str(tmp_path / "a.xml"), "--screenshot", str(tmp_path / "a.png")]
    facts = json.loads(CliRunner().invoke(app, [*asked_for, "--json"]).stdout)
    assert facts["design"]["refuse"]["writing"] == "#dddddd"
    said = CliRunner().invoke(app, asked_for).stdout
    assert "refuse:" in said and "#dddddd on #ffffff" in said
    wrong = CliRunner().invoke(app, [str(tmp_path / "a.xml"), *asked_for])
    assert wrong.exit_code != 0
