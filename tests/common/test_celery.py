from datetime import timedelta

from celery.schedules import crontab, schedule

from winback.celery import SWEEP_SECONDS, app


def test_beat_ticks_the_sweeps_every_minute_by_interval() -> None:
    entries = app.conf.beat_schedule
    tasks = {entry["task"] for entry in entries.values()}
    assert tasks == {"reminders.sweep", "reports.sweep"}
    assert timedelta(minutes=1).total_seconds() == SWEEP_SECONDS


def test_no_schedule_follows_the_wall_clock() -> None:
    """Celery's crontab loses an hour when summer time ends."""
    for entry in app.conf.beat_schedule.values():
        assert not isinstance(entry["schedule"], crontab)
        assert isinstance(entry["schedule"], float | timedelta | schedule)


def test_a_tick_nobody_took_expires_before_the_next() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] <= SWEEP_SECONDS


def test_only_json_is_spoken_and_no_result_kept() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_ignore_result is True
    assert app.conf.result_backend is None


def test_lost_messages_are_looked_for_every_ten_seconds() -> None:
    options = app.conf.broker_transport_options
    assert options["unacked_restore_interval"] == 10
    assert options["visibility_timeout"] == 300
