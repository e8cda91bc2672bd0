"""Writes HDF5 files with every kind of chunk index and heap, and prints what is in them as JSON.

    chunks.py indices FOLDER    a dataset a file: and which chunks h5py finds in it
    chunks.py heaps FOLDER      groups with many and long names, attributes, texts of variable length
    chunks.py timing FOLDER N   one dataset of N chunks for each kind of index
"""
import ctypes
import itertools
import json
import os
import sys
import zlib

import h5py
import numpy as np

folder = sys.argv[2]
EARLIEST, LATEST = ("earliest", "v108"), ("v110", "v110")
BTREE1, SINGLE, IMPLICIT, FIXED, EXTENSIBLE, BTREE2 = range(6)
GZIP = dict(compression="gzip", compression_opts=1, shuffle=True)
MOST = 2000  # chunks of a file that are looked at one by one
rng = np.random.default_rng(7)


def chunks_of(dset, grid):
    """
    What lookups find: the checksum of each chunk's stored bytes, their number, and the filters that were left out. Going through the index, as
    the functions do that tell addresses, gives wrong places in libhdf5 1.10.8 where the axis that grows isn't the first one.
    """
    found = []
    for place in grid[::1 + len(grid) // MOST]:
        try:
            mask, stored = dset.id.read_direct_chunk(tuple(p * c for p, c in zip(place, dset.chunks)))
        except (OSError, RuntimeError):
            continue  # never written
        if stored:
            found.append([zlib.crc32(stored), len(stored), mask, *place])
    return found


def create(path, libver, userblock, sizes, lengths):
    if sizes == 8:
        return h5py.File(path, "w", libver=libver, userblock_size=userblock)
    fcpl, fapl = h5py.h5p.create(h5py.h5p.FILE_CREATE), h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    fcpl.set_sizes(sizes, lengths)
    fapl.set_libver_bounds(*({"earliest": h5py.h5f.LIBVER_EARLIEST, "v108": h5py.h5f.LIBVER_V18, "v110": h5py.h5f.LIBVER_V110}[v] for v in libver))
    return h5py.File(h5py.h5f.create(path.encode(), h5py.h5f.ACC_TRUNC, fcpl, fapl))


def index(name, kind, shape, chunks, maxshape=None, libver=LATEST, dtype="i4", filters={}, userblock=0, sizes=8, early=False, only=None, masked=(), resize=()):
    path = os.path.join(folder, name + ".h5")
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    if early:
        dcpl.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    lengths = 8 if maxshape and None in maxshape else sizes  # libhdf5 1.10.8 doesn't find "unlimited" in shorter ones
    with create(path, libver, userblock, sizes, lengths) as f:
        dset = f.create_dataset("d", shape, dtype, maxshape=maxshape, chunks=chunks, dcpl=dcpl, **filters)
        if only is None:
            dset[...] = rng.integers(1, 100, shape).astype(dtype)
        else:
            for place in only:
                dset[tuple(slice(p * c, min((p + 1) * c, s)) for p, c, s in zip(place, chunks, shape))] = 1 + sum(place) % 100
        for place in masked:
            full = np.full(chunks, 7, dtype).tobytes()
            dset.id.write_direct_chunk(tuple(p * c for p, c in zip(place, chunks)), full, filter_mask=3)
        for size in resize:
            dset.resize(size)
        shape = dset.shape
    with h5py.File(path, "r") as f:
        dset = f["d"]
        grid = only if only is not None else itertools.product(*(range(-(-s // c)) for s, c in zip(shape, chunks)))
        grid = [p for p in grid if all(a * c < s for a, c, s in zip(p, chunks, shape))]
        return dict(file=name + ".h5", kind=kind, shape=shape, chunk=chunks, maxshape=[-1 if m is None else m for m in dset.maxshape],
                    itemsize=dset.dtype.itemsize, filtered=bool(filters), userblock=userblock, sizes=sizes, lengths=lengths,
                    count=dset.id.get_num_chunks(), chunks=chunks_of(dset, grid))


def indices():
    few = [(int(a), int(b)) for a, b in {(a, b) for a, b in rng.integers(0, 100, (60, 2))}]
    tree = dict(kind=BTREE1, libver=EARLIEST)
    yield index("tree1-few", shape=(7, 9), chunks=(2, 3), **tree)
    yield index("tree1-line", shape=(1000,), chunks=(7,), **tree)
    yield index("tree1-four-axes", shape=(4, 5, 6, 7), chunks=(2, 2, 2, 2), **tree)
    yield index("tree1-deep", shape=(200, 150), chunks=(1, 1), dtype="i1", **tree)
    yield index("tree1-sparse", shape=(1000, 1000), chunks=(10, 10), only=few, **tree)
    yield index("tree1-filtered", shape=(100, 100), chunks=(7, 7), filters=GZIP, masked=[(1, 2), (14, 14)], **tree)
    yield index("tree1-shrunk", shape=(50, 60), chunks=(4, 5), maxshape=(None, None), resize=[(21, 33)], **tree)
    yield index("tree1-grown", shape=(20, 30), chunks=(4, 5), maxshape=(None, 100), resize=[(10, 30), (45, 99)], **tree)
    yield index("tree1-user-block", shape=(20, 30), chunks=(4, 5), userblock=1024, **tree)

    yield index("single", SINGLE, (30, 40), (30, 40))
    yield index("single-filtered", SINGLE, (30, 40), (30, 40), filters=GZIP)
    yield index("single-masked", SINGLE, (30, 40), (30, 40), filters=GZIP, masked=[(0, 0)])
    yield index("single-shrunk", SINGLE, (30, 40), (30, 40), maxshape=(30, 40), resize=[(5, 7)])
    yield index("single-user-block", SINGLE, (30, 40), (30, 40), userblock=512)

    yield index("implicit", IMPLICIT, (30, 41), (8, 5), early=True)
    yield index("implicit-limits", IMPLICIT, (30, 41), (8, 5), maxshape=(50, 100), early=True)
    yield index("implicit-grown", IMPLICIT, (30, 41), (8, 5), maxshape=(50, 100), early=True, resize=[(9, 20), (50, 60)])
    yield index("implicit-user-block", IMPLICIT, (30, 41), (8, 5), early=True, userblock=2048)

    yield index("fixed-few", FIXED, (30, 41), (8, 5))
    yield index("fixed-filtered", FIXED, (30, 41), (8, 5), filters=GZIP, masked=[(1, 1), (3, 8)])
    yield index("fixed-limits", FIXED, (20, 30), (8, 5), maxshape=(50, 83))
    yield index("fixed-limits-filtered", FIXED, (20, 30), (8, 5), maxshape=(50, 83), filters=GZIP)
    yield index("fixed-paged", FIXED, (5000,), (1,), dtype="i1")
    yield index("fixed-paged-filtered", FIXED, (60, 61), (1, 1), filters=GZIP)
    yield index("fixed-paged-sparse", FIXED, (1000, 1000), (10, 10), only=few[:6])
    yield index("fixed-shrunk", FIXED, (50, 60), (4, 5), maxshape=(50, 60), resize=[(21, 33)])
    yield index("fixed-user-block", FIXED, (50, 60), (4, 5), userblock=512)

    yield index("extensible-few", EXTENSIBLE, (30, 41), (8, 5), maxshape=(None, 41))
    yield index("extensible-one", EXTENSIBLE, (3,), (8,), maxshape=(None,))
    yield index("extensible-filtered", EXTENSIBLE, (130, 41), (8, 5), maxshape=(None, 41), filters=GZIP, masked=[(1, 1), (16, 8)])
    yield index("extensible-last-axis", EXTENSIBLE, (30, 141), (8, 5), maxshape=(30, None))
    yield index("extensible-middle-axis", EXTENSIBLE, (6, 41, 9), (2, 3, 4), maxshape=(11, None, 22))
    yield index("extensible-last-axis-filtered", EXTENSIBLE, (30, 141), (8, 5), maxshape=(44, None), filters=GZIP)
    yield index("extensible-many", EXTENSIBLE, (20000,), (1,), maxshape=(None,), dtype="i1")
    yield index("extensible-pages", EXTENSIBLE, (2, 70000), (2, 1), maxshape=(2, None), dtype="i1", filters=dict(fletcher32=True))
    yield index("extensible-sparse", EXTENSIBLE, (3000000,), (3,), maxshape=(None,), only=[(i,) for i in (2, 77, 5000, 123456, 900000, 999999)])
    yield index("extensible-shrunk", EXTENSIBLE, (300, 41), (4, 5), maxshape=(None, 41), resize=[(22, 13)])
    yield index("extensible-grown", EXTENSIBLE, (30, 41), (4, 5), maxshape=(None, 90), resize=[(22, 13), (400, 90)])
    yield index("extensible-user-block", EXTENSIBLE, (300, 41), (4, 5), maxshape=(None, 41), userblock=4096)

    both = (None, None)
    yield index("tree2-few", BTREE2, (30, 41), (8, 5), maxshape=both)
    yield index("tree2-one", BTREE2, (3, 4), (8, 5), maxshape=both)
    yield index("tree2-many", BTREE2, (200, 150), (1, 1), maxshape=both, dtype="i1")
    yield index("tree2-filtered", BTREE2, (100, 100), (7, 7), maxshape=both, filters=GZIP, masked=[(1, 2), (14, 14)])
    yield index("tree2-sparse", BTREE2, (1000, 1000), (10, 10), maxshape=both, only=few)
    yield index("tree2-three-axes", BTREE2, (30, 20, 10), (3, 4, 5), maxshape=(None, 30, None))
    yield index("tree2-shrunk", BTREE2, (50, 60), (4, 5), maxshape=both, resize=[(21, 33)])
    yield index("tree2-grown", BTREE2, (30, 41), (4, 5), maxshape=both, resize=[(22, 13), (100, 90)])
    yield index("tree1-v108", BTREE1, (20, 30), (4, 5), libver=("v108", "v108"))
    for sizes in (2, 4):
        yield index(f"tree1-addresses-{sizes}", shape=(20, 30), chunks=(4, 5), sizes=sizes, **tree)
        yield index(f"fixed-addresses-{sizes}", FIXED, (20, 30), (4, 5), sizes=sizes, maxshape=(40, 50))
        yield index(f"fixed-filtered-addresses-{sizes}", FIXED, (20, 30), (4, 5), sizes=sizes, filters=GZIP)
        yield index(f"extensible-addresses-{sizes}", EXTENSIBLE, (20, 300), (4, 5), sizes=sizes, maxshape=(40, None), filters=GZIP)
        yield index(f"tree2-addresses-{sizes}", BTREE2, (50, 60), (4, 5), sizes=sizes, maxshape=both, filters=GZIP)
    yield index("tree2-user-block", BTREE2, (50, 60), (4, 5), maxshape=both, userblock=512)


def group(name, links, libver, order=False, soft=0, deflate=False):
    """Links to one dataset in a group, and where that lies."""
    path = os.path.join(folder, name + ".h5")
    with h5py.File(path, "w", libver=libver) as f:
        gcpl = h5py.h5p.create(h5py.h5p.GROUP_CREATE)
        if order:
            gcpl.set_link_creation_order(h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED)
        if deflate:
            library = next(line.split()[-1] for line in open("/proc/self/maps") if "libhdf5_serial.so" in line or "/libhdf5.so" in line or "libhdf5-" in line)
            assert ctypes.CDLL(library).H5Pset_deflate(ctypes.c_int64(gcpl.id), 6) >= 0
        g = f if libver == EARLIEST else h5py.Group(h5py.h5g.create(f.id, b"g", gcpl=gcpl))
        target = g.create_dataset("target", data=np.arange(3))
        for link in links:
            g[link] = target
        for i in range(soft):
            g[f"soft{i}"] = h5py.SoftLink(f"/some/where/{i}")
        softs = {f"soft{i}": f"/some/where/{i}" for i in range(soft)}
        return dict(file=name + ".h5", names=sorted([*links, "target"]), soft=softs, address=h5py.h5o.get_info(target.id).addr)


def attributes(name, values):
    path = os.path.join(folder, name + ".h5")
    with h5py.File(path, "w", libver=LATEST) as f:
        dset = f.create_dataset("d", data=np.arange(3))
        for i, count in enumerate(values):
            dset.attrs[f"attribute {i}"] = np.full(count, i + 1, "i4")
    return dict(file=name + ".h5", counts=values)


def texts(name, values, libver):
    path = os.path.join(folder, name + ".h5")
    with h5py.File(path, "w", libver=libver) as f:
        dset = f.create_dataset("d", data=values, dtype=h5py.string_dtype())
        f.flush()
        return dict(file=name + ".h5", texts=values, at=dset.id.get_offset())


def heaps():
    short = [f"link {i}" for i in range(20)]
    many = [f"{i:05} " + "x" * int(n) for i, n in enumerate(rng.integers(1, 250, 8000))]
    long = [f"{i:03} " + "é" * 3000 for i in range(40)]
    yield group("old-few", short, EARLIEST, soft=3)
    yield group("old-many", many[:3000], EARLIEST, soft=100)
    yield group("old-long", [f"{i:03} " + "e" * 3000 for i in range(40)], EARLIEST)  # other letters than ASCII make it a group of the new kind
    yield group("dense-few", short, LATEST)
    yield group("dense-many", many, LATEST)
    yield group("dense-ordered", many[:1000], LATEST, order=True)
    yield group("dense-long", long, LATEST)
    yield group("dense-filtered-few", short, LATEST, deflate=True)
    yield group("dense-filtered", many + long, LATEST, deflate=True)
    yield attributes("attributes-few", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    yield attributes("attributes-many", [int(n) for n in rng.integers(1, 2000, 300)])
    yield attributes("attributes-huge", [5] * 10 + [30000, 100000, 16384])
    words = ["one", "", "trois", "vierunddreißig " * 9, "y" * 100000, "end"]
    yield texts("texts-few", words, EARLIEST)
    yield texts("texts-many", [f"text number {i} " + "z" * (i % 50) for i in range(5000)] + words, LATEST)


def timing():
    n = int(sys.argv[3])
    for name, libver, maxshape, filters in (("tree1", EARLIEST, None, {}), ("fixed", LATEST, None, {}), ("extensible", LATEST, (None, 1000), {}),
                                            ("extensible-last", LATEST, (n // 1000, None), {}), ("tree2", LATEST, (None, None), {}),
                                            ("fixed-filtered", LATEST, None, dict(fletcher32=True))):
        kind = dict(tree1=BTREE1, fixed=FIXED, tree2=BTREE2).get(name.split("-")[0], EXTENSIBLE)
        path = os.path.join(folder, name + ".h5")
        with h5py.File(path, "w", libver=libver) as f:
            dset = f.create_dataset("d", (n // 1000, 1000), "i1", maxshape=maxshape, chunks=(1, 1), **filters)
            dset[...] = 1
            yield dict(file=name + ".h5", kind=kind, shape=dset.shape, chunk=(1, 1), maxshape=[-1 if m is None else m for m in dset.maxshape],
                       itemsize=1, filtered=bool(filters), userblock=0, chunks=[])


json.dump(list({"indices": indices, "heaps": heaps, "timing": timing}[sys.argv[1]]()), sys.stdout)
