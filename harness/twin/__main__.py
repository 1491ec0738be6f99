"""`python -m harness.twin …` is `harness twin …`."""

from harness.twin.cli import main

main()
