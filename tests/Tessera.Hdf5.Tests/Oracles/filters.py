"""Chunks as the reference library stores them, with what they hold; and chunks of ours, read by the reference library.

    filters.py write FOLDER    writes NAME.stored and NAME.raw for each case, and cases.json with the filters; prints what can't be made here
    filters.py read FOLDER     reads cases.json with chunks that were encoded elsewhere, and compares what they hold
"""
import ctypes, ctypes.util, json, os, struct, sys
import numpy as np
import h5py
from h5py import h5d, h5p, h5s, h5t, h5z

FOLDER = sys.argv[2]
HDF5 = ctypes.CDLL(next(line.split()[-1] for line in open("/proc/self/maps") if "libhdf5_" in line and "_hl" not in line))
CASES = []
random = np.random.default_rng(20240611)


def plist(n, *filters):
    p = h5p.create(h5p.DATASET_CREATE)
    p.set_chunk((n,))
    for f in filters:
        f(p)
    return p


def keep(name, file, dataset, raw):
    mask, stored = dataset.read_direct_chunk((0,))
    p = dataset.get_create_plist()
    filters = []
    for i in range(p.get_nfilters()):
        code, flags, _, text = p.get_filter(i)
        filters.append({"id": code, "name": text.decode(), "optional": bool(flags & 1), "parameters": parameters(p, i)})
    put(name, filters, mask, stored, raw)


def parameters(p, index):
    """All of them: h5py gives the first 16."""
    flags, count, values = ctypes.c_uint(), ctypes.c_size_t(256), (ctypes.c_uint * 256)()
    assert HDF5.H5Pget_filter2(ctypes.c_int64(p.id), index, ctypes.byref(flags), ctypes.byref(count), values, ctypes.c_size_t(0), None, None) >= 0
    return list(values[:count.value])


def put(name, filters, mask, stored, raw):
    with open(os.path.join(FOLDER, name + ".stored"), "wb") as f:
        f.write(stored)
    with open(os.path.join(FOLDER, name + ".raw"), "wb") as f:
        f.write(raw)
    CASES.append({"name": name, "filters": filters, "mask": mask})


def case(name, data, *filters, type=None, fill=None, memory=None):
    """One chunk of a dataset of its own, and its elements as they are in the file's type."""
    p = plist(len(data), *filters)
    if fill is not None:
        p.set_fill_value(np.array(fill, dtype=data.dtype))
    tid = type if type is not None else h5t.py_create(data.dtype)
    file = h5py.File(os.path.join(FOLDER, "cases.h5"), "w", libver="latest")
    d = h5d.create(file.id, b"d", tid, h5s.create_simple((len(data),)), p)
    d.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(data), memory)
    file.close()
    file = h5py.File(os.path.join(FOLDER, "cases.h5"), "r")  # what is read now has passed the filters
    d = h5d.open(file.id, b"d")
    back = np.empty(len(data) * tid.get_size(), dtype="u1")
    d.read(h5s.ALL, h5s.ALL, back, tid)
    keep(name, file, d, back.tobytes())
    file.close()


def gzip(level): return lambda p: p.set_deflate(level)
def shuffle(p): p.set_shuffle()
def fletcher32(p): p.set_fletcher32()
def szip(coding, block): return lambda p: p.set_szip(coding, block)
def scaleoffset(kind, factor): return lambda p: p.set_scaleoffset(kind, factor)
def nbit(p): p.set_filter(h5z.FILTER_NBIT, h5z.FLAG_OPTIONAL, ())
def other(id, *values): return lambda p: p.set_filter(id, h5z.FLAG_OPTIONAL, values)
def lzf(p): p.set_filter(32000, h5z.FLAG_OPTIONAL, ())


def smooth(n, dtype):
    """Something that compresses but isn't trivial."""
    x = np.cumsum(random.normal(size=n)) * 20
    d = np.dtype(dtype)
    if d.kind == "f":
        return (np.round(x) / 4).astype(d)
    return (x.astype("i8") & 0x7f if d.itemsize == 1 else x.astype("i8") + (2000 if d.kind == "u" else 0)).astype(d)


def records(n, *fields):
    a = np.zeros(n, dtype=np.dtype(list(fields)))
    for field in a.dtype.names:
        a[field] = random.integers(0, 100, size=a[field].shape)
    return a


NUMBERS = ["<u1", "<i1", "<u2", ">i2", "<u4", ">i4", "<i8", ">u8", "<f2", "<f4", ">f4", "<f8", ">f8"]


def standard():
    for level in range(10):
        case(f"gzip{level}", smooth(5003, "<i4"), gzip(level))
    for t in NUMBERS:
        case(f"shuffle-{t[1:]}{t[0] == '>'}", smooth(2051, t), shuffle)
        case(f"shuffle-gzip-{t[1:]}{t[0] == '>'}", smooth(777, t), shuffle, gzip(4))
        case(f"lzf-{t[1:]}{t[0] == '>'}", smooth(3001, t), shuffle, lzf)
    for n in [1, 2, 7, 8, 9, 31, 33, 64, 1000]:
        case(f"shuffle-size12-{n}", records(n, ("a", "<i4"), ("b", "<f8")), shuffle)
        case(f"shuffle-size3-{n}", records(n, ("a", "u1"), ("b", "<u2")), shuffle)
        case(f"shuffle-size16-{n}", records(n, ("a", "<f8"), ("b", "<f8")), shuffle)
        case(f"fletcher-{n}", smooth(n, "<u1"), fletcher32)
        case(f"fletcher-of-4-{n}", smooth(n, "<f4"), fletcher32)
    case("fletcher-long", random.integers(0, 256, 300001).astype("u1"), fletcher32)
    case("fletcher-zeros", np.zeros(1001, "u1"), fletcher32)
    case("fletcher-ones", np.full(10001, 255, "u1"), fletcher32)
    case("all-four", smooth(40000, "<f4"), shuffle, gzip(6), fletcher32)
    case("fletcher-first", smooth(4000, "<f4"), fletcher32, shuffle, gzip(6))
    case("lzf-of-noise", random.integers(0, 256, 5000).astype("u1"), lzf)
    case("lzf-of-noise-checked", random.integers(0, 256, 5000).astype("u1"), lzf, fletcher32)
    case("lzf-runs", np.repeat(random.integers(0, 9, 300), random.integers(1, 900, 300)).astype("u1"), lzf)
    case("lzf-twice", smooth(9000, "<i2"), lzf, shuffle, lzf, gzip(1))


def integers():
    """Scale-offset and n-bit of whole numbers."""
    for t in ["<u1", "<i1", "<u2", "<i2", ">u4", "<i4", "<u8", ">i8"]:
        a = smooth(1237, t)
        for bits in [0, 7, np.dtype(t).itemsize * 8]:
            case(f"scaleoffset-{t[1:]}-{bits}", a, scaleoffset(2, bits))
            case(f"scaleoffset-fill-{t[1:]}-{bits}", np.where(np.arange(1237) % 5 == 0, a.dtype.type(3), a).astype(t), scaleoffset(2, bits), fill=3)
    case("scaleoffset-constant", np.full(100, -5, "<i4"), scaleoffset(2, 0))
    case("scaleoffset-constant-fill", np.full(100, -5, "<i4"), scaleoffset(2, 0), fill=-5)
    case("scaleoffset-wide", np.array([-2**31, 2**31 - 1, 0], "<i4"), scaleoffset(2, 0))
    case("scaleoffset-wide8", np.array([-2**63, 2**63 - 1, 0], "<i8"), scaleoffset(2, 0))
    case("scaleoffset-range", np.array([-2**62, 2**61, 0, -1], ">i8"), scaleoffset(2, 0))
    case("scaleoffset-gzip", smooth(5000, "<i4"), scaleoffset(2, 0), shuffle, gzip(4), fletcher32)
    for order, name in [(h5t.ORDER_LE, "le"), (h5t.ORDER_BE, "be")]:
        for size, precision, offset in [(1, 3, 2), (1, 8, 0), (2, 9, 3), (2, 8, 8), (4, 17, 5), (4, 8, 8), (4, 1, 31), (8, 33, 7), (8, 60, 0), (4, 32, 0)]:
            tid = h5t.STD_I64LE.copy()
            tid.set_precision(precision)
            tid.set_size(size)
            tid.set_offset(offset)
            tid.set_order(order)
            a = random.integers(-(1 << (precision - 1)), (1 << (precision - 1)), 517).astype("<i8")
            case(f"nbit-{name}-{size}-{precision}-{offset}", a, nbit, type=tid)


def floats():
    for t in ["<f4", ">f4", "<f8", ">f8"]:
        a = smooth(1001, t)
        for digits in [0, 2, 5]:
            case(f"scaleoffset-{t[1:]}{t[0] == '>'}-{digits}", a, scaleoffset(0, digits))
            case(f"scaleoffset-fill-{t[1:]}{t[0] == '>'}-{digits}", np.where(np.arange(1001) % 7 == 0, -1.5, a).astype(t), scaleoffset(0, digits), fill=-1.5)
        case(f"scaleoffset-constant-{t[1:]}{t[0] == '>'}", np.full(50, 2.5, t), scaleoffset(0, 3))
    tid = h5t.IEEE_F32LE.copy()  # 20 bits of a float: 1 + 6 + 13, at bit 7
    tid.set_fields(26, 20, 6, 7, 13)
    tid.set_offset(7)
    tid.set_precision(20)
    tid.set_ebias(31)
    case("nbit-float", smooth(313, "<f4"), nbit, type=tid)


def compounds():
    """N-bit of arrays, records, records in arrays in records, and members that it leaves alone."""
    small = h5t.STD_I32LE.copy()
    small.set_precision(11)
    small.set_offset(4)
    odd = h5t.STD_U16BE.copy()
    odd.set_precision(5)
    inner = h5t.create(h5t.COMPOUND, 12)
    inner.insert(b"x", 0, small)
    inner.insert(b"y", 5, odd)
    inner.insert(b"z", 8, h5t.IEEE_F32BE)
    text = h5t.C_S1.copy()
    text.set_size(5)
    outer = h5t.create(h5t.COMPOUND, 80)
    outer.insert(b"s", 1, text)
    outer.insert(b"i", 6, inner)
    outer.insert(b"b", 20, h5t.array_create(odd, (3,)))
    outer.insert(b"a", 30, h5t.array_create(inner, (2, 2)))  # the library loses its way in the parameters behind an array of records
    memory = np.dtype([("x", "<i4"), ("y", "<u2"), ("z", "<f4")])
    a = np.zeros(101, np.dtype([("s", "S5"), ("i", memory), ("a", memory, (2, 2)), ("b", "<u2", (3,))]))
    for field in ["x", "y", "z"]:
        a["i"][field] = random.integers(0, 31, 101)
        a["a"][field] = random.integers(0, 31, (101, 2, 2))
    a["b"] = random.integers(0, 31, (101, 3))
    a["s"] = [f"n{i}" for i in range(101)]
    case("nbit-compound", a, nbit, type=outer)
    case("nbit-compound-gzip", a, nbit, gzip(9), fletcher32, type=outer)
    case("nbit-compound-flat", a["i"].copy(), nbit, type=inner)
    array = h5t.array_create(small, (3, 5))
    case("nbit-array", random.integers(-1024, 1023, (77, 3, 5)).astype("<i4"), nbit, type=array, memory=h5t.array_create(h5t.STD_I32LE, (3, 5)))
    case("nbit-text", np.array([f"text {i}" for i in range(60)], "S9"), nbit)


def compressed():
    """Szip, and the filters that plug-ins bring."""
    if h5z.filter_avail(h5z.FILTER_SZIP):
        for coding, name in [(h5z.SZIP_EC_OPTION_MASK, "ec"), (h5z.SZIP_NN_OPTION_MASK, "nn")]:
            for block in [2, 8, 16, 32]:
                for t in NUMBERS:
                    if t != "<f2":
                        case(f"szip-{name}-{block}-{t[1:]}{t[0] == '>'}", smooth(4099, t), szip(coding, block))
            case(f"szip-{name}-short", smooth(17, "<i2"), szip(coding, 16))
            case(f"szip-{name}-shuffled", smooth(70001, "<f4"), shuffle, szip(coding, 32), fletcher32)
            case(f"szip-{name}-noise", random.integers(0, 256, 5000).astype("u1"), szip(coding, 16))
    else:
        print("szip")
    plugged(307, "bzip2", (1,), (9,))
    plugged(32004, "lz4", (), (0,), (1000,), (65536,))
    for codec in range(6):
        plugged(32001, f"blosc{codec}", *[(0, 0, 0, 0, 5, s, codec) for s in range(3)], (0, 0, 0, 0, 0, 1, codec), (0, 0, 0, 0, 9, 0, codec))
    plugged(32008, "bitshuffle", (), (0,), (64,), (0, 2), (64, 2), (8, 2))


def plugged(id, name, *parameters):
    if not h5z.filter_avail(id):
        print(name)
        return
    for i, values in enumerate(parameters):
        for t in ["<u1", ">i2", "<f4", ">f8"]:
            for n in [8, 1024, 4136, 70000]:
                if n < 70000 or t == "<f4":
                    case(f"{name}-{i}-{t[1:]}{t[0] == '>'}-{n}", smooth(n, t), other(id, *values))
        case(f"{name}-{i}-noise", random.integers(0, 256, 8192).astype("u1"), other(id, *values))
        case(f"{name}-{i}-gzip", smooth(8192, "<i4"), other(id, *values), gzip(1), fletcher32)
        case(f"{name}-{i}-wide", records(4000, ("a", "<i4"), ("b", "<f8"), ("c", "u1")), shuffle, other(id, *values))


def zstandard():
    """There is no plug-in for it: zstd's own library makes the bytes, and frames of bitshuffle's blocks are put together here."""
    path = ctypes.util.find_library("zstd")
    if path is None:
        print("zstd")
        return
    lib = ctypes.CDLL(path)
    lib.ZSTD_compressBound.restype = lib.ZSTD_compress.restype = ctypes.c_size_t
    lib.ZSTD_compressBound.argtypes = [ctypes.c_size_t]
    lib.ZSTD_compress.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int]

    def pack(raw):
        room = ctypes.create_string_buffer(lib.ZSTD_compressBound(len(raw)))
        size = lib.ZSTD_compress(room, len(room), raw, len(raw), 3)
        return room.raw[:size]

    def spec(id, *parameters): return {"id": id, "name": "", "optional": True, "parameters": list(parameters)}

    for n in [1, 8, 1000, 70001]:
        raw = smooth(n, "<f4").tobytes()
        put(f"zstd-{n}", [spec(32015, 3)], 0, pack(raw), raw)
    for t in NUMBERS:
        for n, block in [(8, 0), (1024, 64), (4136, 0), (70003, 0)]:
            a = smooth(n, t)
            size, per = a.dtype.itemsize, block or max(8192 // a.dtype.itemsize // 8 * 8, 128)
            stored, at = struct.pack(">QI", a.nbytes, block * size or per * size), 0
            while n - at >= 8:
                part = a[at:at + min(per, (n - at) // 8 * 8)]
                packed = pack(transposed(part))
                stored += struct.pack(">I", len(packed)) + packed
                at += len(part)
            put(f"bitshuffle-zstd-{t[1:]}{t[0] == '>'}-{n}", [spec(32008, 0, 4, size, block, 3)], 0, stored + a[at:].tobytes(), a.tobytes())


def transposed(a):
    """The bits of some elements in rows: all lowest bits of first bytes, then all second lowest."""
    bits = np.unpackbits(a.view("u1").reshape(len(a), -1), axis=1, bitorder="little")
    return np.packbits(bits.T, axis=1, bitorder="little").tobytes()


def write():
    for part in [standard, integers, floats, compounds, compressed, zstandard]:
        part()
    with open(os.path.join(FOLDER, "cases.json"), "w") as f:
        json.dump(CASES, f)


def read():
    with open(os.path.join(FOLDER, "cases.json")) as f:
        cases = json.load(f)
    file = h5py.File(os.path.join(FOLDER, "ours.h5"), "w")
    for i, c in enumerate(cases):
        raw = np.fromfile(os.path.join(FOLDER, c["name"] + ".raw"), "u1")
        with open(os.path.join(FOLDER, c["name"] + ".stored"), "rb") as f:
            stored = f.read()
        tid = h5t.create(h5t.OPAQUE, c["elementSize"])
        n = len(raw) // c["elementSize"]
        p = plist(n, *[lambda p, f=f: p.set_filter(f["id"], h5z.FLAG_OPTIONAL if f["optional"] else h5z.FLAG_MANDATORY, tuple(f["parameters"])) for f in c["filters"]])
        d = h5d.create(file.id, str(i).encode(), tid, h5s.create_simple((n,)), p)
        d.write_direct_chunk((0,), stored, c["mask"])
    file.close()
    file = h5py.File(os.path.join(FOLDER, "ours.h5"), "r")  # only now the library knows how the chunks were stored
    for i, c in enumerate(cases):
        raw = np.fromfile(os.path.join(FOLDER, c["name"] + ".raw"), "u1")
        d = h5d.open(file.id, str(i).encode())
        back = np.empty_like(raw)
        try:
            d.read(h5s.ALL, h5s.ALL, back, d.get_type())
        except OSError as e:
            raise AssertionError(f"{c}: {e}")
        assert np.array_equal(raw, back), c
    print(len(cases))


write() if sys.argv[1] == "write" else read()
