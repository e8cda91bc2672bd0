"""A Python program from its start to its end, which computes something small."""
import resource
import subprocess
import sys
import time

PROGRAM = "import numpy as np, dask.array as da; x = da.from_array(np.full(1000, 0.5)); print((x * 2 + 1).sum().compute())"


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def prepare(case, peer, directory):
    import dask.array  # so that a missing package is told as such

    def run():
        before, begin = used(), time.perf_counter()
        answer = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True, text=True).stdout.strip()
        wall, processor = time.perf_counter() - begin, used() - before
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
        return {"seconds": processor if case == "cold-start-cpu" else wall, "peak": peak, "answer": answer}

    return run
