"""SKAB's pump test bed (8 sensors, 1 Hz, lost seconds) and UCI's room (16 sensors, every 30 s,
long pauses): each window equals what numpy makes of the file."""

import calendar
import collections
import math
import time

import numpy

from trial import Key, merged

SKAB = "skab_valve_normal.csv.zst"
ROOM = "uci_room_occupancy_16sensors_30s.csv.zst"
FILES = [SKAB, ROOM]
SKAB_SENSORS = [
    "Accelerometer1RMS", "Accelerometer2RMS", "Current", "Pressure", "Temperature",
    "Thermocouple", "Voltage", "VolumeFlowRateRMS"]
ROOM_KINDS = ["Temp", "Light", "Sound"]
ROOM_SENSORS = [f"S{n}_{kind}" for kind in ROOM_KINDS for n in range(1, 5)] + [
    "S5_CO2", "S6_PIR", "S7_PIR", "Room_Occupancy_Count"]
EXACT = ["count", "min", "max", "first", "last"]
# In doubles, rounded to two places more than the readings have.
ROUNDED = ["stddev", "variance", "time_average", "time_average_stepped"]
QUANTILES = {"p50": 0.5, "p95": 0.95}
AGGREGATES = EXACT + ["sum", "mean", "range", "delta"] + ROUNDED + list(QUANTILES)


def run(trial):
    return skab(trial) + room(trial)


def stream(name, topic, size, idle, aggregates):
    return f"""
  - name: {name}
    topic: {topic}
    payload: json
    value: $.value
    time: {{path: $.ts, format: ms}}
    window: {{size: {size}, delay: 5s, idle: {idle}}}
    aggregates: [{', '.join(aggregates)}]"""


def skab(trial):
    configuration = "streams:" + stream(
        "skab", "skab/{experiment}/{sensor}", "10s", "2m", AGGREGATES)
    records, _ = trial.run(configuration, trial.data / SKAB, [
        "--time", "datetime", "--topic", "skab/{experiment}/{column}",
        "--columns", ",".join(SKAB_SENSORS)])
    series = collections.defaultdict(list)
    for row in trial.table(SKAB):
        moment = seconds(row["datetime"], "%Y-%m-%d %H:%M:%S")
        for sensor in SKAB_SENSORS:
            place = ("skab", "skab", (row["experiment"].replace("/", "-"), sensor))
            series[place].append((moment, row[sensor]))
    return compare("skab", series, 10, 120, merged(records), AGGREGATES)


def room(trial):
    streams = stream("room", "room/{sensor}", "10m", "1h", AGGREGATES)
    fusions = "".join(f"""
  - name: {kind}
    method: median
    inputs: [{', '.join(f'{{stream: room, where: {{sensor: S{n}_{kind}}}}}' for n in range(1, 5))}]
    quorum: 4
    window: {{size: 10m, delay: 5s, idle: 1h}}
    aggregates: [count, sum, min, max]""" for kind in ROOM_KINDS)
    records, _ = trial.run(
        f"streams:{streams}\nfusions:{fusions}", trial.data / ROOM,
        ["--time", "Date,Time", "--topic", "room/{column}", "--columns", ",".join(ROOM_SENSORS)])
    series, medians = collections.defaultdict(list), collections.defaultdict(list)
    for row in trial.table(ROOM):
        moment = seconds(f"{row['Date']} {row['Time']}", "%Y/%m/%d %H:%M:%S")
        for sensor in ROOM_SENSORS:
            series["room", "room", (sensor,)].append((moment, row[sensor]))
        for kind in ROOM_KINDS:
            values = [float(row[f"S{n}_{kind}"]) for n in range(1, 5)]
            median = round(float(numpy.median(values)), 6)
            medians[kind, kind, ()].append((moment, repr(median)))
    windows = merged(records)
    figures = compare("room", series, 600, 3_600, windows, AGGREGATES)
    return figures + compare(
        "room_fused", medians, 600, 3_600, windows, ["count", "sum", "min", "max"])


def seconds(text, form):
    return calendar.timegm(time.strptime(text, form))


def compare(name, series, size, idle, windows, aggregates):
    """Each window that there should be with the one that there is, and the other way round."""
    of_these = {place for place in windows if (place.stream, place.field, place.labels) in series}
    mismatches, wanted = [], set()
    for place, readings in sorted(series.items()):
        for start, values in expected(readings, size, idle):
            text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(start))
            window = Key(*place, text)
            wanted.add(window)
            if window not in windows:
                mismatches.append(f"{window} is missing")
                continue
            for aggregate in aggregates:
                want, tolerance = values[aggregate]
                got = windows[window].get(aggregate)
                if got is None or not abs(got - want) <= tolerance:
                    mismatches.append(f"{window} {aggregate}: {got}, numpy says {want}")
    mismatches += [f"{window} should not be" for window in sorted(of_these - wanted)]
    print(f"{name}: {len(wanted)} windows of {len(series)} series, "
          f"{len(aggregates)} aggregates each, {len(mismatches)} mismatches")
    for mismatch in mismatches[:5]:
        print(f"  {mismatch}")
    return [(f"{name}_windows", len(wanted)), (f"{name}_mismatches", len(mismatches))]


def expected(readings, size, idle):
    """Windows by start; each aggregate with its tolerance.

    What is exact by definition may differ by a double's noise, 1e-12 of its magnitude; what is
    rounded by half a unit of its last place more, a quantile by its relative error of 3.3e-7.
    """
    times = numpy.array([moment for moment, _ in readings], dtype=float)
    values = numpy.array([float(text) for _, text in readings])
    order = numpy.argsort(times, kind="stable")
    times, values = times[order], values[order]
    texts = [readings[place][1] for place in order]
    starts = numpy.floor(times / size) * size
    bounds = numpy.flatnonzero(numpy.diff(starts)) + 1
    for low, high in zip([0, *bounds], [*bounds, len(times)]):
        part, start = values[low:high], starts[low]
        # The scale that the window's record is written with.
        smallest, largest = low + int(part.argmin()), low + int(part.argmax())
        places = max(decimals(texts[i]) for i in (smallest, largest, high - 1))
        noise = 1e-12 * max(1.0, float(numpy.abs(part).sum()))
        rounding = noise + 0.5 * 10.0 ** -(places + 2) * (1 + 1e-9)
        found = {
            "count": len(part), "sum": math.fsum(part), "mean": math.fsum(part) / len(part),
            "min": part.min(), "max": part.max(), "first": part[0], "last": part[-1],
            "range": part.max() - part.min(), "delta": part[-1] - part[0],
            "stddev": part.std(ddof=1) if len(part) > 1 else 0.0,
            "variance": part.var(ddof=1) if len(part) > 1 else 0.0,
        }
        averages = time_averages(times, values, low, high, start, start + size, idle)
        found["time_average"], found["time_average_stepped"] = averages
        result = {name: (value, noise) for name, value in found.items()}
        for name in ROUNDED:
            result[name] = (found[name], rounding)
        ordered = numpy.sort(part)
        for name, fraction in QUANTILES.items():
            rank = max(math.ceil(fraction * len(part) - 1e-9), 1)
            value = ordered[rank - 1]
            result[name] = (value, 0.5 * 10.0 ** -places + 3.4e-7 * abs(value))
        yield int(start), result


def decimals(text):
    """Places after the point, without trailing zeros."""
    mantissa, _, exponent = text.lower().partition("e")
    fraction = mantissa.partition(".")[2].rstrip("0")
    return max(len(fraction) - int(exponent or 0), 0)


def time_averages(times, values, low, high, start, end, idle):
    """Of the line from reading to reading, and of the signal that stays until the next.

    Before the first reading of all nothing is known. Behind the last one of a window the signal
    goes towards the next reading, or stays where that came too late for it.
    """
    inner_times, inner = list(times[low:high]), list(values[low:high])
    line_times, line = list(inner_times), list(inner)
    step_times, step = list(inner_times), list(inner)
    if low > 0 and start < times[low]:
        before = numpy.interp(start, times[low - 1:low + 1], values[low - 1:low + 1])
        line_times.insert(0, start)
        line.insert(0, before)
        step_times.insert(0, start)
        step.insert(0, values[low - 1])
    hold = line[-1]
    if high < len(times) and times[high] - times[high - 1] < idle:
        hold = numpy.interp(end, times[high - 1:high + 1], values[high - 1:high + 1])
    line_times.append(end)
    line.append(hold)
    step_times.append(end)
    line_times, line = numpy.array(line_times), numpy.array(line)
    span = end - line_times[0]
    spans = numpy.diff(line_times)
    return (
        float((spans * (line[:-1] + line[1:]) / 2).sum() / span),
        float((numpy.diff(step_times) * numpy.array(step)).sum() / span))
