"""The peers' side of the benchmark. usage: peers.py CASE PEER DIR
Runs the case once for every line on standard input and answers "seconds peak-MB result"."""
import glob
import os
import sys
import time

import numpy as np

case, peer, directory = sys.argv[1:4]
CORES = os.cpu_count()
ROWS, COLUMNS = 16384, 8192


def gibibyte():
    x = np.empty((ROWS, COLUMNS))
    rng = np.random.default_rng(0)
    for i in range(0, ROWS, 1024):
        rng.random(out=x[i:i + 1024])
    return x


def in_memory(x):
    return {
        "sum": lambda: x.sum(),
        "fused": lambda: ((x + 1) * 2 - x * x).sum(),
        "mean-axis0": lambda: x.mean(axis=0),
        "std-axis0": lambda: x.std(axis=0),
    }[case]


def dask_case():
    import dask
    import dask.array as da
    dask.config.set(scheduler="threads", num_workers=CORES)

    def cube():
        return da.random.randint(0, 255, size=(1000, 1024, 1024), chunks=(100, 64, 64))

    def square(gigabytes):
        side = 4000
        return da.random.random((round(gigabytes * 1e9 / (side * side * 8)) * side, side), chunks=(side, side))

    def two_pass():
        x = square(8)
        return ((x - x.mean()) * (x - x.mean())).mean().compute()

    def frames(kind):
        from dask import delayed
        from tifffile import imread
        names = sorted(glob.glob(os.path.join(directory, kind, "*.tif")))
        sample = imread(names[0])
        lazy = delayed(imread, pure=True)
        return da.stack([da.from_delayed(lazy(n), sample.shape, sample.dtype) for n in names])

    if case in ("sum", "fused", "mean-axis0", "std-axis0"):
        compute = in_memory(da.from_array(gibibyte(), chunks=(1024, 1024)))
        return lambda: compute().compute()
    return {
        "random-build": lambda: len(cube()[:, :10].mean().__dask_graph__()),
        "random-slice": lambda: cube()[:, :10].mean().compute(),
        "random-whole": lambda: cube().mean().compute(),
        "random-std-40gb": lambda: square(40).std().compute(),
        "two-pass-8gb": two_pass,
        "tiff-max": lambda: frames("tiff_raw").max(axis=0).compute(),
        "tiff-mean": lambda: frames("tiff_raw").mean(axis=(1, 2)).compute(),
        "tiff-std": lambda: frames("tiff_raw").std(axis=0).compute(),
        "tiff-std-rechunked": lambda: frames("tiff_raw").rechunk((10, 512, 512)).std(axis=0).compute(),
        "deflate-max": lambda: frames("tiff_deflate").max(axis=0).compute(),
    }[case]


def delayed_case():
    import dask
    dask.config.set(scheduler="threads", num_workers=CORES)
    inc = dask.delayed(lambda n: n + 1)
    add = dask.delayed(lambda a, b: a + b)
    total = dask.delayed(sum)

    def tree():
        level = [inc(i) for i in range(100_000)]
        while len(level) > 1:
            level = [total(level[i:i + 10]) for i in range(0, len(level), 10)]
        return level[0]

    def chain():
        value = 0
        for _ in range(10_000):
            value = inc(value)
        return value

    return {
        "delayed-build": lambda: add(inc(1), inc(2)) is None,
        "delayed-tree-build": lambda: tree() is None,
        "delayed-tree": lambda: tree().compute(),
        "delayed-chain-build": lambda: chain() is None,
        "delayed-chain": lambda: chain().compute(),
    }[case]


def hdf5_case():
    import h5py
    kind = case.split("-", 1)[1]
    path = os.path.join(directory, "hdf5_%s" % ("contiguous" if kind in ("open", "write") else kind), "experiments.h5")
    groups = ("Control", "Treatment")

    def write():
        with h5py.File(path, "r") as file:
            frames = file["Control/Experiment 1"][...]

        def run():
            to = os.path.join(directory, "written_by_h5py.h5")
            with h5py.File(to, "w") as file:
                data = file.create_dataset("frames", (1000, 1024, 1024), "f4", chunks=(10, 128, 128), compression="gzip", compression_opts=1, shuffle=True)
                for i in range(0, 1000, 50):
                    data[i:i + 50] = frames
            size = os.path.getsize(to)
            os.remove(to)
            return size
        return run

    if kind == "write":
        return write()

    import dask
    import dask.array as da
    dask.config.set(scheduler="threads", num_workers=CORES)

    def lazy(file, group, count):
        return [da.from_array(file["%s/Experiment %d" % (group, i)], chunks=(10, 128, 128)) for i in range(1, count + 1)]

    def opened():
        with h5py.File(path, "r") as file:
            return sum(a.size for g in groups for a in lazy(file, g, 9))

    def difference():
        with h5py.File(path, "r") as file:
            control, treatment = (da.stack(lazy(file, g, 10)).mean(axis=0) for g in groups)
            return (control - treatment).compute()[25, 500, 500]

    return opened if kind == "open" else difference


def slow(n):
    time.sleep(1)
    return n * n


def inc(n):
    return n + 1


def same(x):
    return x


def pool_case():
    import multiprocessing as mp
    import multiprocessing.dummy as threads
    start = mp.get_context("spawn").Pool if peer == "python-spawn" else mp.Pool

    def sleep(make):
        with make(4) as pool:
            result = pool.map(slow, range(4))
            pool.close()
            pool.join()
        return result[-1]

    def mapped(make, count, chunk=None):
        pool = make(2)
        return lambda: pool.map(inc, range(count), chunksize=chunk)[-1]

    def arrays():
        pool = start(2)
        sent = [np.full(2 << 20, float(i)) for i in range(64)]
        return lambda: pool.map(same, sent, chunksize=1)[-1][-1]

    return {
        "pool-sleep-threads": lambda: lambda: sleep(threads.Pool),
        "pool-sleep-processes": lambda: lambda: sleep(start),
        "pool-threads": lambda: mapped(threads.Pool, 1_000_000),
        "pool-threads-1": lambda: mapped(threads.Pool, 1_000_000, 1),
        "pool-processes": lambda: mapped(start, 1_000_000),
        "pool-processes-1": lambda: mapped(start, 100_000, 1),
        "pool-arrays": arrays,
    }[case]()


def peak_megabytes():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0


def main():
    if case.startswith("pool"):
        run = pool_case()
    elif case.startswith("hdf5"):
        run = hdf5_case()
    else:
        run = delayed_case() if case.startswith("delayed") else dask_case() if peer == "dask" else in_memory(gibibyte())
    for _ in sys.stdin:
        begin = time.perf_counter()
        answer = run()
        seconds = time.perf_counter() - begin
        print(f"{seconds:.6f} {peak_megabytes():.0f} {np.ravel(answer)[min(100, np.size(answer) - 1)]}", flush=True)


if __name__ == "__main__":  # a spawned worker of a pool reads this file as well
    main()
