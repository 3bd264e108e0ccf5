"""`tidegate try`, run and read."""

import collections
import csv
import io
import json
import subprocess

# What a window belongs to. Labels are of few streams, so their values say enough.
Key = collections.namedtuple("Key", "stream field labels start")


class Trial:
    def __init__(self, tidegate, data, folder):
        self.tidegate, self.data, self.folder = tidegate, data, folder

    def text(self, name):
        """A data set's text."""
        command = ["zstd", "-dcq", str(self.data / name)]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()

    def table(self, name):
        """A data set's rows, by column."""
        return list(csv.DictReader(io.StringIO(self.text(name))))

    def run(self, configuration, recording, arguments):
        """The records that come of a recording, and what was said on standard error."""
        config = self.folder / "trial.yaml"
        config.write_text(configuration)
        command = [self.tidegate, "try", "--config", str(config), "--input", str(recording)]
        done = subprocess.run(
            command + ["--format", "ndjson"] + arguments, capture_output=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(command)}: {done.stderr.decode()}")
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def key(window):
    return Key(
        window["stream"], window["field"], tuple(window["labels"].values()), window["start"])


def merged(records):
    """Windows by key: the highest revision of each, with the counts of its amendments added."""
    final, amended = {}, collections.Counter()
    for record in records:
        if record["kind"] != "window":
            continue
        place = key(record)
        if "amendment" in record["flags"]:
            amended[place] += record.get("count", 0)
        elif place not in final or record.get("revision", 0) >= final[place].get("revision", 0):
            final[place] = record
    for place, count in amended.items():
        final.setdefault(place, {"count": 0})
        final[place] = {**final[place], "count": final[place]["count"] + count}
    return final
