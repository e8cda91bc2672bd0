"""The peers' side of the benchmark. usage: run.py CASE PEER DIR
Makes the case's data and says "ready"; then runs the case once for every line on standard input and answers
"ran seconds peak-MB result". A package that isn't there is answered with "missing NAME", any other failure with "failed MESSAGE"."""
import gc
import importlib
import signal
import sys
import time

FAMILIES = {
    "random": "arrays", "two": "arrays", "sum": "arrays", "fused": "arrays", "mean": "arrays", "std": "arrays", "tiny": "arrays",
    "rechunk": "arrays", "tiff": "images", "deflate": "images", "delayed": "calls", "pool": "pools", "hdf5": "hdf5", "cold": "cold",
}


def peak_megabytes():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0


def shown(answer):
    """The element that Cases/Case.cs names, or the last, as text without a space."""
    import numpy as np
    elements = np.asarray(answer).ravel()
    return str(elements[min(100, elements.size - 1)]).replace(" ", "_")


def serve(case, peer, directory):
    run = importlib.import_module(FAMILIES[case.split("-")[0]]).prepare(case, peer, directory)
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = time.perf_counter()
        answer = run()
        seconds = time.perf_counter() - begin
        peak = peak_megabytes()
        if isinstance(answer, dict):  # a run that knows better what is to be counted
            seconds, peak, answer = answer["seconds"], answer["peak"], answer["answer"]
        ran = f"ran {seconds:.9f} {peak:.0f} {shown(answer)}"
        answer = None  # the next run begins without this one's result in memory, here as in Tessera's process
        gc.collect()
        print(ran, flush=True)  # now it is another contender's turn


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the benchmark ends us itself
    try:
        serve(*sys.argv[1:4])
    except ModuleNotFoundError as error:
        print(f"missing {error.name}", flush=True)
    except Exception as error:
        print(f"failed {type(error).__name__}: {error}".replace("\n", " "), flush=True)


if __name__ == "__main__":  # a spawned worker of a pool reads this file as well
    main()
