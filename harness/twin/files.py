"""The device's file tree, kept in a host folder. No device path leads out of it, not by ".." or links."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

MAX_LINKS: Final = 40

FOLDERS: Final = (
    ("/data", 0o771),
    ("/data/app", 0o771),
    ("/data/local", 0o751),
    ("/data/local/tmp", 0o771),
    ("/data/misc/user/0/cacerts-added", 0o755),
    ("/data/user/0", 0o711),
    ("/dev", 0o755),
    ("/mnt", 0o755),
    ("/proc", 0o555),
    ("/storage/emulated/0/Android/data", 0o771),
    ("/storage/emulated/0/DCIM/Camera", 0o771),
    ("/storage/emulated/0/Download", 0o771),
    ("/storage/emulated/0/Pictures", 0o771),
    ("/system/bin", 0o755),
    ("/system/etc/security/cacerts", 0o755),
    ("/vendor", 0o755),
)
LINKS: Final = (
    ("/bin", "/system/bin"),
    ("/data/data", "/data/user/0"),
    ("/etc", "/system/etc"),
    ("/sdcard", "/storage/self/primary"),
    ("/storage/self/primary", "/storage/emulated/0"),
)
SHELL_WRITES: Final = (
    "/data/local/tmp",
    "/data/misc/user/0/cacerts-added",
    "/mnt",
    "/storage/emulated/0",
)
"""What the shell user may change. cacerts-added needs root on a phone; the twin counts as set up."""
PRIVATE: Final = ("/data/user/0",)
"""What the shell user may not look into."""


class Files:
    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.root = root.resolve()
        self.virtual: dict[str, Callable[[], bytes]] = {}
        """Files whose content is made when read, such as /proc/uptime."""
        self._owned: list[str] = []
        for name, mode in FOLDERS:
            path = self.root / name[1:]
            path.mkdir(parents=True, exist_ok=True)
            path.chmod(mode | 0o700)
        for name, target in LINKS:
            link = self.root / name[1:]
            link.parent.mkdir(parents=True, exist_ok=True)
            if not link.is_symlink():
                link.symlink_to(target)

    def resolve(self, device_path: str, cwd: str = "/", follow_last: bool = True) -> str:
        """The canonical device path: absolute, no "..", links followed. Missing parts stay."""
        if "\0" in device_path:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), device_path)
        pending = list(reversed(PurePosixPath("/", cwd, device_path).parts[1:]))
        done: list[str] = []
        links = 0
        while pending:
            part = pending.pop()
            if part == "..":
                if done:
                    done.pop()
                continue
            here = self.root.joinpath(*done, part)
            if here.is_symlink() and (pending or follow_last):
                links += 1
                if links > MAX_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), device_path)
                target = PurePosixPath(os.readlink(here))
                if target.is_absolute():
                    done = []
                pending.extend(reversed([name for name in target.parts if name != "/"]))
            else:
                done.append(part)
        return "/" + "/".join(done)

    def host_path(self, device_path: str, cwd: str = "/", follow_last: bool = True) -> Path:
        """Where a device path is on the host: always under the root; the file need not exist."""
        return self.root / self.resolve(device_path, cwd, follow_last)[1:]

    def device_path(self, host_path: Path) -> str:
        return "/" + str(host_path.relative_to(self.root))

    @contextmanager
    def as_owner(self, folder: str) -> Iterator[None]:
        """Inside, the shell may read and write this private folder (run-as)."""
        self._owned.append(folder)
        try:
            yield
        finally:
            self._owned.remove(folder)

    def check_write(self, device_path: str, cwd: str = "/") -> Path:
        """The host path, when the shell user may create or change it; else EACCES or EROFS, as on a phone."""
        resolved = self.resolve(device_path, cwd)
        if any(_inside(resolved, place) for place in (*SHELL_WRITES, *self._owned)):
            return self.root / resolved[1:]
        code = errno.EACCES if _inside(resolved, "/data") else errno.EROFS
        raise OSError(code, os.strerror(code), device_path)

    def check_read(self, device_path: str, cwd: str = "/") -> Path:
        resolved = self.resolve(device_path, cwd)
        owned = any(_inside(resolved, place) for place in self._owned)
        if not owned and any(_inside(resolved, place) for place in PRIVATE):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), device_path)
        return self.root / resolved[1:]

    def content(self, device_path: str, cwd: str = "/") -> bytes | None:
        """What a made-up file holds, or None when the path is an ordinary one."""
        maker = self.virtual.get(self.resolve(device_path, cwd))
        return maker() if maker else None

    def stat(self, device_path: str, cwd: str = "/", follow_last: bool = True) -> os.stat_result:
        """Like stat/lstat, for the shell user; made-up files look like the empty ones of /proc."""
        if follow_last:
            resolved = self.resolve(device_path, cwd)
            path = self.check_read(device_path, cwd) if resolved not in PRIVATE else self.root / resolved[1:]
        else:
            resolved = self.resolve(device_path, cwd, follow_last=False)
            path = self.root / resolved[1:]
        if resolved in self.virtual:
            return os.stat_result((stat.S_IFREG | 0o444, 0, 0, 1, 0, 0, 0, 0, 0, 0))
        return path.lstat()


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")
