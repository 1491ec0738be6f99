# ruff: noqa: E501
"""A search and two tours on a real phone's interfaces: adb and uiautomator2 against an app of one file."""

from __future__ import annotations

import json

import pytest

from harness.device.adb_server import AdbServer
from harness.device.app_package import read_app
from harness.device.screen import DeviceScreen
from harness.model.run_folder import RunFolder
from harness.scenario.load import parse_scenario
from harness.scenario.record import Recorder
from harness.scenario.walk import walk
from harness.twin.build import build_apk
from harness.twin.host import TwinHost

pytestmark = [pytest.mark.twin, pytest.mark.timeout(240)]

MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.test.roam"
    android:versionCode="1" android:versionName="1">
    <uses-sdk android:minSdkVersion="21" android:targetSdkVersion="33" />
    <application android:label="Roam">
        <activity android:name=".Main" android:exported="true">
            <intent-filter>
                <action android:name="android.intent.action.MAIN" />
                <category android:name="android.intent.category.LAUNCHER" />
            </intent-filter>
        </activity>
    </application>
</manifest>
"""
SOURCE = """package org.test.roam;
import android.app.*; import android.os.*; import android.text.*; import android.text.method.*; import android.text.style.*;
import android.view.*; import android.widget.*; import java.util.*;
/** A control without words, a list beyond its edge, a link in a sentence, a document of many screens. */
public final class Main extends Activity {
    private final Deque<View> pages = new ArrayDeque<>();
    @Override protected void onCreate(Bundle saved) {
        super.onCreate(saved);
        LinearLayout bar = new LinearLayout(this);
        TextView title = new TextView(this); title.setText("天气 今日晴"); bar.addView(title, new LinearLayout.LayoutParams(800, 120));
        ImageView gear = new ImageView(this); gear.setClickable(true); gear.setOnClickListener(v -> open(settings()));
        bar.addView(gear, new LinearLayout.LayoutParams(120, 120));
        open(column(bar, page("城市"), page("地图"), page("空气")));
    }
    @Override public void onBackPressed() {
        if (pages.size() < 2) { super.onBackPressed(); return; }
        pages.pop(); setContentView(pages.peek());
    }
    private View settings() {
        LinearLayout rows = column(label("设置"));
        for (int i = 0; i < 20; i++) rows.addView(label("说明第" + "甲乙丙丁戊己庚辛壬癸".charAt(i % 10) + i / 10 + "行"));
        rows.addView(button("关于", () -> open(about())));
        ScrollView list = new ScrollView(this); list.addView(rows); return list;
    }
    private View about() {
        String words = "本应用由样例公司提供。我们如何处理您的信息，请参见《隐私政策》；其他请参见《用户协议》，谢谢您的使用。";
        SpannableString text = new SpannableString(words);
        link(text, words.indexOf("《隐私政策》"), this::policy); link(text, words.indexOf("《用户协议》"), this::terms);
        TextView body = label(""); body.setText(text); body.setMovementMethod(LinkMovementMethod.getInstance());
        return column(label("关于"), body);
    }
    private void policy() {
        LinearLayout rows = column(label("隐私政策"));
        for (int i = 1; i <= 30; i++) rows.addView(label("第" + i + "条 我们收集设备信息，用于提供天气服务。联系我们：a@b.example"));
        ScrollView paper = new ScrollView(this); paper.addView(rows); open(paper);
    }
    private void terms() { open(column(label("用户协议"), label("服务按现状提供。"))); }
    private void link(SpannableString text, int at, Runnable act) {
        text.setSpan(new ClickableSpan() { @Override public void onClick(View v) { act.run(); } }, at, at + 6, 0);
    }
    private Button page(String name) { return button(name, () -> open(column(label(name), label(name + "的内容")))); }
    private void open(View page) { pages.push(page); setContentView(page); }
    private LinearLayout column(View... views) {
        LinearLayout box = new LinearLayout(this); box.setOrientation(LinearLayout.VERTICAL);
        for (View view : views) box.addView(view); return box;
    }
    private TextView label(String text) { TextView view = new TextView(this); view.setText(text); return view; }
    private Button button(String text, Runnable act) {
        Button view = new Button(this); view.setText(text); view.setOnClickListener(v -> act.run()); return view;
    }
}
"""


@pytest.fixture(scope="module")
def play(tmp_path_factory):
    """Walks steps with a seed on one phone, the app freshly installed each time; the events that were told."""
    root = tmp_path_factory.mktemp("roam")
    source = root / "app/src/org/test/roam"
    source.mkdir(parents=True)
    (root / "app/AndroidManifest.xml").write_text(MANIFEST)
    (source / "Main.java").write_text(SOURCE)
    apk = build_apk(root / "app", root / "app.apk")
    with AdbServer() as server, TwinHost() as host:
        twin = host.add(seed=11)
        phone = server.connect(twin.serial)
        screen = DeviceScreen(phone)
        screen.connect()
        count = iter(range(100))

        def run(step, seed=0):
            steps = ("{launch: app}", "{await: main_screen, settled: 0.3}", step)
            lines = "".join(f"  - {one}\n" for one in steps)
            plan = parse_scenario(f"id: SC90-own\ntitle: own\nsteps:\n{lines}", "own.yaml")
            phone.uninstall("org.test.roam")
            phone.install(apk)
            path = root / f"run{next(count)}"
            folder = RunFolder.create(path)
            result = walk(
                plan, phone, screen, Recorder(folder), read_app(apk), 1.0, lambda _: None, seed=seed
            )
            folder.close()
            told = [json.loads(one) for one in (path / "raw/ui.jsonl").read_text().splitlines()]
            return result, [one["event"] for one in told if "event" in one], path

        yield run
        screen.close()


def of(events, kind):
    return [event for event in events if event["kind"] == kind]


def test_a_policy_behind_an_icon_a_long_list_and_a_link_in_a_sentence_is_found_and_read_whole(play):
    result, events, path = play("{search: [policy], depth: 4}")
    assert result.confirmed, result
    [found] = of(events, "crawl")
    assert found["outcome"] == "found" and found["shortest"]
    assert [step["how"] for step in found["path"]] == ["icon", "words", "link"]
    assert [step["label"] for step in found["path"]][1:] == ["关于", "隐私政策"]
    assert all((path / step["screenshot"]).is_file() for step in found["path"])
    [document] = of(events, "policy_text")
    lines = document["text"].splitlines()
    assert [line.partition(" ")[0] for line in lines[1:]] == [f"第{number}条" for number in range(1, 31)]
    assert document["complete"] and document["taps"] == 3 and document["contrast"] and not document["problem"]


def test_a_tour_goes_the_way_of_its_seed(play):
    opened = [
        [act["text"] for act in of(play("{tour: 60, taps: 2, depth: 1}", seed)[1], "user_act")]
        for seed in (4, 4)
    ]
    assert opened[0] == opened[1] and len(opened[0]) == 2
    assert opened[0][0].startswith("(") and set(opened[0][1:]) < {"城市", "地图", "空气"}
