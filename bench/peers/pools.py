"""Maps of functions that do next to nothing, or only wait, so that what is measured is the pool."""
import multiprocessing as mp
import multiprocessing.dummy as threads
import time

import numpy as np


def slow(n):
    time.sleep(1)
    return n * n


def inc(n):
    return n + 1


def same(x):
    return x


def prepare(case, peer, directory):
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
