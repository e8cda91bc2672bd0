"""Arrays in memory, and random ones that nobody holds."""
import numpy as np

from cores import CORES, threaded_dask

ROWS, COLUMNS = 16384, 8192


def prepare(case, peer, directory):
    if peer == "dask":
        return dask_run(case)
    return {"numpy": numpy_run, "numexpr": numexpr_run, "numba": numba_run}[peer](case)


def gibibyte():
    """Doubles spread evenly over [0, 1), the same that InMemory.cs makes."""
    x = np.empty((ROWS, COLUMNS))
    for i in range(ROWS):
        n = np.arange(i * COLUMNS, (i + 1) * COLUMNS, dtype=np.uint32)
        x[i] = (n * np.uint32(2654435769)) / 2.0**32
    return x


def in_memory(x, case):
    return {
        "sum": lambda: x.sum(),
        "fused": lambda: ((x + 1) * 2 - x * x).sum(),
        "mean-axis0": lambda: x.mean(axis=0),
        "std-axis0": lambda: x.std(axis=0),
    }[case]


def numpy_run(case):
    return in_memory(gibibyte(), case)


def numexpr_run(case):
    """Its own sum runs on one thread; so the chain is computed into memory that is there already, which is faster, and NumPy adds it up."""
    import numexpr
    numexpr.set_num_threads(CORES)
    x = gibibyte()
    if case == "sum":
        return lambda: numexpr.evaluate("sum(x)", local_dict={"x": x})
    out = np.empty_like(x)
    return lambda: numexpr.evaluate("(x + 1) * 2 - x * x", local_dict={"x": x}, out=out).sum()


def numba_run(case):
    from numba import set_num_threads
    import compiled
    set_num_threads(CORES)
    x = gibibyte()
    return {
        "sum": lambda: compiled.total(x),
        "fused": lambda: compiled.fused(x),
        "mean-axis0": lambda: compiled.mean(x, CORES),
        "std-axis0": lambda: compiled.deviation(x, CORES),
    }[case]


def dask_run(case):
    threaded_dask()
    import dask.array as da

    def cube():
        return da.random.randint(0, 255, size=(1000, 1024, 1024), chunks=(100, 64, 64))

    def square(gigabytes):
        side = 4000
        return da.random.random((round(gigabytes * 1e9 / (side * side * 8)) * side, side), chunks=(side, side))

    def two_pass():
        x = square(8)
        return ((x - x.mean()) * (x - x.mean())).mean().compute()

    if case in ("sum", "fused", "mean-axis0", "std-axis0"):
        compute = in_memory(da.from_array(gibibyte(), chunks=(1024, 1024)), case)
        return lambda: compute().compute()
    if case == "tiny-chunks":
        elements = np.arange(8_000_000, dtype=float) % 1000
        return lambda: da.from_array(elements, chunks=8).sum().compute()
    if case.startswith("rechunk"):
        frames = np.empty((256, 2048, 2048), np.uint8)
        for i, frame in enumerate(frames):
            frame[...] = np.add.outer(np.arange(2048) * 7, np.arange(2048) * 3) + i * 31
        x = da.from_array(frames, chunks=(1, 2048, 2048))
        return lambda: x.rechunk((256, 128, 128)).persist()[0, 0, :101]  # computed after the clock has stopped
    return {
        "random-build": lambda: len(cube()[:, :10].mean().__dask_graph__()),
        "random-slice": lambda: cube()[:, :10].mean().compute(),
        "random-whole": lambda: cube().mean().compute(),
        "random-std-40gb": lambda: square(40).std().compute(),
        "two-pass-8gb": two_pass,
    }[case]
