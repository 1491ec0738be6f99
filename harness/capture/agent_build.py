"""Builds the agent: hooks/ → data/agent.js and data/hooks.json. Same sources, same bytes.

Run as `python -m harness.capture.agent_build`. Needs npm once, for the bridge and its types; the compiler is
frida's own, and Node reads what the hooks declare.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import frida
from pydantic import TypeAdapter, ValidationError

from harness.capture.agent_data import AGENT, HOOKS, HookFacts
from harness.capture.api_index import HIDDEN, INDEX, Targets, load_hidden, load_index, unused
from harness.capture.message_types import message_types
from harness.model.data_type import DATA_TYPES
from harness.model.errors import InputError

SOURCES: Final = Path(__file__).parents[2] / "hooks"
FOR_NODE: Final = "build/agent.mjs"
FACTS_FOR_NODE: Final = "build/facts.mjs"
BRIDGE: Final = "frida-java-bridge"

_DOC = re.compile(r"/\*\* (.+?) \*/\n")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def main() -> None:
    try:
        write_all(SOURCES, AGENT.parent)
    except InputError as error:
        print(f"agent: {error}", file=sys.stderr)
        sys.exit(2)


def write_all(sources: Path, data: Path) -> None:
    """Build and write agent.js and hooks.json into `data`, and the two modules that the Node tests load."""
    install_packages(sources)
    write_generated(sources)
    build_for_node(sources)
    facts = hook_facts(sources)
    data.mkdir(parents=True, exist_ok=True)
    (data / AGENT.name).write_text(build(sources), encoding="utf-8")
    (data / HOOKS.name).write_text(_json([fact.model_dump() for fact in facts]), encoding="utf-8")


def install_packages(sources: Path) -> None:
    """The exact versions of package.json, unless they are there. No package's install script runs."""
    wanted = json.loads((sources / "package.json").read_text(encoding="utf-8"))
    versions = {**wanted["dependencies"], **wanted["devDependencies"]}
    if all(_installed(sources, name) == version for name, version in versions.items()):
        return
    command = [
        "npm",
        "install",
        "--ignore-scripts",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--silent",
    ]
    try:
        subprocess.run(command, cwd=sources, check=True, timeout=300)
    except FileNotFoundError as error:
        raise InputError("npm is not there; install Node 20 or newer") from error
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise InputError(f"{sources}: npm install failed: {error}") from error


def write_generated(sources: Path) -> None:
    """The list of hook files, the data types, the wire contract and the version, as TypeScript under build/."""
    build_folder = sources / "build"
    build_folder.mkdir(exist_ok=True)
    files = hook_files(sources)
    imports = [
        f'import hook{i} from "../{f.relative_to(sources).with_suffix(".js")}";' for i, f in enumerate(files)
    ]
    names = ", ".join(f"hook{i}" for i in range(len(files)))
    _write_if_new(
        build_folder / "observers.ts", "\n".join([*imports, f"export const observers = [{names}];", ""])
    )
    union = " | ".join(f'"{name}"' for name in DATA_TYPES)
    _write_if_new(build_folder / "data-types.ts", f"export type DataType = {union};\n")
    _write_if_new(build_folder / "version.ts", f'export const VERSION = "{sources_version(sources)}";\n')
    _write_if_new(build_folder / "message-types.ts", message_types())
    _write_if_new(build_folder / "facts.ts", _FACTS)


def hook_files(sources: Path) -> list[Path]:
    return sorted((sources / "src" / "observe").glob("*/*.ts"))


def sources_version(sources: Path) -> str:
    """The package's version and a digest of every source file, so that a run names the agent it used."""
    digest = hashlib.sha256()
    for path in sorted((sources / "src").rglob("*.ts")):
        digest.update(str(path.relative_to(sources)).encode() + b"\0" + path.read_bytes() + b"\0")
    version = json.loads((sources / "package.json").read_text(encoding="utf-8"))["version"]
    return f"{version}+{digest.hexdigest()[:12]}"


def build(sources: Path) -> str:
    """The agent as frida loads it, type-checked and minified."""
    return _compile(sources, "src/index.ts", compression="terser", source_maps="omitted")


def build_for_node(sources: Path) -> None:
    """The same sources as modules that Node loads over a fake bridge."""
    for entry, output in (("src/index.ts", FOR_NODE), ("build/facts.ts", FACTS_FOR_NODE)):
        bundle = _compile(
            sources, entry, bundle_format="esm", platform="neutral", externals=[BRIDGE], source_maps="omitted"
        )
        module = bundle.split("✄\n", 1)[-1].replace(f'"{BRIDGE}"', '"../test/fake/bridge.mjs"')
        _write_if_new(sources / output, module)


def hook_facts(sources: Path) -> list[HookFacts]:
    """What each hook declares, from the built hooks themselves; every mistake is told at once."""
    declared = _run_in_node(sources)
    hidden = load_hidden(sources / HIDDEN)
    known = Targets(load_index(sources / INDEX), hidden)
    problems: list[str] = []
    found: list[HookFacts] = []
    for path, hook in zip(hook_files(sources), declared, strict=True):
        where = path.relative_to(sources)
        problems += [f"{where}: {problem}" for problem in (*_problems(path, hook), *_add_levels(hook, known))]
        doc = _DOC.match(path.read_text(encoding="utf-8"))
        try:
            found.append(HookFacts(**hook, topic=path.parent.name, doc=doc.group(1) if doc else ""))
        except ValidationError as error:
            problems.append(f"{where}: {error}")
    problems += unused(found, hidden)
    if problems:
        raise InputError("\n  ".join(["hooks are not as they must be:", *problems]))
    return sorted(found, key=lambda fact: fact.id)


def _run_in_node(sources: Path) -> list[dict[str, Any]]:
    command = ["node", "--import", "./test/fake/process.mjs", FACTS_FOR_NODE]
    done = subprocess.run(command, cwd=sources, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise InputError(f"{sources / FACTS_FOR_NODE}: does not run in Node:\n{done.stderr[-2000:]}")
    declared: list[dict[str, Any]] = json.loads(done.stdout)
    return declared


def _problems(path: Path, hook: dict[str, Any]) -> Iterator[str]:
    if hook["id"] != path.stem:
        yield f"id {hook['id']!r} is not the file's name {path.stem!r}"
    if not _ID.fullmatch(path.stem):
        yield "the name is not kebab-case"
    if not _DOC.match(path.read_text(encoding="utf-8")):
        yield "the first line must say the Java it watches: /** Class.method() */"
    if not hook["targets"]:
        yield "it has no targets"


def _add_levels(hook: dict[str, Any], known: Targets) -> Iterator[str]:
    """Writes into each Java target which API levels have it; tells those that nothing knows."""
    for target in hook["targets"]:
        if target["layer"] != "java":
            continue
        levels = known.levels(target["class_name"], target["method"])
        if levels is None:
            yield known.nearest(target["class_name"], target["method"])
        else:
            target["levels"] = levels


def _compile(sources: Path, entry: str, **options: Any) -> str:
    diagnostics: list[dict[str, Any]] = []
    compiler = frida.Compiler()
    compiler.on("diagnostics", diagnostics.extend)
    try:
        bundle: str = compiler.build(entry, project_root=str(sources), **options)
    except Exception as error:
        told = "\n  ".join(_told(diagnostic) for diagnostic in diagnostics) or str(error)
        raise InputError(f"{sources}: the agent does not compile:\n  {told}") from error
    if diagnostics:
        raise InputError("\n  ".join(["the agent does not compile:", *map(_told, diagnostics)]))
    return bundle


def _told(diagnostic: dict[str, Any]) -> str:
    file = diagnostic.get("file")
    where = f"{file['path']}:{file['line'] + 1}:{file['character'] + 1}: " if file else ""
    return f"{where}{diagnostic.get('text', diagnostic)}"


def _installed(sources: Path, name: str) -> str | None:
    path = sources / "node_modules" / name / "package.json"
    if not path.is_file():
        return None
    version: str = TypeAdapter(str).validate_python(json.loads(path.read_text(encoding="utf-8"))["version"])
    return version


def _write_if_new(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


_FACTS: Final = """\
import { observers } from "./observers.js";
declare const console: { log(text: string): void };
console.log(JSON.stringify(observers.map(({ id, kind, dataType, targets, functions }) => ({
  id, kind: kind ?? "read", data_type: dataType,
  targets: [
    ...targets.map(target => ({
      class_name: target.class, method: target.method, layer: "java",
      overload: target.overload === undefined ? null : target.overload.join(","),
      data_type: typeof target.dataType === "string" ? target.dataType : dataType,
      kind: target.kind ?? kind ?? "read",
    })),
    ...(functions ?? []).map(target => ({
      class_name: target.library, method: target.function, layer: "native", overload: null,
      data_type: dataType, kind: "native",
    })),
  ],
}))));
"""


if __name__ == "__main__":
    main()
