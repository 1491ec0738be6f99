"""What an app can put into a dump: it is refused with a clear error, or read within bounds."""

from __future__ import annotations

import tracemalloc

import pytest

from harness.model.errors import InputError
from harness.screen.dialogs import classify
from harness.screen.tree import MAX_BYTES, MAX_TEXT, parse

NODE = "<hierarchy><node bounds='[0,0][99,99]' text='{}'/></hierarchy>"


@pytest.mark.parametrize(
    "data",
    [
        NODE.format("a\0b").encode(),
        b"\0" * 100,
        NODE.format("同意").encode("gbk"),
        b"<?xml version='1.0' encoding='no-such'?>" + NODE.format("a").encode(),
        NODE.format("&#0;").encode(),
        NODE.format("&other;").encode(),
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + NODE.format("a").encode(),
    ],
    ids=["nul", "nuls", "gbk", "encoding", "nul-reference", "entity", "external"],
)
def test_broken_bytes_are_an_input_error(data):
    with pytest.raises(InputError, match="not a hierarchy dump"):
        classify(data)


def test_utf16_that_says_so_is_read():
    assert parse(("\ufeff" + NODE.format("同意")).encode("utf-16-le")).nodes[0].label == "同意"


def test_a_dump_beyond_the_limit_is_not_read():
    with pytest.raises(InputError, match="bytes"):
        classify(b" " * (MAX_BYTES + 1))


def test_a_huge_attribute_is_cut_and_memory_stays_bounded():
    data = NODE.format("a" * 15_000_000).encode()
    tracemalloc.start()
    node = parse(data).nodes[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(node.text) == MAX_TEXT and peak < 10 * len(data)
