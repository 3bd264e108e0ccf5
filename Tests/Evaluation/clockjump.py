"""NAB's machine temperature: its clock goes back by an hour once, so that twelve times come
twice. Every reading must be in a window."""

from trial import merged

NAME = "nab_machine_temperature_system_failure.csv.zst"
FILES = [NAME]
CONFIGURATION = """
streams:
  - name: machine
    topic: machine/{column}
    payload: json
    value: $.value
    time: {path: $.ts, format: ms}
    window: {size: 10m, idle: 3h, %s}
    aggregates: [count, sum]
"""
TRY = ["--time", "timestamp", "--topic", "machine/{column}"]


def run(trial):
    readings = len(trial.table(NAME))
    print(f"NAB machine temperature: {readings} readings, 12 of them of a clock that went back")
    figures = [("nab_readings", readings)]
    # Waited for; revised; and, what is too late for both, amended.
    cases = [
        ("nab_lost", "delay: 1h"), ("nab_lost_revised", "delay: 5s, lateness: 2h"),
        ("nab_lost_amended", "delay: 5s, lateness: 0s")]
    for name, lateness in cases:
        records, _ = trial.run(CONFIGURATION % lateness, trial.data / NAME, TRY)
        counted = sum(window["count"] for window in merged(records).values())
        print(f"  {lateness}: {counted} counted")
        figures.append((name, readings - counted))
    return figures
