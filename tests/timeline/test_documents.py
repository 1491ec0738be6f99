from __future__ import annotations

from harness.timeline.documents import engine_io, envelope, xml


def pieces(text: str) -> list[tuple[str, str]]:
    return [(one.label, one.data.decode()) for one in xml(text.encode(), 1000)]


def test_texts_and_attributes_of_xml_are_read_as_they_are_meant():
    assert pieces('<?xml version="1.0"?><r id="a&amp;b"><d>x&#x31;&lt;</d><e/><![CDATA[<&amp;>]]></r>') == [
        ("xml:/r/@id", "a&b"),
        ("xml:/r/d", "x1<"),
        ("xml:/r", "<&amp;>"),
    ]


def test_xml_that_is_not_well_formed_is_read_as_far_as_it_goes():
    assert pieces("<a><b>1</a>2</c><d") == [("xml:/a/b", "1"), ("xml:", "2"), ("xml:", "d")]


def test_no_entity_that_a_document_declares_is_resolved():
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    assert ("xml:/l", "&b;") in pieces(laughs)
    assert sum(len(data) for _, data in pieces(laughs)) < len(laughs)


def test_items_of_an_envelope_are_cut_by_their_lengths():
    attachment = b'{"type":"attachment","length":5,"content_type":"a/b"}\n\x00\n\xff\n1\n'
    raw = b'{"event_id":"1"}\n' + attachment + b'{"type":"event"}\n{"a":1}'
    items = envelope(raw, 100)
    assert items is not None
    assert [(one.label, one.data, one.kind) for one in items[2::2]] == [
        ("sentry:0", b"\x00\n\xff\n1", "a/b"),
        ("sentry:2", b'{"a":1}', ""),
    ]


def test_what_is_no_envelope_is_left_to_others():
    assert envelope(b'{"a":1}\n{"b":2}', 100) is None, "lines of JSON"
    assert envelope(b'{"a":1}\n{"type":"event","length":99}\n{}', 100) is None, "longer than it is"
    assert envelope(b'{"a":1}', 100) is None


def test_messages_of_socket_io_hold_json():
    assert engine_io(b'42/chat,7["login",{"id":1}]') == b'["login",{"id":1}]'
    assert engine_io(b'["a"]') is None and engine_io(b"42 apples [") is None
