"""EPA's co-location: three units of one make beside a reference, a month at a reading a minute.

Each unit is calibrated on the hourly means of its first seven days; the fused value is compared
with the reference over the rest. Then a unit drifts, sticks or spikes for a day."""

import calendar
import collections
import csv
import random
import time

import numpy

from trial import merged

UNITS_FILE = "epa_colocation_3units_1min.csv.zst"
REFERENCE_FILE = "epa_colocation_reference_1h.csv.zst"
FILES = [UNITS_FILE, REFERENCE_FILE]
UNITS = ["RT01", "RT02", "RT03"]
Quantity = collections.namedtuple("Quantity", "column reference")
QUANTITIES = {
    "o3": Quantity("o3_ppb", "O3"),
    "pm25": Quantity("pm25_ugm3", "PM2.5"),
    "temp": Quantity("temp_c", "TEMP"),
    "rh": Quantity("rh_pct", "RHUM"),
}
ZONE = 5 * 3_600  # the local time is this much behind UTC
CALIBRATION = 7 * 86_400
FAULT_DAY = "8/20/2019 0:00"
FAULTS = ["drift", "stick", "spike"]
TRY = ["--time", "time", "--time-zone", "-05:00", "--topic", "epa/{unit}/{column}"]

# How the three units become one: the keys of a fusion besides name and inputs.
# The reference is slower than the units, hence the filter's lag.
FUSION = """method: kalman
    kalman: {model: random_walk, time_constant: 3m}
    variances: learnt
    outliers: {chi_square: 0.998}
    watch: true
    tolerance: 30s"""
WINDOW = "{size: 1h, delay: 2m, idle: 2h}"

Fit = collections.namedtuple("Fit", "gain offset sigma")


def run(trial):
    rows = sorted(trial.table(UNITS_FILE), key=lambda row: moment(row["time_local_est"]))
    reference = references(trial)
    start = moment(rows[0]["time_local_est"])
    fits = {name: fit(rows, reference[name], quantity, start + CALIBRATION)
            for name, quantity in QUANTITIES.items()}
    print("EPA co-location: calibration, from the first 7 days")
    for name, units in fits.items():
        for unit, found in units.items():
            print(f"  {name:5}{unit}  gain {found.gain:7.4f}  offset {found.offset:8.4f}"
                  f"  sigma {found.sigma:.4f}")
    stuck = {name: max(60, 2 * longest_run(rows, quantity, start + CALIBRATION) // 60)
             for name, quantity in QUANTITIES.items()}
    print("  stuck after " + ", ".join(f"{name} {minutes} min" for name, minutes in stuck.items()))
    configuration = plan(fits, stuck)
    healthy, inputs = hourly(trial, configuration, rows)
    test = {name: {hour: value for hour, value in reference[name].items()
                   if hour >= start + CALIBRATION} for name in QUANTITIES}
    figures, fused = [], {}
    for name in QUANTITIES:
        fused[name] = rmse(healthy[f"{name}_fused", ()], test[name])
        singles = [rmse(healthy[name, (unit,)], test[name]) for unit in UNITS]
        print(f"  {name:5}RMSE fused {fused[name]:.3f}, units "
              + " ".join(f"{single:.3f}" for single in singles))
        figures += [
            (f"epa_{name}_rmse", f"{fused[name]:.4f}"),
            (f"epa_{name}_best_single_rmse", f"{min(singles):.4f}"),
            (f"epa_{name}_ratio", f"{fused[name] / min(singles):.4f}")]
    for fault in FAULTS:
        figures += faulty(trial, configuration, rows, fits, fault, fused, inputs, test)
    return figures


def faulty(trial, configuration, rows, fits, fault, fused, inputs, test):
    """The fault in one unit after the other, in all quantities at once: the worst of them."""
    rises, rejected = collections.defaultdict(list), collections.Counter()
    day = moment(FAULT_DAY)
    for unit in UNITS:
        hours, taken = hourly(trial, configuration, broken(rows, unit, fault, fits, day))
        for name in QUANTITIES:
            error = rmse(hours[f"{name}_fused", ()], test[name])
            rises[name].append(100 * (error / fused[name] - 1))
            missing = [inputs[name][hour] - taken[name][hour] for hour in inputs[name]
                       if day <= hour < day + 86_400 and hour in taken[name]]
            rejected[name] += sum(missing) > 0
    figures = []
    for name in QUANTITIES:
        print(f"  {name:5}{fault}: RMSE rises by "
              + " ".join(f"{rise:+.2f} %" for rise in rises[name])
              + f"; rejected {rejected[name]} of {len(UNITS)} units")
        figures += [
            (f"epa_{name}_{fault}_rise_percent", f"{max(rises[name]):.2f}"),
            (f"epa_{name}_{fault}_rejected", rejected[name])]
    return figures


def moment(text):
    """Seconds since 1970 of a local time."""
    return calendar.timegm(time.strptime(text, "%m/%d/%Y %H:%M")) + ZONE


def references(trial):
    """Valid hourly means, by quantity and the hour's start."""
    found = {name: {} for name in QUANTITIES}
    for row in trial.table(REFERENCE_FILE):
        for name, quantity in QUANTITIES.items():
            if row["Param"].startswith(quantity.reference) and row["QC Code"] == "0":
                hour = moment(f"{row['Date (LST)']} {row['Time (LST)']}")
                found[name][hour] = float(row["Value"])
    return found


def fit(rows, reference, quantity, end):
    """Each unit's line to the reference, and the standard deviation of what is left."""
    fits = {}
    for unit in UNITS:
        sums = collections.defaultdict(list)
        for row in rows:
            at = moment(row["time_local_est"])
            if at >= end:
                break
            if row["unit"] == unit and row[quantity.column]:
                sums[at // 3_600 * 3_600].append(float(row[quantity.column]))
        hours = [hour for hour in sums if hour in reference]
        means = numpy.array([numpy.mean(sums[hour]) for hour in hours])
        truth = numpy.array([reference[hour] for hour in hours])
        gain, offset = numpy.polyfit(means, truth, 1)
        sigma = numpy.std(means * gain + offset - truth, ddof=2)
        fits[unit] = Fit(float(gain), float(offset), float(sigma))
    return fits


def longest_run(rows, quantity, end):
    """For how long a unit that works says the same, in seconds."""
    longest, values, since = 0, {}, {}
    for row in rows:
        at, unit, value = moment(row["time_local_est"]), row["unit"], row[quantity.column]
        if at >= end:
            break
        if not value:
            continue
        if values.get(unit) != value:
            values[unit], since[unit] = value, at
        longest = max(longest, at - since[unit])
    return longest


def plan(fits, stuck):
    streams, fusions = "", ""
    for name, units in fits.items():
        rules = "".join(
            f"\n      - {{where: {{unit: {unit}}}, gain: {found.gain:.6f}, "
            f"offset: {found.offset:.6f}}}" for unit, found in units.items())
        inputs = "".join(
            f"\n      - {{stream: {name}, where: {{unit: {unit}}}, sigma: {found.sigma:.4f}}}"
            for unit, found in units.items())
        streams += f"""
  - name: {name}
    topic: epa/{{unit}}/{QUANTITIES[name].column}
    payload: json
    value: $.value
    time: {{path: $.ts, format: ms}}
    window: {WINDOW}
    aggregates: [count, mean]
    quality: {{stuck: {{after: {stuck[name]}m}}}}
    calibration:{rules}"""
        fusions += f"""
  - name: {name}_fused
    {FUSION}
    inputs:{inputs}
    window: {WINDOW}
    aggregates: [count, mean]"""
    return f"streams:{streams}\nfusions:{fusions}\n"


def hourly(trial, configuration, rows):
    """Hourly means by series, and by quantity how many units took part on average."""
    recording = trial.folder / "epa.csv"
    columns = [quantity.column for quantity in QUANTITIES.values()]
    with recording.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["time", "unit"] + columns)
        for row in rows:
            writer.writerow(
                [row["time_local_est"], row["unit"]] + [row[column] for column in columns])
    records, _ = trial.run(configuration, recording, TRY)
    means, inputs = collections.defaultdict(dict), collections.defaultdict(dict)
    for place, window in merged(records).items():
        hour = calendar.timegm(time.strptime(place.start, "%Y-%m-%dT%H:%M:%SZ"))
        if place.field == place.stream:
            means[place.stream, place.labels][hour] = window["mean"]
        elif place.field == "inputs":
            inputs[place.stream.removesuffix("_fused")][hour] = window["mean"]
    return means, inputs


def rmse(values, reference):
    errors = [values[hour] - truth for hour, truth in reference.items() if hour in values]
    return float(numpy.sqrt(numpy.mean(numpy.square(errors))))


def broken(rows, unit, fault, fits, day):
    """The same rows with one unit's fault: away by up to ten of its sigmas in a day; stuck at
    its last value; every twentieth reading off by thirty sigmas."""
    chance, held, copy = random.Random(1), {}, []
    for row in rows:
        at = moment(row["time_local_est"])
        if row["unit"] != unit or at >= day + 86_400:
            copy.append(row)
            continue
        row = dict(row)
        for name, quantity in QUANTITIES.items():
            column = quantity.column
            if not row[column]:
                continue
            if at < day:
                held[name] = row[column]
                continue
            found = fits[name][unit]
            sigma = found.sigma / abs(found.gain)
            value = float(row[column])
            if fault == "drift":
                row[column] = f"{value + 10 * sigma * (at - day) / 86_400:.2f}"
            elif fault == "stick":
                row[column] = held[name]
            elif chance.random() < 0.05:
                row[column] = f"{value + 30 * sigma:.2f}"
        copy.append(row)
    return copy
