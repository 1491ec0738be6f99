"""Shell lines that other people's programs send, answered as Android 13 answers them."""

from __future__ import annotations

import re

import pytest


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ('cat <<< "here $((1+1))"', "here 2\n"),
        ("f() { echo fn $1; return 4; }; f x; echo $?", "fn x\n4\n"),
        ("function g { echo g; }; g; type g", "g\ng\n"),
        ("f() (cd /sdcard; pwd); f; pwd", "/storage/emulated/0\n/\n"),
        ("f() { echo $# $*; }; set -- a b; f 1 2 3; echo $*", "3 1 2 3\na b\n"),
        ("x=abcabc; echo ${x/b/z} ${x//b/z} ${x:1:2} ${x: -2}", "azcabc azcazc bc bc\n"),
        ("let z=1+2; echo $z; let z-3 || echo zero", "3\nzero\n"),
        ("sleep 9 & kill -2 $!; wait; echo over", "over\n"),
        ("echo $(echo sub) `echo tick` \"a'b\" 'c\"d' \\$x", "sub tick a'b c\"d $x\n"),
        ("printf 'a b\\nc' | while read x y; do echo $y; done", "b\n"),
        ("dd if=/dev/zero bs=1k count=3 status=none | wc -c", "3072\n"),
        ("yes | head -2; expr 6 / 2; nproc", "y\ny\n3\n8\n"),
        ("service check package; service check nope", "Service package: found\nService nope: not found\n"),
        (
            "touch -t 202001020304 /sdcard/t; ls -l /sdcard/t | grep -o '2020.*'",
            "2020-01-02 03:04 /sdcard/t\n",
        ),
        ("stat -c '%F %s' /sdcard; stat -c %F /data", "symbolic link 21\ndirectory\n"),
        ("settings put global k v; settings get global k; settings delete global k", "v\nDeleted 1 rows\n"),
        ("getprop no.such; getprop no.such other; whoami", "\nother\nshell\n"),
        ("printf '\\303\\251\\377x' | head -c 3 | xxd -p", "c3a9ff\n"),
        ("printf '\\303\\251\\377x' | tail -c 2 | xxd -p", "ff78\n"),
        ("echo x | tee /dev/null; (exit 3); echo $?; ! true; echo $?", "x\n3\n1\n"),
    ],
)
def test_a_line_gives_what_a_phone_gives(local, line, out):
    said = local.sh(line)
    assert (said.out, said.err) == (out, "")


@pytest.mark.parametrize(
    ("line", "code", "text"),
    [
        ("nosuch", 127, "nosuch: inaccessible or not found"),
        ("top -o X -n 1", 1, "not known to the twin"),
        ("service call package 1", 10, "not known to the twin"),
        ("am instrument -w com.x/com.x.Runner", 1, "INSTRUMENTATION_FAILED: com.x/com.x.Runner"),
        ("am start -n com.none/.Main", 1, "Activity class {com.none/com.none.Main} does not exist."),
        ("monkey -p com.none -c android.intent.category.LAUNCHER 1", 252, "No activities found to run"),
        ("pm path com.none", 1, ""),
        ("cmd nope", 20, "Can't find service: nope"),
        ("screenrecord", 2, "Must specify output file"),
        ("find / -bogus", 1, "Unknown option"),
        ("f() { f; }; f", 1, "nested too deep"),
    ],
)
def test_what_cannot_be_done_is_said(local, line, code, text):
    said = local.sh(line)
    assert said.code == code and text in said.out + said.err


def test_unknown_options_are_in_the_journal(local):
    for line in ("netstat -Q", "dd conv=sync", "pm list permissions", "wm size 1x1", "service call x 1"):
        before = len(local.device.journal.of("unknown_option"))
        assert local.sh(line).code != 0, line
        assert len(local.device.journal.of("unknown_option")) == before + 1, line


def test_properties_are_listed_in_brackets(local):
    lines = local.sh("getprop").out.splitlines()
    assert lines and all(re.fullmatch(r"\[[\w.\-]+\]: \[.*\]", line) for line in lines)
    assert "[ro.build.version.sdk]: [33]" in lines


def test_packages_are_listed_with_path_and_uid(local):
    for line in local.sh("pm list packages -3 -f -U").out.splitlines():
        assert re.fullmatch(r"package:/data/app/.*/base\.apk=[\w.]+ uid:10\d\d\d", line)


def test_a_screenshot_goes_through_pipes_unharmed(local):
    whole = local.sh("screencap -p > /sdcard/s.png; wc -c < /sdcard/s.png; head -c 4 /sdcard/s.png | xxd -p")
    size, head = whole.out.split()
    assert head == "89504e47" and int(size) > 1000
    assert local.sh("screencap -p | head -c 1000 | wc -c").out == "1000\n"


def test_the_phones_own_screens_come_and_go(local):
    def front() -> str:
        return local.sh("sleep 0.1; dumpsys activity top | grep -o 'ACTIVITY [^ ]*'").out.split()[-1]

    local.sh("am start -a android.settings.SETTINGS")
    assert front().startswith("com.android.settings/")
    local.sh("am force-stop com.android.settings")
    assert front().startswith("com.android.launcher3/")
    local.sh("am start -a android.intent.action.VIEW -d https://example.org")
    assert front() == "com.android.browser/.BrowserActivity"
    local.sh("am start -a android.intent.action.MAIN -c android.intent.category.HOME")
    assert front().startswith("com.android.launcher3/")
    local.sh("monkey -p com.android.settings -c android.intent.category.LAUNCHER 1")
    assert front() == "com.android.settings/.Settings"
    local.sh("input keyevent BACK")
    assert front().startswith("com.android.launcher3/")


def test_a_background_job_is_a_process(local):
    said = local.sh("sleep 9 & echo $!; ps -o PID,NAME | grep sleep; kill $!")
    pid, line = said.out.splitlines()
    assert line.split() == [pid, "sleep"]
    assert "sleep" not in local.sh("ps -o PID,NAME").out


def test_a_long_walk_through_files_keeps_nobody_waiting(local):
    local.sh("mkdir -p /sdcard/deep/a/b; echo needle > /sdcard/deep/a/b/f")
    assert local.sh("find /sdcard/deep -type f").out == "/sdcard/deep/a/b/f\n"
    assert local.sh("grep -r needle /sdcard/deep").out == "/sdcard/deep/a/b/f:needle\n"
    assert local.sh("du -s /sdcard/deep").code == 0


def test_a_setting_is_found_by_name_through_its_provider(local):
    value = local.sh("settings get secure android_id").out.strip()
    row = f"Row: 0 _id=1, name=android_id, value={value}\n"
    assert local.sh("content query --uri content://settings/secure --where \"name='android_id'\"").out == row
    assert local.sh("content query --uri content://settings/secure/android_id").out == row
