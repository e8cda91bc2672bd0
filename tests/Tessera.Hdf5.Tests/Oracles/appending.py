"""Files that two programs write in turn.

    appending.py make FOLDER     datasets with every filter, fill value and byte order, in files of four formats, for Tessera to make longer
    appending.py check FOLDER    reads what they became
    appending.py grow FILE NAME  makes a dataset that Tessera wrote larger, and says how many elements behind its old end aren't 0
"""
import os, sys
import h5py
import numpy as np

FILES = {"earliest.h5": {}, "latest.h5": dict(libver="latest"), "user.h5": dict(userblock_size=512), "track.h5": dict(track_order=True)}
OLD, MORE = np.arange(35).reshape(5, 7), (1000 + np.arange(42)).reshape(6, 7)
KINDS = {
    "plain": {}, "gzip": dict(compression="gzip"), "gzipshuffle": dict(compression="gzip", shuffle=True), "fletcher": dict(fletcher32=True),
    "gzfl": dict(compression="gzip", fletcher32=True), "lzf": dict(compression="lzf", shuffle=True), "scale": dict(scaleoffset=0), "fill": dict(fillvalue=7),
    "big": dict(compression="gzip", dtype=">i4"), "two": dict(compression="gzip", maxshape=(None, None)), "f4": dict(compression="gzip", dtype="<f4"),
}


def make(folder):
    for name, kw in FILES.items():
        with h5py.File(os.path.join(folder, name), "w", **kw) as f:
            for kind, options in KINDS.items():
                f.create_dataset(kind, (5, 7), **{"dtype": "<i4", "chunks": (4, 5), "maxshape": (None, 7), **options})[...] = OLD
            f.create_dataset("bool", (5, 7), "?", chunks=(4, 5), maxshape=(None, 7))[...] = True
            f.create_dataset("empty", (0, 7), "<i4", chunks=(4, 5), maxshape=(None, 7), compression="gzip")
            f.create_dataset("holes", (9, 7), "<i4", chunks=(4, 5), maxshape=(None, 7), compression="gzip", fillvalue=3)[8] = np.arange(7)


def check(folder):
    special = {"big": OLD, "scale": OLD, "empty": MORE, "bool": np.concatenate([np.ones((5, 7), bool), MORE > 1010]), "holes": np.concatenate([np.full((8, 7), 3), [np.arange(7)], MORE])}
    for name in FILES:
        with h5py.File(os.path.join(folder, name)) as f:
            for kind in f:
                wanted = special.get(kind, np.concatenate([OLD, MORE]))
                assert f[kind].shape == wanted.shape and np.array_equal(f[kind][()], wanted), (name, kind, f[kind].shape)
    print("same")


def grow(path, name):
    with h5py.File(path, "a") as f:
        old = f[name].shape
        f[name].resize(tuple(2 * size + 3 for size in old))
        elements = f[name][()]
        elements[tuple(slice(0, size) for size in old)] = 0
        print(np.count_nonzero(elements))


{"make": make, "check": check, "grow": grow}[sys.argv[1]](*sys.argv[2:])
