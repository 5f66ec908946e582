"""The environment that the plugin gives its trainer (TrainerEnvironment): jemalloc with the same options where Debian's is there."""

import os
import pathlib

JEMALLOC = pathlib.Path("/usr/lib/x86_64-linux-gnu/libjemalloc.so.2")


def environment(threads):
    variables = dict(os.environ, DJL_OFFLINE="true", OPT_OUT_TRACKING="true", OMP_NUM_THREADS=str(threads))
    if JEMALLOC.exists() and not {"LD_PRELOAD", "MALLOC_CONF"} & set(os.environ):
        variables.update(LD_PRELOAD=str(JEMALLOC), MALLOC_CONF="thp:always,dirty_decay_ms:60000,lg_extent_max_active_fit:30,oversize_threshold:0")
    return variables
