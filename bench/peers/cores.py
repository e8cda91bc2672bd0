"""How many threads the peers use: all there are."""
import os

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def threaded_dask():
    import dask
    dask.config.set(scheduler="threads", num_workers=CORES)
    return dask
