"""Files whose elements lie in other files, as the reference library writes and reads them.

    others.py virtual FOLDER    virtual datasets of every form: cases.json, and their elements one behind the other in elements.bin
    others.py master FOLDER     what detectors write: a master file with external links, a file with virtual datasets, frames in a raw file
    others.py links FOLDER      external links in circles, to folders above and beside
    others.py groups FOLDER     groups of very many links
    others.py shrunk FOLDER     a group of which many links were removed
    others.py seeds FOLDER      small files that lead to each other, to be damaged
"""
import itertools, json, os, sys
import numpy as np
import h5py
from h5py import h5d, h5f, h5p, h5s, h5t

FOLDER = sys.argv[2]
os.chdir(FOLDER)  # the library looks for raw files in the current folder
random = np.random.default_rng(20261129)
NAMES = {"b1": "bool", "i1": "sbyte", "u1": "byte", "i2": "short", "u2": "ushort", "i4": "int", "u4": "uint", "i8": "long", "u8": "ulong", "f2": "Half", "f4": "float", "f8": "double"}
UNLIMITED = h5s.UNLIMITED


def space(shape, most=None):
    return h5s.create_simple(shape, most or shape)


def box(shape, start, count, stride=None, block=None, most=None):
    s = space(shape, most)
    s.select_hyperslab(start, count, stride, block)
    return s


def blocks(shape, *parts):
    s = space(shape)
    for i, (start, count) in enumerate(parts):
        s.select_hyperslab(start, count, op=h5s.SELECT_SET if i == 0 else h5s.SELECT_OR)
    return s


def virtual(f, name, shape, mappings, dtype="<i4", fill=None, most=None):
    """A virtual dataset by the library's own call, which takes any selection."""
    d = h5p.create(h5p.DATASET_CREATE)
    if fill is not None:
        d.set_fill_value(np.array(fill, dtype))
    for target, file, dataset, source in mappings:
        d.set_virtual(target, file.encode(), dataset.encode("utf-8", "surrogateescape"), source)
    if name.count("/"):
        f.require_group(name.rsplit("/", 1)[0])
    h5d.create(f.id, name.encode(), h5t.py_create(np.dtype(dtype), logical=True), space(shape, most), dcpl=d).close()


def numbers(shape, dtype="<i4"):
    n = int(np.prod(shape))
    return random.permutation(np.arange(n) % 30000).astype(dtype).reshape(shape)


def sources(prefix, **kw):
    os.makedirs("sub", exist_ok=True)
    with h5py.File(f"{prefix}a.h5", "w", **kw) as f:
        f["x"] = numbers((6, 5, 4))
        f.create_dataset("g/z", data=numbers((6, 5, 4)), chunks=(2, 3, 4), compression="gzip", shuffle=True)
        f["flat"] = numbers((120,))
        f["plane"] = numbers((5, 4))
        f["one"] = np.int32(77)
        f["link"] = h5py.SoftLink("/g/z")
        f["round"] = h5py.ExternalLink(f"{prefix}b.h5", "/x")
        f.create_dataset("grows", data=numbers((7, 5, 4)), maxshape=(None, 5, 4), chunks=(2, 5, 4))
        f.create_dataset("short", data=numbers((3, 5, 4)), maxshape=(None, 5, 4), chunks=(2, 5, 4))
        f["u1"] = numbers((6, 5, 4), "u1")
        f["f8"] = np.linspace(-50000, 50000, 120).reshape(6, 5, 4)
        f["i8"] = np.arange(-60, 60, dtype="i8").reshape(6, 5, 4) * 10 ** 9
        f["be"] = numbers((6, 5, 4), ">i4")
        f["flags"] = numbers((6, 5, 4)) % 2 == 0
        f["records"] = np.array([(i, i / 2) for i in range(6)], [("a", "<i4"), ("b", "<f8")])
        f["texts"] = np.array([b"one", b"two", b"three"], "S5")
        for i in range(5):
            if i != 3:
                f[f"n{i}"] = numbers((2, 5, 4))
    with h5py.File(f"{prefix}b.h5", "w", **kw) as f:
        f["x"] = numbers((6, 5, 4))
    for i in range(4):
        with h5py.File(f"sub/{prefix}n{i}.h5", "w", **kw) as f:
            f["x"] = numbers((1, 5, 4))


def mappings(f, prefix):
    a, b = f"{prefix}a.h5", f"{prefix}b.h5"
    whole = space((6, 5, 4))
    cube = lambda start, count, **kw: box((6, 5, 4), start, count, **kw)
    v = lambda name, shape, maps, **kw: virtual(f, name, shape, maps, **kw)
    v("whole", (6, 5, 4), [(whole, a, "x", whole)])
    v("whole chunked", (6, 5, 4), [(whole, a, "g/z", whole)])
    v("by a link", (6, 5, 4), [(whole, a, "link", whole)])
    v("by an external link", (6, 5, 4), [(whole, a, "round", whole)])
    v("one after the other", (12, 5, 4), [(box((12, 5, 4), (0, 0, 0), (6, 5, 4)), a, "g/z", whole), (box((12, 5, 4), (6, 0, 0), (6, 5, 4)), b, "x", whole)])
    v("in turn", (12, 5, 4), [(box((12, 5, 4), (i, 0, 0), (6, 5, 4), (2, 1, 1)), n, d, whole) for i, (n, d) in enumerate(((a, "g/z"), (b, "x")))])
    v("columns in turn", (6, 5, 8), [(box((6, 5, 8), (0, 0, i), (6, 5, 4), (1, 1, 2)), n, d, whole) for i, (n, d) in enumerate(((a, "g/z"), (b, "x")))])
    v("every other", (3, 3, 2), [(space((3, 3, 2)), a, "g/z", cube((0, 0, 1), (3, 3, 2), stride=(2, 2, 2)))])
    v("blocks", (4, 5, 4), [(space((4, 5, 4)), a, "x", cube((0, 0, 0), (2, 5, 4), stride=(3, 1, 1), block=(2, 1, 1)))])
    v("blocks to blocks", (9, 5, 4), [(box((9, 5, 4), (1, 0, 0), (2, 1, 1), (4, 1, 1), (2, 5, 4)), a, "x", cube((0, 0, 0), (2, 1, 1), stride=(3, 1, 1), block=(2, 5, 4)))], fill=-5)
    v("uneven blocks to blocks", (9, 5, 4), [(box((9, 5, 4), (0, 0, 0), (2, 1, 1), (4, 1, 1), (3, 5, 4)), a, "g/z", cube((0, 0, 0), (3, 1, 1), stride=(2, 1, 1), block=(2, 5, 4)))], fill=9)
    v("far apart", (2, 2, 2), [(space((2, 2, 2)), a, "g/z", cube((0, 0, 0), (2, 2, 2), stride=(5, 4, 3)))])
    v("frames", (5, 5, 4), [(box((5, 5, 4), (i, 0, 0), (1, 5, 4)), a, "plane", space((5, 4))) for i in (0, 2, 4)], fill=3)
    v("frame of a stack", (5, 4), [(space((5, 4)), a, "g/z", cube((3, 0, 0), (1, 5, 4)))])
    v("turned axes of one", (5, 1, 4), [(space((5, 1, 4)), a, "plane", space((5, 4)))])
    v("flattened", (120,), [(space((120,)), a, "g/z", whole)])
    v("folded", (6, 5, 4), [(whole, a, "flat", space((120,)))])
    v("folded part", (8, 5, 4), [(box((8, 5, 4), (1, 1, 1), (5, 3, 2)), a, "flat", box((120,), (3,), (30,), (3,)))], fill=1)
    v("an L", (6, 5, 4), [(blocks((6, 5, 4), ((0, 0, 0), (6, 2, 4)), ((4, 2, 0), (2, 3, 4))), a, "g/z", blocks((6, 5, 4), ((0, 0, 0), (6, 2, 4)), ((4, 2, 0), (2, 3, 4))))], fill=-1)
    v("an L to a row", (100,), [(box((100,), (7,), (72,)), a, "x", blocks((6, 5, 4), ((0, 0, 0), (6, 2, 4)), ((4, 2, 0), (2, 3, 4))))], fill=-1)
    v("two boxes", (6, 5, 4), [(blocks((6, 5, 4), ((0, 0, 0), (2, 2, 4)), ((3, 1, 1), (3, 3, 3))), b, "x", blocks((6, 5, 4), ((0, 0, 0), (1, 2, 4)), ((1, 0, 0), (1, 2, 4)), ((2, 2, 1), (3, 3, 3))))], fill=4)
    v("scattered", (6, 5, 4), [(blocks((6, 5, 4), *(((i, j, k), (1, 1, 1)) for i, j, k in itertools.product(range(6), range(5), range(4)) if (i + 2 * j + 3 * k) % 4 == 1)), a, "g/z", blocks((6, 5, 4), *(((i, j, k), (1, 1, 1)) for i, j, k in itertools.product(range(6), range(5), range(4)) if (i + 2 * j + 3 * k) % 4 == 3)))], fill=-7)
    v("missing file", (6, 5, 4), [(whole, "gone.h5", "x", whole)], fill=12)
    v("missing dataset", (6, 5, 4), [(whole, a, "gone", whole)])
    v("half missing", (12, 5, 4), [(box((12, 5, 4), (0, 0, 0), (6, 5, 4)), a, "x", whole), (box((12, 5, 4), (6, 0, 0), (6, 5, 4)), "gone.h5", "x", whole)], fill=65)
    v("over each other", (6, 5, 4), [(whole, a, "x", whole), (box((6, 5, 4), (1, 1, 1), (3, 3, 2)), b, "x", box((6, 5, 4), (1, 1, 1), (3, 3, 2))), (box((6, 5, 4), (0, 0, 0), (2, 5, 4)), "gone.h5", "x", box((6, 5, 4), (0, 0, 0), (2, 5, 4)))])
    f["here"] = numbers((6, 5, 4))
    v("of the same file", (6, 5, 4), [(whole, ".", "here", whole)])
    v("below", (4, 5, 4), [(box((4, 5, 4), (i, 0, 0), (1, 5, 4)), f"sub/{prefix}n{i}.h5", "x", space((1, 5, 4))) for i in range(4)])
    v("nested", (6, 5, 2), [(box((6, 5, 2), (0, 0, 0), (6, 5, 2)), ".", "in turn", box((12, 5, 4), (3, 0, 0), (6, 5, 2), (1, 1, 2)))])
    v("nested twice", (5, 2), [(space((5, 2)), ".", "nested", box((6, 5, 2), (4, 0, 0), (1, 5, 2)))])
    v("nothing", (3, 3), [], fill=8)
    for name, dtype, source in (("wider", "<i4", "u1"), ("narrower", "<i2", "i8"), ("cut", "<i2", "f8"), ("unsigned", "<u4", "i8"), ("floats", "<f4", "i8"), ("big-endian source", "<i4", "be"), ("big-endian", ">i4", "x"), ("halves", "<f2", "u1"), ("truth", "?", "flags")):
        v(f"types/{name}", (6, 5, 4), [(whole, a, source, whole)], dtype=dtype, fill=1)
    growing = (UNLIMITED, 5, 4)
    most = (None, 5, 4)
    un = lambda start=(0, 0, 0), stride=(1, 1, 1), count=(UNLIMITED, 1, 1), block=(1, 5, 4): box((4, 5, 4), start, count, stride, block, most=(UNLIMITED, 5, 4))
    v("growing", (4, 5, 4), [(un(), a, "grows", un())], most=growing)
    v("growing in turn", (4, 5, 4), [(un(start=(i, 0, 0), stride=(2, 1, 1)), a, d, un()) for i, d in enumerate(("grows", "short"))], most=growing, fill=-2)
    v("growing in blocks", (4, 5, 4), [(un(start=(1, 0, 0), stride=(5, 1, 1), block=(3, 5, 4)), a, "grows", un())], most=growing, fill=-3)
    v("growing from blocks", (4, 5, 4), [(un(), a, "grows", un(start=(1, 0, 0), stride=(3, 1, 1), block=(2, 5, 4)))], most=growing, fill=-3)
    v("growing without a block's end", (4, 5, 4), [(un(count=(1, 1, 1), block=(UNLIMITED, 5, 4)), a, "grows", un(count=(1, 1, 1), block=(UNLIMITED, 5, 4)))], most=growing)
    v("growing behind a part", (4, 5, 4), [(un(start=(8, 0, 0)), a, "short", un()), (box((4, 5, 4), (0, 0, 0), (2, 5, 4), most=growing), b, "x", box((6, 5, 4), (0, 0, 0), (2, 5, 4)))], most=growing, fill=6)
    v("growing and missing", (4, 5, 4), [(un(), "gone.h5", "x", un()), (un(start=(1, 0, 0), stride=(4, 1, 1)), a, "short", un())], most=growing, fill=6)
    v("numbered", (4, 5, 4), [(un(), f"sub/{prefix}n%b.h5", "x", space((1, 5, 4)))], most=growing)
    v("numbered datasets", (4, 5, 4), [(un(stride=(3, 1, 1), block=(2, 5, 4)), a, "n%b", space((2, 5, 4)))], most=growing, fill=2)
    v("numbered and none", (4, 5, 4), [(un(), "gone%b.h5", "x", space((1, 5, 4)))], most=growing)
    v("growing nested", (4, 5, 4), [(un(), ".", "growing", un())], most=growing)


def cases(files):
    found = []
    with open("elements.bin", "wb") as elements:
        for name in files:
            with h5py.File(name) as f:
                def add(path, d):
                    if isinstance(d, h5py.Dataset) and d.is_virtual:
                        a = d[()].astype(d.dtype.newbyteorder("<"))
                        found.append(dict(File=name, Path=path, Type=NAMES[a.dtype.str[1:]], Shape=a.shape, Offset=elements.tell(), Layout="Virtual"))
                        elements.write(np.ascontiguousarray(a).tobytes())
                f.visititems(add)
    json.dump(found, open("cases.json", "w"))


RECORD = np.dtype([("id", ">i4"), ("at", [("x", "<f4"), ("y", ">i2")]), ("m", "<i2", (2, 3)), ("name", "S5")])
MEMBERS = dict(id="<i4", at_x="<f4", at_y="<i2", m="<i2")
ARRAY = np.dtype(("<f4", (3, 2)))


def make_members():
    """Virtual datasets of compounds and arrays: two sources in turn, and one that is missing. What the library reads of each member is in a file of its own."""
    def write_arrays(f):
        d = h5d.create(f.id, b"arrays", h5t.py_create(ARRAY), space((6,)))
        d.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(random.normal(size=(6, 3, 2)).astype("<f4")), h5t.py_create(ARRAY))

    for i, kw in enumerate((dict(chunks=(4, 3), compression="gzip", shuffle=True), {})):
        with h5py.File(f"members-{i}.h5", "w") as f:
            data = np.zeros((6, 4), RECORD)
            data["id"], data["at"]["x"], data["at"]["y"] = random.integers(-9999, 9999, (6, 4)), random.normal(size=(6, 4)), random.integers(-99, 99, (6, 4))
            data["m"], data["name"] = random.integers(-9, 9, (6, 4, 2, 3)), b"ab" if i else b"cde"
            f.create_dataset("table", data=data, **kw)
            f.create_dataset("z", data=(random.normal(size=(6, 4)) + 1j * random.normal(size=(6, 4))).astype("c8"), **kw)
            write_arrays(f)
            f[b"\xe9"], f[b"\xc3\xa9"] = np.arange(6, dtype="<i4") + 100, np.arange(6, dtype="<i4") + 200  # \u00e9 in Latin-1 and in UTF-8
    with h5py.File("members.h5", "w", libver="latest") as f:
        def in_turn(name, columns, dtype, fill):
            shape, part = (18,) + columns, (6,) + columns
            starts, ones = [(i,) + (0,) * len(columns) for i in (0, 1)], (1,) * len(columns)
            maps = [(box(shape, starts[i], part, (2,) + ones), f"members-{i}.h5", name, space(part)) for i in (0, 1)]
            virtual(f, name, shape, maps + [(box(shape, (12,) + (0,) * len(columns), part), "gone.h5", name, space(part))], dtype=dtype, fill=fill)
        in_turn("table", (4,), RECORD, (-7, (1.5, -2), [[3] * 3] * 2, b"none"))
        in_turn("z", (4,), "c8", 2 - 3j)
        in_turn("arrays", (), ARRAY, None)
        for name, source in (("latin-1", "\udce9"), ("utf-8", "\u00e9")):
            virtual(f, name, (6,), [(space((6,)), "members-0.h5", source, space((6,)))])
        virtual(f, "other arrays", (6,), [(space((6,)), "members-0.h5", "arrays", space((6,)))], dtype=np.dtype(("<f8", (3, 2))))
    with h5py.File("members.h5") as f:
        d = f["table"][()]
        values = dict(id=d["id"], at_x=d["at"]["x"], at_y=d["at"]["y"], m=d["m"])
        for name, target in MEMBERS.items():
            values[name].astype(target).tofile(f"table.{name.replace('_', '.')}.expected")
        z = f["z"][()]
        z.real.astype("<f4").tofile("z.r.expected")
        z.imag.astype("<f4").tofile("z.i.expected")
        a = np.zeros((18, 3, 2), "<f4")
        f["arrays"].id.read(h5s.ALL, h5s.ALL, a, h5t.py_create(ARRAY))
        a.tofile("arrays..expected")


def make_large():
    """Raw data far larger than the file that leads to it."""
    a = (np.arange(40 * 64 * 64) % 60000).astype("<u2")
    a.tofile("large.raw")
    for name, dtype in (("large.h5", "<u2"), ("large-big.h5", ">u2")):
        with h5py.File(name, "w", libver="latest") as f:
            f.create_dataset("x", (40, 64, 64), dtype, external=[("large.raw", 0, h5f.UNLIMITED)])


def make_virtual():
    for prefix, kw in (("old-", {}), ("new-", dict(libver="latest"))):
        sources(prefix, **kw)
        with h5py.File(f"{prefix}virtual.h5", "w", libver="latest") as f:
            mappings(f, prefix)
            virtual(f, "values/records", (6,), [(space((6,)), f"{prefix}a.h5", "records", space((6,)))], dtype=[("a", "<i4"), ("b", "<f8")])
            virtual(f, "values/texts", (3,), [(space((3,)), f"{prefix}a.h5", "texts", space((3,)))], dtype="S5")
            del f["values"]  # listed by their own files below
        with h5py.File(f"{prefix}values.h5", "w", libver="latest") as f:
            virtual(f, "records", (6,), [(space((6,)), f"{prefix}a.h5", "records", space((6,)))], dtype=[("a", "<i4"), ("b", "<f8")])
            virtual(f, "texts", (3,), [(space((3,)), f"{prefix}a.h5", "texts", space((3,)))], dtype="S5")
            virtual(f, "too large", (9, 5, 4), [(space((9, 5, 4)), f"{prefix}a.h5", "x", space((9, 5, 4)))])
            virtual(f, "truth of numbers", (6, 5, 4), [(space((6, 5, 4)), f"{prefix}a.h5", "x", space((6, 5, 4)))], dtype="?")
            virtual(f, "itself", (6,), [(space((6,)), ".", "itself", space((6,)))])
            virtual(f, "each", (6,), [(space((6,)), ".", "other", space((6,)))])
            virtual(f, "other", (6,), [(space((6,)), ".", "each", space((6,)))])
            virtual(f, "outside", (6, 5, 4), [(space((6, 5, 4)), os.path.join(os.path.dirname(FOLDER.rstrip("/")), "outside.h5"), "x", space((6, 5, 4)))])
            virtual(f, "above", (6, 5, 4), [(space((6, 5, 4)), "../outside.h5", "x", space((6, 5, 4)))])
            virtual(f, "moved", (6, 5, 4), [(space((6, 5, 4)), f"/nowhere/at/all/{prefix}a.h5", "x", space((6, 5, 4)))])
            g = f.create_group("grows")
            unlimited = lambda: box((4, 5), (0, 0), (UNLIMITED, 1), (1, 1), (1, 5), most=(UNLIMITED, 5))
            virtual(f, "grows/itself", (4, 5), [(unlimited(), ".", "grows/itself", unlimited())], most=(UNLIMITED, 5))
    cases(["old-virtual.h5", "new-virtual.h5"])
    make_members()


def make_master():
    a = (np.arange(12 * 16 * 20) % 60000).astype("u2").reshape(12, 16, 20)
    for i in range(3):
        with h5py.File(f"run_data_{i + 1:06d}.h5", "w") as f:
            f.create_dataset("entry/data/data", data=a[4 * i:4 * i + 4], chunks=(1, 16, 20), compression="gzip", shuffle=True)
            f["entry/data/data"].attrs["image_nr_low"] = 4 * i + 1
    with h5py.File("run_master.h5", "w") as f:
        g = f.create_group("entry/data")
        for i in range(3):
            g[f"data_{i + 1:06d}"] = h5py.ExternalLink(f"run_data_{i + 1:06d}.h5", "/entry/data/data")
        g["gone"] = h5py.ExternalLink("run_data_000099.h5", "/entry/data/data")
        g["lost"] = h5py.ExternalLink("run_data_000001.h5", "/entry/nothing")
        f["first"] = h5py.ExternalLink("run_data_000001.h5", "entry")
        f["soft"] = h5py.SoftLink("/entry/data/data_000002")
    source = lambda i: h5py.VirtualSource(f"run_data_{i:06d}.h5", "entry/data/data", (4, 16, 20))
    with h5py.File("run.nxs", "w", libver="latest") as f:
        l = h5py.VirtualLayout((12, 16, 20), "u2")
        for i in range(3):
            l[4 * i:4 * i + 4] = source(i + 1)
        f.create_virtual_dataset("entry/data/data", l, fillvalue=0)
        l = h5py.VirtualLayout((8, 16, 20), "u2")
        l[0::2] = source(1)
        l[1::2] = source(2)
        f.create_virtual_dataset("entry/data/interleaved", l)
        l = h5py.VirtualLayout((8, 16, 20), "u2")
        l[:4] = source(1)
        l[4:] = source(99)
        f.create_virtual_dataset("entry/data/half", l, fillvalue=65535)
    a.tofile("frames.raw")
    make_large()
    os.makedirs("raw", exist_ok=True)
    a[:5].astype(">u2").tofile("raw/first.raw")
    with open("raw/second.raw", "wb") as f:
        f.write(b"header!" + a[5:8].astype(">u2").tobytes())
    with h5py.File("external.h5", "w") as f:
        f.create_dataset("frames", a.shape, "u2", external=[("frames.raw", 0, a.nbytes)])
        f.create_dataset("offset", (10, 16, 20), "u2", external=[("frames.raw", 640, h5f.UNLIMITED)])
        f.create_dataset("several", (8, 16, 20), ">u2", external=[("raw/first.raw", 0, 3200), ("raw/second.raw", 7, h5f.UNLIMITED)])
        f.create_dataset("short", (12, 16, 20), ">u2", external=[("raw/first.raw", 0, 640 * 12)], fillvalue=7)
        f.create_dataset("gone", (4,), "u2", external=[("gone.raw", 0, 8)])
        f.create_dataset("outside", (4,), "u2", external=[("/etc/hostname", 0, 8)])
        f.create_dataset("records", (6,), [("a", "<u2"), ("b", "<u2")], external=[("frames.raw", 2, 24)])
    with h5py.File("over-external.h5", "w", libver="latest") as f:
        l = h5py.VirtualLayout((6, 16, 20), "u2")
        l[...] = h5py.VirtualSource("external.h5", "several", (8, 16, 20))[1:7]
        f.create_virtual_dataset("part", l)
    with h5py.File("external.h5") as f:
        for name in ("frames", "offset", "several", "short"):
            f[name][()].astype("<u2").tofile(f"{name}.expected")


def make_links():
    os.makedirs("data/below", exist_ok=True)
    os.makedirs("beside", exist_ok=True)
    for name in ("data/below/deep.h5", "beside/other.h5", "above.h5"):
        with h5py.File(name, "w") as f:
            f["x"] = np.arange(4)
            f["back"] = h5py.ExternalLink("../main.h5", "/")
    with h5py.File("data/main.h5", "w") as f:
        f["own"] = np.arange(3)
        f["below"] = h5py.ExternalLink("below/deep.h5", "/x")
        f["below all"] = h5py.ExternalLink("below/deep.h5", "/")
        f["above"] = h5py.ExternalLink("../above.h5", "/x")
        f["beside"] = h5py.ExternalLink("../beside/other.h5", "/x")
        f["by name"] = h5py.ExternalLink("other.h5", "/x")
        f["linked"] = h5py.ExternalLink("linked.h5", "/x")
        f["round"] = h5py.ExternalLink("turn.h5", "/round")
        f["no hdf5"] = h5py.ExternalLink("/etc/hostname", "/x")
    with h5py.File("data/turn.h5", "w") as f:
        f["round"] = h5py.ExternalLink("main.h5", "/round")
        f["no file"] = h5py.ExternalLink("text.txt", "/x")
    os.symlink("../beside/other.h5", "data/linked.h5")
    with open("data/text.txt", "w") as f:
        f.write("nothing of HDF5")


def make_seeds():
    random.bit_generator.state = np.random.default_rng(5).bit_generator.state
    for prefix, kw in (("old-", {}), ("new-", dict(libver="latest"))):
        sources(prefix, **kw)
        with h5py.File(f"{prefix}virtual.h5", "w", libver="latest") as f:
            mappings(f, prefix)
        with h5py.File(f"{prefix}links.h5", "w", **kw) as f:
            g = f.create_group("g")
            for i in range(12):
                g[f"a{i}"] = h5py.ExternalLink(f"{prefix}a.h5", ("x", "g/z", "round", "gone", "link", "/")[i % 6])
            np.arange(40, dtype="i4").tofile("numbers.raw")
            f.create_dataset("raw", (40,), "i4", external=[("numbers.raw", 0, 80), ("numbers.raw", 80, 40), ("numbers.raw", 0, h5f.UNLIMITED)])


def make_groups():
    for name, kw in (("old.h5", {}), ("new.h5", dict(libver="latest")), ("tracked.h5", dict(libver="latest", track_order=True))):
        with h5py.File(name, "w", **kw) as f:
            # As bytes, because a name that is said to be UTF-8 turns an old group into a new one.
            target = f.create_group("target")
            f[b"gr\xc3\xb6\xc3\x9fe"] = target
            for i in random.permutation(20_000):
                f[f"g{i:06d}"] = target if i % 100 else h5py.SoftLink("/target")
            f["soft"] = h5py.SoftLink("/g000001")
            f[b"caf\xe9"] = target
            f[b"\xef\xbf\xbd"] = target
            f["n" * 300] = target


def make_shrunk():
    """A group that is as old as can be, of which links were removed at random and others made."""
    with h5py.File("shrunk.h5", "w") as f:
        target = f.create_group("target")
        names = [f"g{i:06d}" for i in random.permutation(12_000)]
        for name in names:
            f[name] = target
        for name in random.permutation(names)[:8000]:
            del f[name]
        for i in range(0, 2000, 2):
            f[f"h{i:06d}"] = target
            f[f"g{i:06d}.{i}"] = target


{"virtual": make_virtual, "master": make_master, "links": make_links, "seeds": make_seeds, "shrunk": make_shrunk, "groups": make_groups}[sys.argv[1]]()
