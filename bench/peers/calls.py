"""Delayed functions that do next to nothing, so that what is measured is the graph."""
from cores import threaded_dask


def prepare(case, peer, directory):
    dask = threaded_dask()
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
