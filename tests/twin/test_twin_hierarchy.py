from __future__ import annotations

import asyncio
import xml.etree.ElementTree as ET

import pytest
from on_screen import LONG, AppOnScreen, column, node, screen_device

ATTRIBUTES = [
    "index",
    "text",
    "resource-id",
    "class",
    "package",
    "content-desc",
    "checkable",
    "checked",
    "clickable",
    "enabled",
    "focusable",
    "focused",
    "scrollable",
    "long-clickable",
    "password",
    "selected",
    "visible-to-user",
    "bounds",
    "drawing-order",
    "hint",
    "display-id",
]


@pytest.fixture
def app(tmp_path):
    return AppOnScreen(screen_device(tmp_path))


def dumped(app, **more):
    return ET.fromstring(app.device.windows.hierarchy(**more).encode())


def by_text(root, text):
    return [one for one in root.iter("node") if one.get("text") == text]


def test_a_node_has_the_attributes_of_the_real_server_in_their_order(app):
    app.show(
        column(
            1,
            node(
                2, "CheckBox", "同意", flags=("clickable", "checkable", "checked"), rid="com.acme.shop:id/ok"
            ),
        )
    )
    (box,) = by_text(dumped(app), "同意")
    assert list(box.attrib) == ATTRIBUTES
    assert (box.get("checked"), box.get("resource-id"), box.get("package")) == (
        "true",
        "com.acme.shop:id/ok",
        "com.acme.shop",
    )


def test_invisible_views_and_what_is_scrolled_away_are_left_out(app):
    hidden = node(3, "TextView", "hidden") | {"flags": ["enabled"]}
    rows = [node(10 + n, "TextView", f"row {n}", w=-1, h=400) for n in range(20)]
    app.show(column(1, hidden, node(4, "ScrollView", w=-1, h=-1, children=[column(5, *rows)])))
    root = dumped(app)
    assert not by_text(root, "hidden")
    assert by_text(root, "row 0")
    assert not by_text(root, "row 19")
    (scroller,) = [one for one in root.iter("node") if one.get("class") == "android.widget.ScrollView"]
    assert scroller.get("scrollable") == "true"


def test_bounds_are_clipped_to_what_can_be_seen(app):
    app.show(node(1, "ScrollView", w=-1, h=-1, children=[node(2, "TextView", LONG * 5, w=-1, size=60)]))
    (text,) = by_text(dumped(app), LONG * 5)
    assert text.get("bounds") == "[0,84][1080,2274]"


def test_characters_that_xml_cannot_hold_are_replaced_and_markup_is_escaped(app):
    app.show(column(1, node(2, "TextView", "a\x00b\ud800<&\"'>\nc")))
    root = dumped(app)
    assert by_text(root, "a.b.<&\"'>\nc")


def test_an_empty_field_shows_its_hint_and_a_password_its_dots(app):
    app.show(
        column(
            1,
            node(2, "EditText", "", hint="Name", w=-1),
            node(3, "EditText", "abc", flags=("password",), w=-1),
        )
    )
    root = dumped(app)
    assert by_text(root, "Name")[0].get("hint") == "Name"
    assert by_text(root, "•••")
    assert not by_text(root, "abc")


def test_a_clickable_thing_without_words_is_marked(app):
    app.show(
        column(
            1,
            node(2, "ImageView", w=100, h=100, flags=("clickable",)),
            node(3, "Button", "ok", flags=("clickable",)),
        )
    )
    marked = [one.get("class") for one in dumped(app).iter("node") if one.get("NAF")]
    assert marked == ["android.widget.ImageView"]


def test_the_compressed_dump_leaves_out_silent_containers(app):
    app.show(column(1, column(2, node(3, "TextView", "word"))))
    full, short = dumped(app), dumped(app, compressed=True)
    assert len(list(full.iter("node"))) > len(list(short.iter("node"))) == 1
    assert by_text(short, "word")


def test_the_depth_of_a_dump_can_be_bounded(app):
    app.show(column(1, column(2, node(3, "TextView", "word"))))
    assert not by_text(dumped(app, max_depth=2), "word")
    assert by_text(dumped(app, max_depth=50), "word")


def test_under_a_dialog_nothing_is_reported_but_under_a_popup_it_is(app):
    app.show(column(1, node(2, "TextView", "under")))
    app.show(node(3, "TextView", "menu"), window=2, kind="popup")
    assert by_text(dumped(app), "under")
    app.show(node(4, "TextView", "ask"), window=3, kind="dialog")
    root = dumped(app)
    assert by_text(root, "ask")
    assert not by_text(root, "under")


def test_the_focused_field_says_so(app):
    app.show(column(1, node(2, "EditText", "x", flags=("clickable",), w=-1)))
    box = next(app.device.windows.boxes())[1].find(2)
    asyncio.run(app.device.windows.tap(*box.bounds.center))
    assert by_text(dumped(app), "x")[0].get("focused") == "true"
