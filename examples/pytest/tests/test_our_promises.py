"""What this app's own notice promises, on top of the checks that the plugin brings."""

IDENTIFIERS = ("android_id", "imei", "oaid", "advertising_id", "mac_address", "serial")


def test_no_identifier_is_read_before_the_user_agrees(timeline, consent):
    assert not timeline.reads(*IDENTIFIERS).before(consent)


def test_nothing_personal_is_sent_after_a_refusal(timeline, refusal):
    assert not timeline.scenario("SC03").sent().after(refusal)


def test_the_metrics_sdk_sends_only_to_its_own_host(timeline):
    elsewhere = (
        timeline.sent().by("acme-metrics").where(lambda flow: not flow.host.endswith("acme-metrics.example"))
    )
    assert not elsewhere


def test_no_place_or_address_book_is_ever_touched(timeline):
    assert not timeline.attempts("location", "contacts", "call_log", "sms")


def test_the_first_screen_asks(app_run):
    assert app_run.check("PB-N02").outcome == "clear"
