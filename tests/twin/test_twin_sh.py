"""The twin's sh is a shell: what adb clients send means what it means on a phone."""

from __future__ import annotations

import pytest

CASES = [
    ("echo hello", "hello\n"),
    ("echo -n a; echo b", "ab\n"),
    ("echo 'a  b' \"c  $HOME\" d\\ e", "a  b c  / d e\n"),
    ("X=1; echo $X ${X} ${Y:-none} ${X:+set} ${#X}", "1 1 none set 1\n"),
    ("f=/a/b.apk; echo ${f##*/} ${f%.apk} ${f#*/}", "b.apk /a/b a/b.apk\n"),
    ("false; echo $?", "1\n"),
    ("true && echo yes || echo no", "yes\n"),
    ("false && echo yes || echo no", "no\n"),
    ("! false && echo inverted", "inverted\n"),
    ("echo one | cat | tr a-z A-Z", "ONE\n"),
    ("for i in 1 2 3; do echo $i; done", "1\n2\n3\n"),
    ("i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done", "1\n2\n3\n"),
    ("for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", "1\n3\n"),
    ("for i in 1 2 3; do for j in a b; do break 2; done; echo $i; done; echo end", "end\n"),
    ("if [ -d /data ]; then echo folder; elif true; then echo x; else echo y; fi", "folder\n"),
    ("case abc in x) echo no;; a*) echo yes;; *) echo other;; esac", "yes\n"),
    ("echo $(echo inner `echo deep`)", "inner deep\n"),
    ("echo $((2 + 3 * 4)) $(( (1 << 4) % 7 )) $((-7 / 2))", "14 2 -3\n"),
    ("(cd /data; pwd); pwd", "/data\n/\n"),
    ("{ echo a; echo b; } | wc -l", "2\n"),
    ('set -- x y z; shift; echo $# $1 "$@"', "2 y y z\n"),
    ("cat <<E\nhome is $HOME\nE", "home is /\n"),
    ("cat <<'E'\n$HOME\nE\necho after", "$HOME\nafter\n"),
    ("echo a # comment", "a\n"),
    ("sh -c 'echo $1' name arg", "arg\n"),
    ("eval 'echo evaluated'", "evaluated\n"),
    ("X=1 sh -c 'echo $X'; echo [$X]", "1\n[]\n"),
    ("printf '%s-%03d\\n' a 7 b 8", "a-007\nb-008\n"),
    ("echo a b c | xargs -n 1 echo", "a\nb\nc\n"),
    ("echo '' ''x \"\"", " x \n"),
    ("x='a  b'; echo $x; echo \"$x\"", "a b\na  b\n"),
    ("read a b <<E\none two three\nE\necho $b", "two three\n"),
    ("set -e; false; echo never", ""),
    ("echo out >&2 2>/dev/null", ""),
    ("printf 'b\\na\\nb\\n' | sort | uniq -c | sed 's/^ *//'", "1 a\n2 b\n"),
    ("printf 'k=v\\nx=y\\n' | grep -c =", "2\n"),
    ("printf 'k=v\\nx=y\\n' | sed -n 's/^x=//p'", "y\n"),
    ("printf 'a:b:c\\n' | cut -d: -f2-", "b:c\n"),
    ("seq 5 | head -2 | tail -1", "2\n"),
]


@pytest.mark.parametrize(("line", "expected"), CASES, ids=[line[:40] for line, _ in CASES])
def test_a_line_means_what_it_means_on_a_phone(local, line, expected) -> None:
    assert local.sh(line).out == expected


def test_exit_ends_the_shell_with_its_code(local) -> None:
    assert local.sh("echo a; exit 7; echo b").code == 7
    assert local.sh("(exit 3); echo $?").out == "3\n"


def test_an_unknown_command_is_said_and_journalled(local) -> None:
    said = local.sh("frobnicate --now")
    assert said.code == 127
    assert "sh: frobnicate: inaccessible or not found" in said.err
    assert any(each["command"] == "frobnicate" for each in local.device.journal.of("unknown_command"))


def test_an_unknown_option_is_said_and_journalled(local) -> None:
    said = local.sh("ls --frob")
    assert said.code == 1 and "Unknown option" in said.err
    assert any(each["command"] == "ls" for each in local.device.journal.of("unknown_option"))


@pytest.mark.parametrize(
    "line", ["echo 'open", "if true", "a | | b", "echo ${x!}", "( echo", "for x in a; do"]
)
def test_broken_syntax_is_refused_not_guessed(local, line) -> None:
    before = len(local.device.journal.of("unknown_syntax"))
    said = local.sh(line)
    assert said.code != 0 and said.err
    assert len(local.device.journal.of("unknown_syntax")) > before


def test_redirections_reach_files_of_the_device_only(local) -> None:
    assert local.sh("cd /data/local/tmp; echo a > f; echo b >> f; cat < f; rm f").out == "a\nb\n"
    assert "Read-only file system" in local.sh("echo x > /system/f").err
    assert "Permission denied" in local.sh("echo x > /data/f").err
    said = local.sh("cat ../../../../../../etc/passwd /../../etc/passwd")
    assert "root:" not in said.out and said.code == 1


def test_stderr_and_stdout_are_apart_unless_joined(local) -> None:
    said = local.sh("echo out; echo err >&2")
    assert (said.out, said.err) == ("out\n", "err\n")
    assert local.sh("nope 2>&1 | wc -l").out.strip() == "1"


def test_a_writer_whose_reader_left_ends(local) -> None:
    assert local.sh("while true; do echo y; done | head -3").out == "y\ny\ny\n"


def test_a_shell_that_calls_itself_for_ever_is_stopped(local) -> None:
    said = local.sh('f=\'eval "$f"\'; eval "$f"')
    assert "nested too deep" in said.err
    assert "nested too deep" in local.sh("(" * 60 + "echo" + ")" * 60).err


def test_globs_match_files(local) -> None:
    line = (
        "cd /data/local/tmp; mkdir -p g; touch g/a.txt g/b.txt g/c.log; echo g/*.txt 'g/*' g/none*; rm -r g"
    )
    assert local.sh(line).out == "g/a.txt g/b.txt g/* g/none*\n"


def test_background_jobs_run_and_are_waited_for(local) -> None:
    assert local.sh("(sleep 0.05; echo later) & echo now; wait").out == "now\nlater\n"


def test_grep_shows_context_and_follows_a_stream(local) -> None:
    text = "printf '1\\n2\\nx3\\n4\\n5\\n6\\nx7\\n'"
    assert local.sh(f"{text} | grep -A1 -B1 x").out == "2\nx3\n4\n--\n6\nx7\n"
    assert local.sh(f"{text} | grep -n x").out == "3:x3\n7:x7\n"
    assert local.sh(f"{text} | grep -A2 x3").out == "x3\n4\n5\n"
    assert local.sh("while true; do echo y; done | grep -m 2 y").out == "y\ny\n"
    assert local.sh("while true; do echo y; done | grep -q y && echo found").out == "found\n"
