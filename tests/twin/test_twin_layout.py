from __future__ import annotations

import time

import pytest
from on_screen import LONG, column, node

from harness.twin import fonts
from harness.twin.fonts import drawable, line_height, text_width, wrap
from harness.twin.layout import Rect, Spec, lay_out, measure
from harness.twin.views import BadTree, parse_tree

SCREEN = Rect(0, 0, 1000, 2000)


def placed(root, scrolled=None, frame=SCREEN):
    box = lay_out(parse_tree(root), frame, scrolled or {})
    return lambda view_id: box.find(view_id)


def test_a_column_puts_its_children_under_each_other_with_margins_and_padding():
    at = placed(
        column(
            1,
            node(2, "View", w=100, h=50, margin=[5, 10, 0, 20]),
            node(3, "View", w=-1, h=30),
            padding=[7, 9, 0, 0],
        )
    )
    assert at(2).bounds == (12, 19, 112, 69)
    assert at(3).bounds == (7, 89, 1000, 119)


def test_weights_share_what_is_left_and_a_fixed_neighbour_keeps_its_size():
    row = node(1, "LinearLayout", w=-1, h=100, orientation=0, children=[
        node(2, "View", w=200, h=-1),
        node(3, "View", w=0, h=-1, weight=1),
        node(4, "View", w=0, h=-1, weight=3),
    ])  # fmt: skip
    at = placed(row)
    assert [at(view).bounds.width for view in (2, 3, 4)] == [200, 200, 600]
    assert at(4).bounds.right == 1000


def test_a_weighted_scroller_between_fixed_bars_leaves_the_button_on_the_screen():
    at = placed(
        column(1, node(2, "TextView", "title", size=50),
               node(3, "ScrollView", w=-1, h=0, weight=1, children=[node(4, "TextView", LONG * 5, w=-1)]),
               node(5, "Button", "同意", w=-1))
    )  # fmt: skip
    assert at(5).bounds.bottom == 2000
    assert at(3).bounds.bottom == at(5).bounds.top
    assert at(3).scroll_range == at(4).bounds.height - at(3).bounds.height > 0


def test_gravity_places_children_and_text():
    at = placed(
        column(
            1, node(2, "View", w=100, h=100), node(3, "TextView", "ab", w=-1, gravity=5, size=40), gravity=17
        )
    )
    assert at(2).bounds.left == 450
    assert at(2).bounds.top == (2000 - 100 - line_height(40)) // 2
    assert at(3).lines[0].x == 1000 - text_width("ab", 40)


def test_a_frame_lays_its_children_over_each_other():
    at = placed(node(1, "FrameLayout", w=-1, h=-1, children=[
        node(2, "View", w=-1, h=-1), node(3, "View", w=100, h=100, layout_gravity=0x55),
    ]))  # fmt: skip
    assert at(2).bounds == SCREEN
    assert at(3).bounds == (900, 1900, 1000, 2000)


def test_chinese_text_wraps_within_its_width_and_not_before_a_comma():
    lines = wrap("请阅读并同意，" * 30, 40, 400)
    assert len(lines) > 5
    assert all(line.width <= 400 for line in lines)
    assert not any(line.shown.startswith("，") for line in lines)
    assert "".join(line.shown for line in lines) == "请阅读并同意，" * 30


def test_latin_text_breaks_at_spaces_and_a_word_too_long_is_cut():
    assert [line.shown for line in wrap("agree to all of it", 40, text_width("agree to all", 40) + 2)] == [
        "agree to all",
        "of it",
    ]
    assert len(wrap("x" * 200, 40, 300)) > 5


def test_max_lines_end_in_an_ellipsis():
    lines = wrap(LONG, 40, 500, 2)
    assert len(lines) == 2
    assert lines[-1].shown.endswith("…")


def test_a_wrapped_text_gets_the_height_it_needs():
    text = parse_tree(node(1, "TextView", LONG, w=-1, size=40))
    size = measure(text, Spec("exact", 500), Spec("any", 0))
    assert size.h == len(wrap(LONG, 40, 500)) * line_height(40)


def test_scrolled_content_moves_up_and_what_left_the_scroller_is_not_visible():
    root = node(1, "ScrollView", w=-1, h=-1, children=[
        column(2, *[node(10 + n, "View", w=-1, h=500) for n in range(10)], h=-2)
    ])  # fmt: skip
    at = placed(root, {1: 600})
    assert at(10).visible is None
    assert at(11).visible == (0, 0, 1000, 400)
    assert placed(root, {1: 99999})(19).bounds.bottom == 2000, "an offset is bounded by the content"


def test_nested_wrap_contents_and_weights_do_not_take_exponential_time():
    tree = node(1, "TextView", LONG)
    for depth in range(90):
        tree = node(
            depth + 2,
            "LinearLayout",
            w=-2,
            h=-2,
            orientation=depth % 2,
            weight=1,
            children=[tree, node(1000, "View", w=-1)],
        )
    began = time.perf_counter()
    placed(tree)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("sent", [None, [], "x", {"children": {"a": 1}}, {"children": [1]}])
def test_what_is_no_tree_is_refused(sent):
    with pytest.raises(BadTree):
        parse_tree(sent)


def test_a_tree_too_deep_or_too_large_is_refused():
    deep = {"id": 0}
    for _ in range(5000):
        deep = {"id": 0, "children": [deep]}
    with pytest.raises(BadTree, match="deeper"):
        parse_tree(deep)
    with pytest.raises(BadTree, match="10000"):
        parse_tree({"id": 0, "children": [{"id": 0}] * 10_000})


def test_odd_numbers_and_strings_in_a_node_do_not_break_the_layout():
    wild = {"id": 1e300, "text": 5, "layout": {"w": 1e300, "h": float("nan"), "padding": [1], "weight": -5},
            "style": {"size": -3, "color": 7}, "flags": [1, "visible"],
            "spans": [3, {"start": "x"}]}  # fmt: skip
    assert placed(wild)(10**15) is not None


def test_a_character_that_the_font_lacks_is_spelled_out_or_boxed_and_keeps_its_room():
    assert drawable("18℃ 中\U0001f600") == "18°C 中□"
    assert text_width("18℃", 40) == text_width("18°C", 40)


def test_without_a_chinese_font_the_screen_still_draws(monkeypatch, caplog):
    caches = (fonts.font_path, fonts.font, fonts.advance, fonts._glyphs, fonts._no_glyph, fonts._remembered)

    def forget():
        for cached in caches:
            cached.cache_clear()

    forget()
    monkeypatch.setattr(fonts, "PATHS", ())
    try:
        assert len(wrap("中文 and Latin", 40, 200)) >= 1
        assert drawable("a") == "a"
        assert "fonts-wqy-microhei" in caplog.text
    finally:
        forget()


def test_a_list_scrolls_over_rows_that_stand_under_each_other():
    rows = [node(10 + n, "TextView", f"row {n}", w=-1, h=400) for n in range(9)]
    at = placed(node(1, "ListView", w=-1, h=-1, children=rows), {1: 100})
    assert at(1).scroll_range == 9 * 400 - 2000
    assert at(11).bounds == (0, 300, 1000, 700)
