"""Runs real data through `tidegate try` and compares what comes out with computations of
our own, which share nothing with Tidegate. Ends with `evaluate: NAME VALUE` lines.

usage: evaluate.py TIDEGATE DATA_FOLDER
"""

import pathlib
import sys
import tempfile

import colocation
import clockjump
import windows
from trial import Trial


def main():
    tidegate, data = sys.argv[1], pathlib.Path(sys.argv[2])
    if not data.is_dir():
        print(f"evaluate: skipped, since there is no folder {data}")
        return
    figures = []
    with tempfile.TemporaryDirectory(prefix="tidegate-evaluate-") as folder:
        trial = Trial(tidegate, data, pathlib.Path(folder))
        for part in (clockjump, windows, colocation):
            missing = [name for name in part.FILES if not (data / name).exists()]
            if missing:
                print(f"skipped {part.__name__}: no {', '.join(missing)}")
            else:
                figures += part.run(trial)
    print()
    for name, value in figures:
        print(f"evaluate: {name} {value}")


main()
