"""Which interveners there are, and how they are chosen."""

import pytest

from harness.capture.agent_build import SOURCES
from harness.capture.interveners import INTERVENERS, chosen, told
from harness.model.errors import InputError


def test_every_intervener_of_the_agent_is_known_to_people_and_the_other_way_round():
    files = {path.stem for path in (SOURCES / "src" / "intervene").glob("*.ts")} - {"all"}
    assert files == set(INTERVENERS)


def test_names_may_be_repeated_and_joined_by_commas():
    assert chosen([]) == []
    assert chosen(["tls-unpin,root-hide", "tls-unpin", " flag-secure "]) == [
        "tls-unpin", "root-hide", "flag-secure",
    ]  # fmt: skip


def test_an_unknown_name_is_the_users_mistake():
    with pytest.raises(InputError, match=r"--intervene 'tls'.*tls-unpin, root-hide, flag-secure"):
        chosen(["tls"])


def test_what_it_does_is_told_in_both_languages():
    assert told(["tls-unpin"], zh=False)[0].startswith("tls-unpin: certificates")
    assert told(["tls-unpin"], zh=True)[0].startswith("tls-unpin: 接受")
    assert told(["of-a-newer-harness"], zh=True) == ["of-a-newer-harness"]
