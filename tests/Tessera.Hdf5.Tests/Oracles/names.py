"""Files whose names and texts aren't UTF-8, as old programs on Windows and in Fortran write them.

    names.py make FOLDER    a file of each format
    names.py list FILE      what a file has: JSON, names and texts as hexadecimal bytes
"""
import json, os, sys
import numpy as np
import h5py
from h5py import h5a, h5d, h5f, h5g, h5l, h5o, h5p, h5s, h5t

VERSIONS = {"old": dict(libver="earliest"), "new": dict(libver="latest")}
LATIN, UTF8 = b"\xe9", "é".encode()


def number(at, name, value):
    """A dataset of one number, under a name that is given as bytes."""
    h5d.create(at, name, h5t.STD_I32LE, h5s.create(h5s.SCALAR)).write(h5s.ALL, h5s.ALL, np.array(value, "i4"))


def attribute(at, name, value):
    h5a.create(at, name, h5t.STD_I32LE, h5s.create(h5s.SCALAR)).write(np.array(value, "i4"))


def group(at, name, members):
    made = h5g.create(at, name)
    for member, value in members.items():
        number(made, member, value)
    return made


def fill(file):
    root = file.id
    group(root, b"both", {b"a": 1, LATIN: 2, UTF8: 3, b"\xe8": 4, b"\xc3\xa9\xe9": 5})
    group(root, b"one", {LATIN: 6, b"gr\xfc\xdfe": 7, "日本".encode(): 8})
    group(group(root, b"\xb5m", {}), b"tiefe", {b"\xb5": 9})
    many = group(root, b"many", {b"n%d" % i: i for i in range(300)})
    number(many, LATIN, 10)
    number(many, UTF8, 11)
    links = group(root, b"links", {})
    links.links.create_soft(b"latin", b"/both/" + LATIN)
    links.links.create_soft(b"utf8", b"/both/" + UTF8)
    links.links.create_soft(b"none", b"/one/" + UTF8)
    links.links.create_soft(b"gr\xfcn", b"/\xb5m/tiefe/\xb5")
    links.links.create_external(b"outside", b"x.h5", b"/" + LATIN)

    few, dense = group(root, b"few", {}), group(root, b"dense", {})
    for at in (few, dense):
        for i in range(100 if at is dense else 0):
            attribute(at, b"n%d" % i, i)
        attribute(at, LATIN, 12)
        attribute(at, UTF8, 13)
        attribute(at, b"L\xe4nge", 14)

    texts = h5py.Dataset(h5d.create(root, b"texts", h5t.STD_I32LE, h5s.create_simple((2,))))
    ascii_text = h5py.string_dtype("ascii")
    texts.attrs.create("unit", b"\xb5m", dtype=ascii_text)
    texts.attrs.create("fixed", np.array([b"5 \xb5m", "5 µm".encode(), b"m"], "S6"))
    texts.attrs.create("DIMENSION_LABELS", np.array([b"L\xe4nge", "Länge".encode()], object), dtype=ascii_text)
    file.create_dataset("names", data=np.array([b"\xe9", "é".encode(), b""], object), dtype=ascii_text)

    record = h5t.create(h5t.COMPOUND, 16)
    for i, name in enumerate((LATIN, UTF8, b"gr\xf6\xdfe", b"plain")):
        record.insert(name, 4 * i, h5t.STD_I32LE)
    h5d.create(root, b"records", record, h5s.create_simple((2,))).write(h5s.ALL, h5s.ALL, np.arange(8, dtype="i4").view("V16"), record)
    levels = h5t.enum_create(h5t.STD_I16LE)
    for name, value in ((LATIN, 1), (UTF8, 2), (b"\xfc", 3)):
        levels.enum_insert(name, value)
    h5d.create(root, b"levels", levels, h5s.create_simple((2,))).write(h5s.ALL, h5s.ALL, np.array([1, 3], "i2"), levels)


def make(folder):
    for name, options in VERSIONS.items():
        with h5py.File(os.path.join(folder, f"names-{name}.h5"), "w", **options) as file:
            fill(file)


def describe(at):
    found = {}
    for name in at:
        info = at.links.get_info(name)
        if info.type != h5l.TYPE_HARD:
            continue
        item = h5o.open(at, name)
        found[name.hex()] = describe(item) if isinstance(item, h5g.GroupID) else h5py.Dataset(item)[()].tolist() if item.get_type().get_class() == h5t.INTEGER else "other"
    for i in range(h5a.get_num_attrs(at)):
        attribute = h5a.open(at, index=i)
        value = np.zeros(attribute.shape, "i4")
        if attribute.get_type().get_class() == h5t.INTEGER:
            attribute.read(value)
            found["@" + attribute.name.hex()] = value.tolist()
    return found


def listed(path):
    with h5py.File(path) as file:
        print(json.dumps(describe(h5g.open(file.id, b"/"))))


{"make": make, "list": listed}[sys.argv[1]](sys.argv[2])
