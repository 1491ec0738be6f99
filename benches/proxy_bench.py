"""The capture proxy against stock mitmdump: requests per CPU-second of the process, same load, same run.

Ours records every exchange as HAR and passes it on (`live`), as mitmdump does without recording; `sinkhole`
answers by itself. Rounds are interleaved and the middle one counts. Then what a body of 200 MB costs in memory.
`python benches/proxy_bench.py [--json]`
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from harness.capture.proxy import ProxyCapture
from harness.model.run_folder import RunFolder

REQUESTS = 2000
CONNECTIONS = 10
ROUNDS = 3
BARS = {"live_vs_mitmdump": "at least 1.5", "memory_mb_of_a_200_mb_body": "under 100"}
BODY = json.dumps({"ok": True, "data": "x" * 1000}).encode()


async def origin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
    )
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(answer)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def load(proxy: int, server: int, count: int) -> None:
    ask = (
        f"GET http://127.0.0.1:{server}/v1/report?id=42&os=android HTTP/1.1\r\nHost: 127.0.0.1:{server}\r\n"
        "User-Agent: okhttp/4.9\r\nAccept: application/json\r\n\r\n"
    ).encode()

    async def client(share: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", proxy)
        for _ in range(share):
            writer.write(ask)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
        writer.close()

    await asyncio.gather(*(client(count // CONNECTIONS) for _ in range(CONNECTIONS)))


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


def mitmdump(stack: ExitStack, folder: Path) -> tuple[int, int]:
    port = free_port()
    command = shutil.which("mitmdump", path=str(Path(sys.executable).parent)) or "mitmdump"
    options = ["-q", "--listen-host", "127.0.0.1", "-p", str(port), "--set", f"confdir={folder}"]
    child = stack.enter_context(subprocess.Popen([command, *options]))
    stack.callback(child.kill)
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    return port, child.pid


def ours(stack: ExitStack, folder: Path, network: str) -> tuple[int, int]:
    run = stack.enter_context(RunFolder.create(folder / network))
    capture = stack.enter_context(ProxyCapture(run, network))  # type: ignore[arg-type]
    assert capture.pid is not None
    return capture.port, capture.pid


async def measure(proxies: dict[str, tuple[int, int]]) -> dict[str, float]:
    server = await asyncio.start_server(origin, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    rates: dict[str, list[float]] = {name: [] for name in proxies}
    for _ in range(ROUNDS):
        for name, (proxy, pid) in proxies.items():
            await load(proxy, port, 100)
            before = cpu_seconds(pid)
            await load(proxy, port, REQUESTS)
            rates[name].append(REQUESTS / (cpu_seconds(pid) - before))
    server.close()
    return {name: statistics.median(all_) for name, all_ in rates.items()}


def memory_mb(proxy: int, pid: int) -> float:
    """What the largest of a process grows by while an upload of 200 MB passes."""
    before = peak_mb(pid)
    client = http.client.HTTPConnection("127.0.0.1", proxy, timeout=300)
    chunk = bytes(1 << 20)
    headers = {"Content-Length": str(200 << 20), "Host": "upload.example"}
    client.request("POST", "http://upload.example/up", body=iter([chunk] * 200), headers=headers)
    client.getresponse().read()
    client.close()
    return peak_mb(pid) - before


def peak_mb(pid: int) -> float:
    said = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert said is not None
    return int(said[1]) / 1024


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        proxies = {
            "mitmdump": mitmdump(stack, folder / "confdir"),
            "live": ours(stack, folder, "live"),
            "sinkhole": ours(stack, folder, "sinkhole"),
        }
        rates = asyncio.run(measure(proxies))
        memory = memory_mb(*proxies["sinkhole"])
    figures = {f"{name}_requests_per_cpu_s": round(rate, 1) for name, rate in rates.items()}
    figures |= {
        f"{name}_vs_mitmdump": round(rates[name] / rates["mitmdump"], 2) for name in ("live", "sinkhole")
    }
    figures["memory_mb_of_a_200_mb_body"] = round(memory, 1)
    if "--json" in sys.argv:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            bar = BARS.get(name)
            print(f"{name:32} {figure}" + (f"   (bar: {bar})" if bar else ""))


if __name__ == "__main__":
    main()
