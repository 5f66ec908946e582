"""How much memory the processes of a command take, by Linux's /proc."""

import pathlib
import re


def family(process):
    """A process and all below it."""
    below = []
    for children in pathlib.Path("/proc/%d/task" % process).glob("*/children"):
        try:
            below += map(int, children.read_text().split())
        except OSError:
            pass
    return [process] + [each for child in below for each in family(child)]


def proportional(process):
    """MiB of a process and all below it; a page that several share is counted once."""
    return sum(map(one, family(process))) / 1024


def one(process):
    try:
        text = pathlib.Path("/proc/%d/smaps_rollup" % process).read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", text, re.M)
    return int(found.group(1)) if found else 0
