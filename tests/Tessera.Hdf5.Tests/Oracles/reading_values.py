"""The parts of reading.py about everything that isn't an array of numbers."""
import ctypes, json, os, select, struct, sys, time
import numpy as np
import h5py
from h5py import h5a, h5d, h5f, h5g, h5o, h5p, h5s, h5t
import reading
from reading import HDF5, plist, random

# ---- one text for each value, the same that the test makes of what it reads

def text(value):
    if value is None:
        return "null"
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return "f" + struct.pack(">d", float(value)).hex()
    if isinstance(value, str):
        return "s" + value.encode().hex()
    if isinstance(value, (bytes, np.void)):
        return "b" + bytes(value).hex()
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}={text(v)}" for name, v in value.items()) + "}"
    if isinstance(value, Leads):
        return f"r{value.path}"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return text(value[()])
    if isinstance(value, list):
        value = boxed(value, (len(value),))
    if value.dtype == object and value.size and isinstance(value.flat[0], dict):
        return text({name: column([item[name] for item in value.flat], value.shape) for name in value.flat[0]})
    return "(" + "x".join(map(str, value.shape)) + ")[" + ",".join(text(v) for v in value.ravel()) + "]"

def column(values, shape):
    """What records have of one member: arrays in them are further axes."""
    return np.reshape(values, shape + values[0].shape) if isinstance(values[0], np.ndarray) else boxed(values, shape)


class Leads:
    def __init__(self, path):
        self.path = path

def boxed(items, shape):
    array = np.empty(len(items), object)
    for i, item in enumerate(items):
        array[i] = item
    return array.reshape(shape)

EXPECTED = []

def attribute(at, name, value, data=None, **options):
    """data: what is written, where it isn't the value itself."""
    data = value if data is None else data
    at.attrs.create(name, data, **options)
    expect(at, name, value)

def low(at, name, tid, space, raw, value):
    a = h5a.create(at.id, name.encode(), tid, space)
    if raw is not None:
        a.write(raw, tid)
    expect(at, name, value)

def expect(at, name, value):
    EXPECTED.append({"File": os.path.basename(at.file.filename), "Path": at.name, "Attribute": name, "Value": text(value)})

def dataset(file, path, value, data=None, **options):
    file.create_dataset(path, data=value if data is None else data, **options)
    EXPECTED.append({"File": os.path.basename(file.filename), "Path": "/" + path, "Attribute": None, "Value": text(value)})

def numbers(at):
    for kind in "iu":
        for size, order in ((1, "<"), (2, "<"), (4, ">"), (8, "<"), (8, ">")):
            limit = np.iinfo(f"{kind}{size}")
            attribute(at, f"{kind}{size}{order}", np.array([limit.min, 1, limit.max], f"{order}{kind}{size}"))
            attribute(at, f"one {kind}{size}{order}", np.array(limit.max, f"{order}{kind}{size}"))
    for code in ("<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "g"):
        attribute(at, code, np.array([1.5, -0.0, np.inf, -2.25], code))
    attribute(at, "f8 of 3 axes", random.normal(size=(2, 3, 4)))
    attribute(at, "bool", np.array(True))
    attribute(at, "bools", np.array([True, False, True]))
    attribute(at, "enum", np.array([5, -1], "i1"), dtype=h5py.enum_dtype({"five": 5, "less": -1}, basetype="i1"))
    attribute(at, "complex", boxed([{"r": 1.5, "i": -2.0}], ()), data=np.array(1.5 - 2j))
    attribute(at, "no elements", np.zeros((3, 0), "i4"))
    attribute(at, "empty", None, data=h5py.Empty("f4"))
    attribute(at, "empty text", None, data=h5py.Empty("S1"))

    low(at, "bits", h5t.STD_B16BE, h5s.create_simple((2,)), np.array([0x1234, 0xFFFF], ">u2"), np.array([0x1234, 0xFFFF]))

def texts(at):
    attribute(at, "text", "exposure µs – ∆")
    attribute(at, "texts", ["a", "", "ccc", "日本"], dtype=h5py.string_dtype())
    attribute(at, "ascii", "plain", dtype=h5py.string_dtype("ascii"))
    attribute(at, "fixed", "fixed", dtype=h5py.string_dtype("utf-8", 10))
    attribute(at, "bytes", ["ab", "abcdef", ""], data=np.array([b"ab", b"abcdef", b""]))
    attribute(at, "texts of 2 axes", boxed(["a", "b", "c", "d", "e", "f"], (2, 3)), dtype=h5py.string_dtype())
    padded = h5t.C_S1.copy()
    padded.set_size(8)
    padded.set_strpad(h5t.STR_SPACEPAD)
    low(at, "spaces", padded, h5s.create_simple((2,)), np.array([b"ab      ", b"abcdefgh"]), ["ab", "abcdefgh"])
    full = h5t.C_S1.copy()
    full.set_size(4)
    full.set_strpad(h5t.STR_NULLPAD)
    low(at, "full", full, h5s.create(h5s.SCALAR), np.array(b"abcd"), "abcd")
    attribute(at, "large", "x" * 60000, dtype=h5py.string_dtype("utf-8", 60000))
    attribute(at, "µ name", np.array(1))

def others(at, file):
    inner = np.dtype([("x", "<f4"), ("y", ">i2")])
    kind = np.dtype([("id", "<u4"), ("at", inner), ("m", "<i2", (2, 2)), ("name", "S5"), ("is", bool)])
    one = np.zeros(2, kind)
    one[0] = (7, (1.5, -2), [[1, 2], [3, 4]], b"seven", True)
    one[1] = (8, (0.25, 9), [[5, 6], [7, 8]], b"8", False)
    said = [{"id": int(v["id"]), "at": {"x": float(v["at"]["x"]), "y": int(v["at"]["y"])}, "m": np.array(v["m"]), "name": v["name"].decode(), "is": bool(v["is"])} for v in one]
    attribute(at, "compound", boxed(said, (2,)), data=one)
    attribute(at, "one compound", boxed(said[:1], ()), data=one[0])
    attribute(at, "opaque", boxed([b"\x01\x02\x03\x00", b"abcd"], (2,)), data=np.array([b"\x01\x02\x03\x00", b"abcd"], "V4"))
    low(at, "arrays", h5t.array_create(h5t.STD_I32LE, (3,)), h5s.create_simple((2,)), np.array([[1, 2, 3], [4, 5, 6]], "<i4"), np.array([[1, 2, 3], [4, 5, 6]]))
    sequences = boxed([np.array([1, 2, 3], "i4"), np.array([], "i4"), np.array([9], "i4")], (3,))
    attribute(at, "sequences", sequences, dtype=h5py.vlen_dtype("<i4"))
    attribute(at, "object", Leads("/targets/data"), data=file["targets/data"].ref, dtype=h5py.ref_dtype)
    attribute(at, "objects", boxed([Leads("/targets"), Leads("/targets/data"), Leads("")], (3,)), data=boxed([file["targets"].ref, file["targets/data"].ref, h5py.Reference()], (3,)), dtype=h5py.ref_dtype)
    attribute(at, "region", Leads(""), data=file["targets/data"].regionref[1:2], dtype=h5py.regionref_dtype)
    mixed = np.dtype([("t", h5py.string_dtype()), ("n", "<i4"), ("r", h5py.ref_dtype)])
    value = np.zeros(2, mixed)
    value[0], value[1] = ("text", 5, file["targets"].ref), ("", -5, file["targets/data"].ref)
    attribute(at, "mixed", boxed([{"t": "text", "n": 5, "r": Leads("/targets")}, {"t": "", "n": -5, "r": Leads("/targets/data")}], (2,)), data=value)
    nested(at)


def nested(at):
    """Sequences of sequences, out of C's structures, since h5py makes none."""
    class Sequence(ctypes.Structure):
        _fields_ = [("length", ctypes.c_size_t), ("items", ctypes.c_void_p)]
    items = [(ctypes.c_int8 * 2)(1, 2), (ctypes.c_int8 * 3)(3, 4, 5)]
    inner = (Sequence * 2)(*[Sequence(len(i), ctypes.addressof(i)) for i in items])
    outer = Sequence(2, ctypes.addressof(inner))
    kind = h5t.vlen_create(h5t.vlen_create(h5t.NATIVE_INT8))
    a = h5a.create(at.id, b"nested", kind, h5s.create(h5s.SCALAR))
    assert HDF5.H5Awrite(ctypes.c_int64(a.id), ctypes.c_int64(kind.id), ctypes.byref(outer)) >= 0
    expect(at, "nested", [np.array([1, 2]), np.array([3, 4, 5])])


def datasets(file):
    dataset(file, "values/texts", boxed(["a", "bb", "", "µ"] * 10, (10, 4)), dtype=h5py.string_dtype(), chunks=(3, 3), compression="gzip")
    dataset(file, "values/fixed", ["one", "three"], data=np.array([b"one", b"three"]))
    dataset(file, "values/text", "alone")
    kind = np.dtype([("frame", "<i4"), ("time", "<f8"), ("label", "S4")])
    rows = np.zeros(50, kind)
    rows["frame"], rows["time"], rows["label"] = np.arange(50), np.arange(50) / 8, b"ab"
    said = boxed([{"frame": i, "time": i / 8, "label": "ab"} for i in range(50)], (50,))
    dataset(file, "values/table", said, data=rows)
    dataset(file, "values/chunked", said, data=rows, chunks=(7,), compression="gzip", shuffle=True)
    dataset(file, "values/sequences", boxed([np.arange(i, dtype="u2") for i in range(20)], (20,)), dtype=h5py.vlen_dtype("<u2"), chunks=(6,))
    dataset(file, "values/complex", boxed([{"r": 1.0, "i": 2.0}, {"r": -1.0, "i": 0.5}], (2,)), data=np.array([1 + 2j, -1 + 0.5j]))
    dataset(file, "values/references", boxed([Leads("/targets/data")], (1,)), data=boxed([file["targets/data"].ref], (1,)), dtype=h5py.ref_dtype)
    dataset(file, "values/numbers", np.arange(6, dtype=">i2").reshape(2, 3))
    dataset(file, "values/number", np.array(2.5))
    file.create_dataset("values/null", data=h5py.Empty("f8"))

def fill(file):
    targets = file.create_group("targets")
    targets.create_dataset("data", data=np.arange(12).reshape(3, 4))
    for name in ("few", "dense"):
        g = file.create_group(name)
        numbers(g)
        if name == "few":
            texts(file.create_dataset("texts", data=np.arange(3)))
            others(file.create_group("others"), file)
        if name == "dense":
            for i in range(300):
                attribute(g, f"number {i}", np.array(i * i))
    datasets(file)

def shared_file(path):
    """A file that keeps messages which objects have in common once."""
    fcpl = h5p.create(h5p.FILE_CREATE)
    assert HDF5.H5Pset_shared_mesg_nindexes(ctypes.c_int64(fcpl.id), 2) >= 0
    assert HDF5.H5Pset_shared_mesg_index(ctypes.c_int64(fcpl.id), 0, 0x1000, 20) >= 0  # attributes
    assert HDF5.H5Pset_shared_mesg_index(ctypes.c_int64(fcpl.id), 1, 0x2 | 0x8 | 0x20 | 0x800, 8) >= 0  # spaces, types, fills, filters
    fapl = h5p.create(h5p.FILE_ACCESS)
    fapl.set_libver_bounds(h5f.LIBVER_LATEST, h5f.LIBVER_LATEST)
    return h5py.File(h5f.create(path.encode(), h5f.ACC_TRUNC, fcpl, fapl))

def shared(file):
    for i in range(30):
        dataset(file, f"same/{i}", np.arange(24, dtype="f8").reshape(4, 6) + i, chunks=(2, 3), compression="gzip", fillvalue=3.5)
        attribute(file[f"same/{i}"], "common", "the same text in all of them, which is long enough to be shared", dtype=h5py.string_dtype("utf-8", 80))
        attribute(file[f"same/{i}"], "own", np.array(i))
    many = file.create_group("many")
    for i in range(40):
        attribute(many, f"a{i}", "the same text in all of them, which is long enough to be shared", dtype=h5py.string_dtype("utf-8", 80))

def named_types(file):
    file["types/number"] = np.dtype(">i4")
    file["types/record"] = np.dtype([("a", "<i2"), ("b", "<f8")])
    d = file.create_dataset("of number", data=np.arange(5), dtype=file["types/number"])
    EXPECTED.append({"File": os.path.basename(file.filename), "Path": "/of number", "Attribute": None, "Value": text(np.arange(5))})
    d.attrs.create("a number", 77, dtype=file["types/number"])
    expect(d, "a number", 77)
    said = boxed([{"a": 1, "b": 0.5}, {"a": 2, "b": 1.5}], (2,))
    dataset(file, "of records", said, data=np.array([(1, 0.5), (2, 1.5)], np.dtype([("a", "<i2"), ("b", "<f8")])), dtype=file["types/record"])
    d = h5py.Dataset(h5d.create(file.id, b"also records", file["types/record"].id, h5s.create_simple((2,))))
    d[...] = np.array([(1, 0.5), (2, 1.5)], np.dtype([("a", "<i2"), ("b", "<f8")]))
    EXPECTED.append({"File": os.path.basename(file.filename), "Path": "/also records", "Attribute": None, "Value": text(said)})
    file["types/number"].attrs["note"] = "named"

def links(file, track):
    tree = file.create_group("tree", track_order=track)
    for i in (5, 3, 9, 1):
        tree.create_group(f"g{i}/deep/deeper").create_dataset("data", data=np.array([i]))
    for count in (30, 2500):
        g = file.create_group(f"of {count}", track_order=track)
        for i in range(count):
            g.create_group(f"{(i * 7919) % count}")
    s = file.create_group("soft")
    s["absolute"] = h5py.SoftLink("/tree/g5/deep")
    s["relative"] = h5py.SoftLink("chain")
    s["chain"] = h5py.SoftLink("absolute")
    s["dangling"] = h5py.SoftLink("/tree/nothing")
    s["round"] = h5py.SoftLink("about")
    s["about"] = h5py.SoftLink("round")
    s["below"] = h5py.SoftLink("../soft")
    s["outside"] = h5py.ExternalLink("other.h5", "/there/it/is")
    file["tree/g3/again"] = file["tree"]
    file["tree/g9/same data"] = file["tree/g5/deep/deeper/data"]

def elsewhere(file):
    file.create_dataset("small of large chunk", data=np.arange(5), chunks=(100,), maxshape=(None,))


def write(folder):
    with reading.new("elsewhere.h5", libver="latest") as file:
        elsewhere(file)
    versions = {**reading.VERSIONS, "tracked": dict(libver="latest", track_order=True)}
    for name, options in versions.items():
        with reading.new(f"values-{name}.h5", **options) as file:
            fill(file)
            named_types(file)
        with reading.new(f"links-{name}.h5", **options) as file:
            links(file, name == "tracked" or None)
    with shared_file(os.path.join(folder, "values-shared.h5")) as file:
        fill(file)
        shared(file)
        named_types(file)
    with open(os.path.join(folder, "values.json"), "w") as out:
        json.dump(EXPECTED, out)

# ---- small files to be damaged

def small(file):
    file["numbers"] = np.arange(40, dtype="i2").reshape(5, 8)
    file["compact"] = np.arange(3)
    h5d.create(file.id, b"in header", h5t.NATIVE_INT32, h5s.create_simple((4,)), plist(h5d.COMPACT)).write(h5s.ALL, h5s.ALL, np.arange(4, dtype="i4"))
    file.create_dataset("deflated", data=np.arange(60).reshape(6, 10), chunks=(4, 4), compression="gzip", shuffle=True, fletcher32=True)
    file.create_dataset("growing", data=np.arange(60, dtype="f4").reshape(6, 10), chunks=(2, 4), maxshape=(None, 10), compression="lzf")
    file.create_dataset("growing both", data=np.arange(20, dtype=">f8").reshape(2, 10), chunks=(1, 4), maxshape=(None, None))
    file.create_dataset("part", shape=(9, 9), dtype="u1", chunks=(3, 3), fillvalue=7)[0:2, 4:6] = 1

def small_values(file):
    d = file.create_dataset("texts", data=["a", "bb", "ccc"], dtype=h5py.string_dtype())
    d.attrs["t"] = "text"
    d.attrs["n"] = np.arange(3.0)
    d.attrs["b"] = True
    d.attrs["r"] = d.ref
    d.attrs.create("seq", boxed([np.array([1, 2], "i4"), np.array([3], "i4")], (2,)), dtype=h5py.vlen_dtype("<i4"))
    kind = np.dtype([("a", "<i4"), ("in", [("x", "<f4"), ("y", "S3")]), ("m", "<i2", (2, 2))])
    file.create_dataset("table", data=np.zeros(3, kind)).attrs.create("one", np.zeros((), kind))
    file.create_dataset("enum", data=np.array([1, 2], "i1"), dtype=h5py.enum_dtype({"a": 1, "b": 2}, basetype="i1"))
    nested = h5t.vlen_create(h5t.vlen_create(h5t.NATIVE_INT8))
    h5d.create(file.id, b"nested", nested, h5s.create_simple((2,)))

def small_records(file):
    """Members and arrays, which are read by themselves."""
    inner = np.dtype([("x", ">f4"), ("y", "<i2"), ("m", "<u2", (2, 3))])
    kind = np.dtype([("id", "<i4"), ("at", inner), ("points", [("u", "<f8"), ("v", "i1")], (3,)), ("name", "S3"), ("half", "<f2")])
    table = np.zeros((7, 3), kind)
    table["id"], table["points"]["v"] = np.arange(21).reshape(7, 3), 3
    file["table"] = table
    file.create_dataset("chunked", data=table, chunks=(2, 2), compression="gzip", shuffle=True)
    file.create_dataset("growing", data=table, chunks=(3, 3), maxshape=(None, 3))
    file["complex"] = np.arange(12).reshape(3, 4) * (1 + 2j)
    h5d.create(file.id, b"compact", h5t.py_create(kind), h5s.create_simple((2,)), plist(h5d.COMPACT)).write(h5s.ALL, h5s.ALL, table[0, :2].copy())
    for name, p in ((b"arrays", plist()), (b"chunked arrays", plist(chunk=(2,), filters="gzip"))):
        of = h5t.array_create(h5t.STD_I16BE, (2, 3))
        h5d.create(file.id, name, of, h5s.create_simple((4,)), p).write(h5s.ALL, h5s.ALL, np.arange(24, dtype=">i2").reshape(4, 2, 3), of)

def small_names(file):
    names = h5py.string_dtype("ascii")
    for name in (b"\xe9", "é".encode(), b"gr\xfc\xdfe"):
        h5g.create(file.id, name)
        a = h5a.create(file.id, name, h5t.STD_I32LE, h5s.create(h5s.SCALAR))
        a.write(np.array(1, "i4"))
    file.id.links.create_soft(b"soft", b"/gr\xfc\xdfe")
    file.create_dataset("texts", data=np.array([b"\xb5m", "µm".encode()], object), dtype=names)

def small_links(file):
    g = file.create_group("a/b/c")
    file["a/b/up"] = file["a"]
    file["soft"] = h5py.SoftLink("/a/b")
    file["out"] = h5py.ExternalLink("x.h5", "/y")
    for i in range(12):
        g.create_group(f"n{i}").attrs["i"] = i

def small_dense(file):
    for i in range(12):
        file.attrs[f"a{i}"] = f"value {i}"
    file["type"] = np.dtype("<i4")
    file.create_dataset("d", data=np.arange(4), dtype=file["type"])

def seeds(folder):
    for version, options in reading.VERSIONS.items():
        for make in (small, small_values, small_records, small_names, small_links, small_dense):
            with reading.new(f"{make.__name__}-{version}.h5", **options) as file:
                make(file)
    with shared_file(os.path.join(folder, "shared.h5")) as file:
        for i in range(3):
            file.create_dataset(f"{i}", data=np.arange(6.0), chunks=(4,), compression="gzip").attrs.create("t", "the same text in all of them", dtype=h5py.string_dtype("utf-8", 40))

# ---- other programs at work

def grow(path):
    """Until its input ends."""
    file = h5py.File(path, "w", libver="latest")
    frames = file.create_dataset("frames", shape=(0, 16, 16), maxshape=(None, 16, 16), dtype="i4", chunks=(1, 16, 16), compression="gzip")
    plane = file.create_dataset("plane", shape=(1, 0), maxshape=(None, None), dtype="i4", chunks=(1, 8))
    series = file.create_dataset("series", shape=(0,), maxshape=(None,), dtype="f8", chunks=(50,), compression="gzip", shuffle=True)
    file.swmr_mode = True
    print("ready", flush=True)
    n = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        n += 1
        frames.resize(n, axis=0)
        frames[n - 1] = n - 1
        plane.resize((1, n))
        plane[0, n - 1] = n - 1
        series.resize((n,))
        series[n - 1] = n - 1
        series.flush()
        frames.flush()
        plane.flush()
        time.sleep(0.001)
    print(n, flush=True)
    file.close()

def hold(path):
    file = h5py.File(path, "a")
    print("ready", flush=True)
    sys.stdin.read()
    file.close()
