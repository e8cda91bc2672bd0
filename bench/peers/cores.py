"""How many threads the peers use: as many as Tessera does, which heeds the limits of a container."""
import os

CORES = int(os.environ.get("TESSERA_BENCH_CORES", os.cpu_count()))


def threaded_dask():
    import dask
    dask.config.set(scheduler="threads", num_workers=CORES)
    return dask
