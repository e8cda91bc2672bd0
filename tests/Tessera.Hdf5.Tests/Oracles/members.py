"""Datasets of compounds and of arrays, as the reference library writes them, with what each member holds.

    reading.py members FOLDER    members.json: each member of each dataset, its elements in members.bin; and sums of larger ones in sums.json
"""
import json, os, sys
import numpy as np
import h5py
from h5py import h5d, h5p, h5s, h5t
import reading
from reading import NAMES, TYPES, elements, native, plist, random

CASES = []
BYTES = bytearray()


def note(file, path, member, values, target):
    values = np.ascontiguousarray(values, np.dtype(target).newbyteorder("<"))
    CASES.append({"File": os.path.basename(file.filename), "Path": path, "Member": member, "Type": NAMES[target], "Shape": list(values.shape), "Offset": len(BYTES)})
    BYTES.extend(values.tobytes())


def record(names, inner):
    """A compound of numbers of many makes, with gaps between them: in the file, and in memory. inner: the sizes of an array in each member."""
    stored, memory, at, place = [], [], 3, 0
    for name in names:
        tid, mem = TYPES[name][0], native(name)
        if inner:
            tid, mem = h5t.array_create(tid, inner), h5t.array_create(mem, inner)
        stored.append((name, at, tid))
        memory.append((name, place, mem))
        at += tid.get_size() + 1
        place += mem.get_size()
    kinds = []
    for size, members in ((at, stored), (place, memory)):
        kind = h5t.create(h5t.COMPOUND, size)
        for name, offset, tid in members:
            kind.insert(name.encode(), offset, tid)
        kinds.append(kind)
    return kinds


def named(name, shape):
    """Of an enum, values that have names: the library writes all others as -1."""
    values = {"enum": [-3, 1000], "enumbe": [1, 2]}.get(name)
    return elements(name, shape) if values is None else random.choice(values, shape).astype(TYPES[name][1])


def put_records(file, path, names, shape, p, inner=(), most=None, part=None):
    """part: how many along the first axis are written; the others are the fill value."""
    kind, memory = record(names, inner)
    written = (part or shape[0],) + shape[1:]
    data = {name: named(name, written + inner) for name in names}
    raw = np.concatenate([np.ascontiguousarray(data[name]).reshape(int(np.prod(written)), -1).view("u1") for name in names], axis=1)
    most = tuple(h5s.UNLIMITED if size is None else size for size in most) if most else None
    lcpl = h5p.create(h5p.LINK_CREATE)
    lcpl.set_create_intermediate_group(True)
    space = h5s.create_simple(shape, most)
    d = h5d.create(file.id, path.encode(), kind, space, p, lcpl=lcpl)
    selected = space.copy()
    selected.select_hyperslab((0,) * len(shape), written)
    d.write(h5s.create_simple(written), selected, np.ascontiguousarray(raw).reshape(-1).view(f"V{raw.shape[1]}").reshape(written), memory)
    found = np.zeros(shape, f"V{raw.shape[1]}")
    d.read(h5s.ALL, h5s.ALL, found, memory)  # some types hold less than what was written
    found, at = found.reshape(-1).view("u1").reshape(int(np.prod(shape)), -1), 0
    for name in names:
        kind = data[name].dtype
        size = kind.itemsize * int(np.prod(inner, dtype=int))
        note(file, "/" + path, name, np.ascontiguousarray(found[:, at : at + size]).view(kind).reshape(shape + inner), TYPES[name][1])
        at += size


def nested(file, path, **options):
    at = np.dtype([("x", "<f4"), ("y", ">i2"), ("m", "<i2", (2, 2))])
    points = np.dtype([("u", "<f8"), ("v", "i1"), ("w", [("a", ">u4", (2,)), ("b", "<u2")])])
    kind = np.dtype([("id", ">i4"), ("at", at), ("points", points, (3,)), ("name", "S5"), ("dot.name", "<u2"), ("dot", [("name", "u1"), ("rest", "<f2")]), ("is", "?"), ("tail", "u1")])
    data = np.frombuffer(random.bytes(kind.itemsize * 60), kind).reshape(20, 3).copy()
    data["name"], data["is"], data["dot"]["rest"] = b"abc", random.integers(0, 2, (20, 3)), np.round(random.normal(size=(20, 3)) * 8) / 8
    file.create_dataset(path, data=data, **options)
    path = "/" + path
    for member, values, target in (("id", data["id"], "i4"), ("at.x", data["at"]["x"], "f4"), ("at.y", data["at"]["y"], "i2"), ("at.m", data["at"]["m"], "i2"),
                                   ("points.u", data["points"]["u"], "f8"), ("points.v", data["points"]["v"], "i1"), ("points.w.a", data["points"]["w"]["a"], "u4"),
                                   ("points.w.b", data["points"]["w"]["b"], "u2"), ("dot.name", data["dot.name"], "u2"), ("dot.rest", data["dot"]["rest"], "f2"),
                                   ("is", data["is"], "b1"), ("tail", data["tail"], "u1")):
        note(file, path, member, values, target)


def arrays(file, path, name, inner, shape, p):
    """Each element is an array."""
    tid, memory = h5t.array_create(TYPES[name][0], inner), h5t.array_create(native(name), inner)
    lcpl = h5p.create(h5p.LINK_CREATE)
    lcpl.set_create_intermediate_group(True)
    values = elements(name, shape + inner)
    d = h5d.create(file.id, path.encode(), tid, h5s.create_simple(shape) if shape else h5s.create(h5s.SCALAR), p, lcpl=lcpl)
    d.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(values), memory)
    found = np.zeros(shape + inner, values.dtype)
    d.read(h5s.ALL, h5s.ALL, found, memory)
    note(file, "/" + path, None, found, TYPES[name][1])


def arrays_of_records(file):
    kind = h5t.create(h5t.COMPOUND, 12)
    kind.insert(b"a", 0, h5t.STD_I32BE)
    kind.insert(b"b", 4, h5t.IEEE_F64LE)
    data = np.zeros((6, 2), [("a", ">i4"), ("b", "<f8")])
    data["a"], data["b"] = random.integers(-9, 9, (6, 2)), random.normal(size=(6, 2))
    h5d.create(file.id, b"pairs", h5t.array_create(kind, (2,)), h5s.create_simple((6,))).write(h5s.ALL, h5s.ALL, data, h5t.array_create(kind, (2,)))
    note(file, "/pairs", "a", data["a"], "i4")
    note(file, "/pairs", "b", data["b"], "f8")


def fill(file):
    names = list(TYPES)
    put_records(file, "contiguous", names, (7, 13), plist())
    put_records(file, "compact", names, (5, 3), plist(h5d.COMPACT))
    put_records(file, "chunked", names, (17, 11), plist(chunk=(4, 5)))
    put_records(file, "deflated", names, (17, 11), plist(chunk=(4, 5), filters="shuffle gzip fletcher32"), most=(None, 11))
    put_records(file, "lzf", names[:9], (40,), plist(chunk=(7,), filters="lzf"))
    put_records(file, "grids", ["i2be", "f4", "u1", "u12in16be", "f8be", "bool"], (9, 4), plist(chunk=(2, 4), filters="gzip"), inner=(2, 3))
    put_records(file, "partly", ["i4", "u2be", "f8"], (30, 4), plist(chunk=(5, 4)), part=11)
    put_records(file, "one", ["i2be"], (50, 3), plist(chunk=(9, 2)))
    nested(file, "nested/contiguous")
    nested(file, "nested/chunked", chunks=(7, 2), compression="gzip", shuffle=True)
    for name in ("f4", "i2be", "i24bits", "bool", "f2", "u1"):
        arrays(file, f"arrays/contiguous/{name}", name, (3, 3), (10,), plist())
        arrays(file, f"arrays/chunked/{name}", name, (5,), (9, 4), plist(chunk=(2, 3), filters="gzip"))
        arrays(file, f"arrays/single/{name}", name, (2, 2), (), plist())
    arrays_of_records(file)


def sums(folder):
    """What is asked of complex images and tables of events."""
    with h5py.File(os.path.join(folder, "complex.h5"), "w") as file:
        z = (random.normal(size=(8, 64, 96)) + 1j * random.normal(size=(8, 64, 96))).astype("c8")
        file.create_dataset("kspace", data=z, chunks=(1, 64, 96))
        m = np.zeros((100, 50), [("real", "f8"), ("imag", "f8")])
        m["real"] = 2
        file["matlab"] = m
        t = np.zeros(200_000, [("time", "<u8"), ("x", "<u2"), ("y", "<u2"), ("p", "u1"), ("label", "S6")])
        t["time"], t["x"], t["label"] = np.arange(200_000), 7, b"ab"
        file.create_dataset("events", data=t, chunks=(10_000,), compression="gzip")
    with open(os.path.join(folder, "sums.json"), "w") as out:
        json.dump({"r": float(z.real.sum(dtype="f8")), "i": float(z.imag.sum(dtype="f8")), "real": float(m["real"].sum()), "time": int(t["time"].sum()), "x": int(t["x"].sum(dtype="i8"))}, out)


def write(folder):
    for version in ("old", "new"):
        with reading.new(f"members-{version}.h5", **reading.VERSIONS[version]) as file:
            fill(file)
    sums(folder)
    with open(os.path.join(folder, "members.json"), "w") as out:
        json.dump(CASES, out)
    with open(os.path.join(folder, "members.bin"), "wb") as out:
        out.write(BYTES)
