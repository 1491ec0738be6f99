"""A walk of one's own: refuse once more on a fresh install. Skipped where there is no device (--run)."""


def test_refusing_again_changes_nothing(walk, refusal):
    run = walk("SC03")
    assert run.facts.failure is None
    assert not run.seen.reads().after(refusal)
