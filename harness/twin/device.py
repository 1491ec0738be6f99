"""One device: its parts, made in order. Each part has its own module and keeps its own state."""

from __future__ import annotations

from pathlib import Path

from harness.twin.activities import Activities
from harness.twin.clock import DeviceClock
from harness.twin.faults import Faults
from harness.twin.files import Files
from harness.twin.happenings import Happenings
from harness.twin.identity import Identity
from harness.twin.journal import Journal
from harness.twin.logcat import Logcat
from harness.twin.mishaps import Mishaps
from harness.twin.packages import Packages
from harness.twin.permissions import Permissions
from harness.twin.processes import Processes
from harness.twin.settings import Properties, Settings
from harness.twin.shells import Shells
from harness.twin.stream import SocketHandler
from harness.twin.windows import Windows


class TwinDevice:
    """All state of one twin. Used from the host's asyncio loop only."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        """Host folder of this device (0700): files/, apps/, logs/."""
        self.seed = seed
        self.sockets: dict[str, SocketHandler] = {}
        """What listens on the device: "tcp:9008", "localabstract:harness.zygote"."""
        self.journal = Journal(root / "journal.jsonl")
        self.faults = Faults()
        self.clock = DeviceClock(self.faults)
        self.identity = Identity.from_seed(seed)
        self.files = Files(root / "files")
        self.shells = Shells(self.journal)
        self.logcat = Logcat(self.clock)
        self.properties = Properties(self.identity)
        self.settings = Settings(self)
        self.packages = Packages(self)
        self.permissions = Permissions(self)
        self.processes = Processes(self)
        self.activities = Activities(self)
        self.windows = Windows(self)
        self.happenings = Happenings(self)
        self.mishaps = Mishaps(self)
