"""Files as the reference library writes them, with what they hold.

    reading.py arrays FOLDER     datasets of numbers: cases.json, and their elements one behind the other in elements.bin
    reading.py values FOLDER     attributes and datasets of everything else: values.json, each value in one canonical text
    reading.py members FOLDER    members of compounds, and arrays in elements: see members.py
    reading.py seeds FOLDER      many kinds of small files, to be damaged
    reading.py grow FILE SECONDS writes a file in SWMR mode: one frame after the other, each full of its own number
    reading.py hold FILE         has a file open for writing until its input ends
"""
import ctypes, itertools, json, os, struct, sys, time
import numpy as np
import h5py
from h5py import h5d, h5f, h5g, h5p, h5s, h5t, h5a, h5o

FOLDER = sys.argv[2]
HDF5 = ctypes.CDLL(next(line.split()[-1] for line in open("/proc/self/maps") if "libhdf5_" in line and "_hl" not in line))
random = np.random.default_rng(20260501)
CASES = []
NAMES = {"b1": "bool", "i1": "sbyte", "u1": "byte", "i2": "short", "u2": "ushort", "i4": "int", "u4": "uint", "i8": "long", "u8": "ulong", "f2": "Half", "f4": "float", "f8": "double"}


# ---- types: how they are in the file, and as what they are read

def sized(base, size, precision=None, offset=0, order=h5t.ORDER_LE):
    t = base.copy()
    t.set_size(size)
    t.set_order(order)
    if precision:
        t.set_precision(precision)
        t.set_offset(offset)
    return t


def floating(size, spos, epos, esize, mpos, msize, bias, order=h5t.ORDER_LE):
    t = h5t.IEEE_F64LE.copy()
    if size > 8:
        t.set_size(size)
        t.set_precision(8 * size)
    t.set_fields(spos, epos, esize, mpos, msize)
    t.set_ebias(bias)
    if size < 8:
        t.set_precision(8 * size)
        t.set_size(size)
    t.set_order(order)
    return t


def types():
    for size, order in itertools.product((1, 2, 4, 8), "<>"):
        for kind in "iu":
            if size > 1 or order == "<":
                yield f"{kind}{size}{'be' if order == '>' else ''}", h5t.py_create(np.dtype(f"{order}{kind}{size}")), f"{kind}{size}"
    for size, order in itertools.product((2, 4, 8), "<>"):
        yield f"f{size}{'be' if order == '>' else ''}", h5t.py_create(np.dtype(f"{order}f{size}")), f"f{size}"
    yield "bool", h5t.py_create(np.dtype(bool), logical=True), "b1"
    yield "enum", h5t.py_create(h5py.enum_dtype({"low": -3, "high": 1000}, basetype=np.dtype("<i2")), logical=True), "i2"
    yield "enumbe", h5t.py_create(h5py.enum_dtype({"a": 1, "b": 2}, basetype=np.dtype(">u4")), logical=True), "u4"
    for bits in (8, 16, 32, 64):
        yield f"bits{bits}", getattr(h5t, f"STD_B{bits}LE"), f"u{bits // 8}"
    yield "bits16be", h5t.STD_B16BE, "u2"
    for size, target in ((3, 4), (5, 8), (6, 8), (7, 8)):
        yield f"i{8 * size}bits", sized(h5t.STD_I64LE, size), f"i{target}"
        yield f"u{8 * size}bitsbe", sized(h5t.STD_U64LE, size, order=h5t.ORDER_BE), f"u{target}"
    yield "i12in16", sized(h5t.STD_I16LE, 2, 12, 2), "i2"
    yield "u12in16be", sized(h5t.STD_U16LE, 2, 12, 4, h5t.ORDER_BE), "u2"
    yield "i20in32", sized(h5t.STD_I32LE, 4, 20, 0), "i4"
    yield "u50in64", sized(h5t.STD_U64LE, 8, 50, 7), "u8"
    yield "bfloat16", floating(2, 15, 7, 8, 0, 7, 127), "f4"
    yield "float24", floating(3, 23, 16, 7, 0, 16, 63, h5t.ORDER_BE), "f4"
    yield "float48", floating(6, 47, 36, 11, 0, 36, 1023), "f8"
    yield "longdouble", h5t.py_create(np.dtype("g")), "f8"
    yield "quad", floating(16, 127, 112, 15, 0, 112, 16383), "f8"
    yield "quadbe", floating(16, 127, 112, 15, 0, 112, 16383, h5t.ORDER_BE), "f8"


TYPES = {name: (tid, target) for name, tid, target in types()}


def elements(name, shape):
    """Values that the type holds exactly, in the type as which they are read."""
    tid, target = TYPES[name]
    n = int(np.prod(shape, dtype=np.int64))
    if target == "b1":
        return random.integers(0, 2, n).astype(bool).reshape(shape)
    if target[0] in "iu":
        if name.startswith("enum"):
            low, high = 0, 2000
        else:
            bits = 8 * tid.get_size() if name.startswith("bits") else tid.get_precision()
            low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if target[0] == "i" else (0, (1 << bits) - 1)
        values = random.integers(low, high, n, dtype=np.dtype(target), endpoint=True)
        values[: min(n, 2)] = [low, high][: min(n, 2)]
        return values.reshape(shape)
    if name in ("f2", "f2be", "f4", "f4be", "f8", "f8be"):
        return np.frombuffer(random.bytes(n * int(target[1])), "<" + target).reshape(shape)  # all bit patterns
    values = np.round(random.normal(0, 10, n) * 8) / 8
    if name == "longdouble":
        return (random.normal(0, 1, n) * 10.0 ** random.integers(-300, 300, n)).astype("f8").reshape(shape)
    special = [np.inf, -np.inf, 0.0, 0.5]
    values[: min(n, 4)] = special[: min(n, 4)]
    return values.astype(target).reshape(shape)


def native(name):
    tid, target = TYPES[name]
    if name.startswith("bits"):
        return getattr(h5t, f"STD_B{8 * int(target[1])}LE")
    if name == "bool":
        return h5t.py_create(np.dtype(bool), logical=True)
    if name.startswith("enum"):
        t = h5t.enum_create(h5t.py_create(np.dtype(target)))
        for i in range(tid.get_nmembers()):
            t.enum_insert(tid.get_member_name(i), tid.get_member_value(i))
        return t
    if name == "longdouble":
        return h5t.py_create(np.dtype("f8"))
    return h5t.py_create(np.dtype(target))


# ---- datasets

def plist(layout=None, chunk=None, filters="", fill=None, early=False):
    p = h5p.create(h5p.DATASET_CREATE)
    if layout is not None:
        p.set_layout(layout)
    if chunk:
        p.set_chunk(chunk)
    for f in filters.split():
        if f.startswith("gzip"):
            p.set_deflate(int(f[4:] or 4))
        elif f == "shuffle":
            p.set_shuffle()
        elif f == "fletcher32":
            p.set_fletcher32()
        elif f == "lzf":
            p.set_filter(32000, h5py.h5z.FLAG_OPTIONAL, ())
        elif f == "szip":
            p.set_szip(h5py.h5z.SZIP_NN_OPTION_MASK, 8)
        elif f == "scaleoffset":
            p.set_scaleoffset(h5py.h5z.SO_INT, 0)
        elif f == "nbit":
            p.set_filter(5, h5py.h5z.FLAG_OPTIONAL, ())
    if fill is not None:
        p.set_fill_value(fill)
    if early:
        p.set_alloc_time(h5d.ALLOC_TIME_EARLY)
    return p


def put(file, path, name, shape, p, most=None, data=None, write=None, resize=None):
    """A dataset; write: the part that is written, all of it if None, nothing if False."""
    tid, target = TYPES[name]
    most = tuple(h5s.UNLIMITED if size is None else size for size in most) if most else None
    space = h5s.create_simple(shape, most) if shape != () else h5s.create(h5s.SCALAR)
    lcpl = h5p.create(h5p.LINK_CREATE)
    lcpl.set_create_intermediate_group(True)
    d = h5d.create(file.id, path.encode(), tid, space, p, lcpl=lcpl)
    if write is not False and 0 not in shape:
        data = elements(name, shape) if data is None else data
        if write is None:
            d.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(data), native(name))
        else:
            for start, count in write:
                part = np.ascontiguousarray(data[tuple(slice(s, s + c) for s, c in zip(start, count))])
                fs = space.copy()
                fs.select_hyperslab(start, count)
                d.write(h5s.create_simple(count), fs, part, native(name))
    for size in resize or []:
        d.set_extent(size)
    CASES.append({"File": os.path.basename(file.filename), "Path": "/" + path, "name": name})


def finish(case, out):
    """What the reference library reads of a file that was closed."""
    with h5py.File(os.path.join(FOLDER, case["File"]), "r") as file:
        d = file[case["Path"]].id
        name = case.pop("name")
        target = TYPES[name][1]
        values = np.zeros(d.shape, np.dtype(target))
        if values.size:
            d.read(h5s.ALL, h5s.ALL, values, native(name))
        case.update(Type=NAMES[target], Shape=list(d.shape), Offset=out.tell(), Layout=["compact", "contiguous", "chunked"][d.get_create_plist().get_layout()])
        out.write(values.tobytes())


def new(name, sizes=None, **options):
    path = os.path.join(FOLDER, name)
    if sizes is None:
        return h5py.File(path, "w", **options)
    fcpl, fapl = h5p.create(h5p.FILE_CREATE), h5p.create(h5p.FILE_ACCESS)
    fcpl.set_sizes(sizes, sizes)  # bytes of addresses and of lengths
    if options.get("libver") == "latest":
        fapl.set_libver_bounds(h5f.LIBVER_LATEST, h5f.LIBVER_LATEST)
    return h5py.File(h5f.create(path.encode(), h5f.ACC_TRUNC, fcpl, fapl))


VERSIONS = {"old": dict(libver="earliest"), "v108": dict(libver=("v108", "v108")), "new": dict(libver="latest"), "block": dict(userblock_size=1024), "blocknew": dict(userblock_size=512, libver="latest"),
            "narrow": dict(sizes=4), "narrownew": dict(sizes=4, libver="latest"), "paged": dict(libver="latest", fs_strategy="page", fs_page_size=4096, fs_persist=True)}


def arrays_of_types():
    for version in ("old", "new"):
        with new(f"types-{version}.h5", **VERSIONS[version]) as file:
            for name in TYPES:
                put(file, f"contiguous/{name}", name, (7, 13), plist())
                put(file, f"compact/{name}", name, (5, 3), plist(h5d.COMPACT))
                put(file, f"chunked/{name}", name, (17, 11), plist(chunk=(4, 5)))
                if version == "new":
                    put(file, f"deflated/{name}", name, (17, 11), plist(chunk=(4, 5), filters="shuffle gzip fletcher32"), most=(None, 11))


INDICES = {
    "single": lambda shape: dict(chunk=shape),
    "implicit": lambda shape: dict(chunk=tuple(max(1, (s + 2) // 3) for s in shape), early=True),
    "fixed": lambda shape: dict(chunk=tuple(max(1, (s + 2) // 3) for s in shape)),
    "extensible": lambda shape: dict(chunk=tuple(max(1, (s + 3) // 4) for s in shape), most=(None,) + shape[1:]),
    "extensiblelast": lambda shape: dict(chunk=tuple(max(1, (s + 3) // 4) for s in shape), most=shape[:-1] + (None,)),
    "tree": lambda shape: dict(chunk=tuple(max(1, (s + 1) // 2) for s in shape), most=(None,) * len(shape)),
}
SHAPES = [(1,), (1000,), (40, 30), (6, 7, 8), (3, 5, 2, 9), (2, 3, 4, 5, 3), (2, 3, 2, 4, 2, 3)]


def arrays_of_shapes():
    for version in VERSIONS:
        with new(f"shapes-{version}.h5", **VERSIONS[version]) as file:
            put(file, "scalar", "f8", (), plist())
            put(file, "scalarcompact", "u2be", (), plist(h5d.COMPACT))
            put(file, "empty1", "i4", (0,), plist())
            narrow = version.startswith("narrow")  # there the reference library can't open what grows without limit
            if not narrow:
                put(file, "empty3", "i4", (3, 0, 5), plist(chunk=(2, 2, 2)), most=(None, None, 5))
            put(file, "notwritten", "i4", (30, 5), plist(), write=False)
            for shape in SHAPES:
                put(file, f"contiguous/{len(shape)}-{shape[0]}", "i2", shape, plist())
                for index, of in INDICES.items():
                    options = of(shape)
                    most = options.pop("most", None)
                    if len(shape) == 1 and index == "tree" or narrow and most:
                        continue
                    put(file, f"{index}/{len(shape)}-{shape[0]}", "u2", shape, plist(**options), most=most)


def arrays_of_filters():
    pipelines = ["gzip1", "gzip9", "shuffle gzip", "fletcher32", "lzf", "shuffle lzf fletcher32", "shuffle", "gzip gzip", "szip", "scaleoffset", "shuffle szip", "nbit gzip"]
    for version in ("old", "new"):
        with new(f"filters-{version}.h5", **VERSIONS[version]) as file:
            for filters, name in itertools.product(pipelines, ("u1", "i2", "u4be", "f4", "f8", "i8")):
                if "szip" in filters and not HDF5.H5Zfilter_avail(4) or "scaleoffset" in filters and name[0] == "f":
                    continue
                steps = np.cumsum(random.integers(0, 3, 900)).reshape(30, 30) % 120
                data = steps.astype(TYPES[name][1])
                put(file, f"{filters.replace(' ', '-')}/{name}", name, (30, 30), plist(chunk=(8, 16), filters=filters), data=data)
            noise = elements("u1", (64, 64))  # does not become smaller: optional filters are left out
            put(file, "noise/lzf", "u1", (64, 64), plist(chunk=(16, 16), filters="lzf"), data=noise)
            put(file, "noise/gzip", "u1", (64, 64), plist(chunk=(16, 16), filters="gzip"), data=noise)
        if version == "new":
            with new("edges.h5", libver="latest") as file:
                for most in ((50, 50), (None, 50), (None, None)):
                    p = plist(chunk=(16, 16), filters="gzip")
                    HDF5.H5Pset_chunk_opts(ctypes.c_int64(p.id), 2)  # chunks that stick out pass no filter
                    put(file, f"unfiltered{most.count(None)}", "i4", (50, 50), p, most=most)


def arrays_of_fills():
    fills = {"u1": 7, "i2be": -300, "i4": -5, "f4": 2.5, "f8be": -1e300, "f2": 0.25, "bool": True, "i24bits": -70000, "bfloat16": 1.5, "u8": (1 << 64) - 2}
    for version in ("old", "new"):
        with new(f"fills-{version}.h5", **VERSIONS[version]) as file:
            for (name, fill), (index, of) in itertools.product(fills.items(), INDICES.items()):
                value = np.array(fill, dtype=np.dtype(TYPES[name][1]))
                options = of((20, 24))
                most = options.pop("most", None)
                filters = "shuffle gzip" if index in ("fixed", "extensible", "tree") and name != "u1" else ""
                part = False if index == "single" else [((1, 2), (5, 3)), ((13, 15), (2, 9))]
                put(file, f"{index}/{name}", name, (20, 24), plist(fill=value, filters=filters, **options), most=most, write=part)
            for name, fill in fills.items():
                value = np.array(fill, dtype=np.dtype(TYPES[name][1]))
                put(file, f"contiguous/{name}", name, (20, 24), plist(fill=value), write=False)
            put(file, "many", "i2", (3000, 3), plist(chunk=(2, 2), fill=np.array(9, "i2")), most=(None, 3), write=[((0, 0), (2, 3)), ((1500, 0), (3, 1)), ((2998, 1), (2, 2))])
            put(file, "rows", "u2", (5000, 2), plist(chunk=(1, 2)), most=(None, 2))


def arrays_that_changed():
    for version in ("old", "new"):
        with new(f"changed-{version}.h5", **VERSIONS[version]) as file:
            for name, most in (("tree", (None, None)), ("extensible", (None, 40)), ("fixed", (60, 40))):
                for filters in ("", "shuffle gzip"):
                    p = lambda: plist(chunk=(7, 9), fill=np.array(-1, "i4"), filters=filters)
                    put(file, f"{name}{len(filters)}/grown", "i4", (20, 20), p(), most=most, resize=[(50, 33)])
                    put(file, f"{name}{len(filters)}/shrunk", "i4", (50, 40), p(), most=most, resize=[(9, 10)])
                    put(file, f"{name}{len(filters)}/both", "i4", (50, 40), p(), most=most, resize=[(9, 10), (45, 38)])
                    put(file, f"{name}{len(filters)}/none", "i4", (50, 40), p(), most=most, resize=[(0, 40)])


def write_arrays():
    arrays_of_types()
    arrays_of_shapes()
    arrays_of_filters()
    arrays_of_fills()
    arrays_that_changed()
    with open(os.path.join(FOLDER, "elements.bin"), "wb") as out:
        for case in CASES:
            finish(case, out)
    with open(os.path.join(FOLDER, "cases.json"), "w") as out:
        json.dump(CASES, out)


if __name__ == "__main__":
    if sys.argv[1] == "arrays":
        write_arrays()
    else:
        sys.path.insert(0, os.path.dirname(__file__))
        import members, reading_values
        {"members": members.write, "values": reading_values.write, "seeds": reading_values.seeds, "grow": reading_values.grow, "hold": reading_values.hold}[sys.argv[1]](*sys.argv[2:])
