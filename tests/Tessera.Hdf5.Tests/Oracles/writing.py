"""Reads what Tessera wrote, and compares it with the same data written by h5py.

writing.py check FILE EXPECTED.json   every dataset and attribute; then h5dump, and h5diff against a file that h5py makes; prints what was
                                      missing for the latter two
writing.py make FILE KIND             a file for Tessera to add to: earliest, latest, userblock, damaged-free
"""
import json
import os
import subprocess
import sys

import h5py
import numpy as np


def native(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return {"dtype": str(value.dtype), "shape": list(value.shape), "values": np.asarray(value).astype(object).reshape(-1).tolist()}
    return {"dtype": type(value).__name__, "shape": [], "values": [value]}


def same(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"{what}: found {found}, wanted {wanted}")


def uses_lzf(path):
    with h5py.File(path, "r") as file:
        compressions = set()
        file.visititems(lambda _, item: compressions.add(getattr(item, "compression", None)))
    return "lzf" in compressions


def tools_have_lzf(path):
    """h5py brings LZF along; the tools have it as a plug-in, or not at all."""
    with h5py.File(path, "w") as file:
        file.create_dataset("zeros", data=np.zeros(1000), chunks=(1000,), compression="lzf")
    told = subprocess.run(["h5dump", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.remove(path)
    return told.returncode == 0


def check(path, expected):
    folder = os.path.dirname(expected)
    wanted = json.load(open(expected))
    reference = path + ".reference.h5"
    with h5py.File(path, "r") as file, h5py.File(reference, "w") as made:
        found = []
        file.visititems(lambda name, item: found.append("/" + name) if isinstance(item, h5py.Dataset) else None)
        same(sorted(found), sorted(item["path"] for item in wanted["datasets"]), "datasets")
        for item in wanted["datasets"]:
            name, dataset, shape = item["path"], file[item["path"]], tuple(item["shape"])
            data = np.frombuffer(open(os.path.join(folder, item["bytes"]), "rb").read(), item["dtype"]).reshape(shape)
            same(dataset.dtype, data.dtype, name + " dtype")
            same(dataset.shape, shape, name + " shape")
            same(dataset[()].tobytes(), data.tobytes(), name + " elements")
            kinds = {key: item[key] for key in ("compression", "shuffle", "fletcher32") if key in item}
            for key, value in kinds.items():
                same(getattr(dataset, key), value, f"{name} {key}")
            if "level" in item:
                same(dataset.compression_opts, item["level"], name + " level")
            if "chunks" in item:
                same(None if dataset.chunks is None else list(dataset.chunks), item["chunks"], name + " chunks")
            if "maxshape" in item:
                same(list(dataset.maxshape), item["maxshape"], name + " maxshape")
            for attribute, value in item.get("attributes", {}).items():
                same(native(dataset.attrs[attribute]), value, f"{name} attribute {attribute}")
            same(sorted(dataset.attrs), sorted(item.get("attributes", {})), name + " attributes")
            chunked = dataset.chunks is not None and data.size > 0
            made.create_dataset(name, data=data, chunks=dataset.chunks if chunked else None, maxshape=dataset.maxshape if chunked else None,
                                compression=dataset.compression if chunked else None, shuffle=dataset.shuffle if chunked else None)
            for attribute in dataset.attrs:
                made[name].attrs[attribute] = dataset.attrs[attribute]
        for group, attributes in wanted.get("groups", {}).items():
            assert isinstance(file[group], h5py.Group), group
            made.require_group(group)
            for attribute, value in attributes.items():
                same(native(file[group].attrs[attribute]), value, f"{group} attribute {attribute}")
                made[group].attrs[attribute] = file[group].attrs[attribute]
        same(file.userblock_size, wanted.get("userblock", 0), "user block")
    subprocess.run(["h5dump", "-H", path], check=True, stdout=subprocess.DEVNULL)
    if uses_lzf(path) and not tools_have_lzf(path + ".lzf.h5"):
        print("h5dump and h5diff with a plug-in for LZF (hdf5-filter-plugin)")
    else:
        subprocess.run(["h5dump", path], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["h5diff", path, reference], check=True, stdout=subprocess.DEVNULL)
    os.remove(reference)


def make(path, kind):
    options = {"libver": "latest"} if kind == "latest" else {"libver": ("earliest", "v110")}
    if kind == "userblock":
        options["userblock_size"] = 1024
    with h5py.File(path, "w", **options) as file:
        file.create_dataset("old/data", data=np.arange(60, dtype="<i4").reshape(6, 10), chunks=(4, 10), maxshape=(None, 10), compression="gzip", shuffle=True)
        file.create_dataset("old/filled", data=np.full((3, 4), 7, "<i2"), chunks=(2, 3), maxshape=(None, None), fillvalue=9)
        file.create_dataset("plain", data=np.arange(5, dtype="<f8"))
        file["old"].attrs["who"] = "h5py"
        file["big"] = np.arange(5, dtype=">i2")
        file["link"] = h5py.SoftLink("/nowhere")
        file["type"] = np.dtype("<f4")
        file.create_dataset("scaled", data=np.arange(20, dtype="<i4"), chunks=(5,), maxshape=(None,), scaleoffset=0)
    if kind == "userblock":
        with open(path, "r+b") as file:
            file.write(b"#!/bin/sh what is before the file stays\n")


def old(path):
    """That what was there is there."""
    with h5py.File(path, "r") as file:
        assert (file["old/data"][:6] == np.arange(60).reshape(6, 10)).all()
        assert (file["plain"][()] == np.arange(5)).all()
        assert file["old"].attrs["who"] == "h5py"


def dump(path, name, target):
    with h5py.File(path, "r") as file:
        open(target, "wb").write(file[name][()].tobytes())
        print(json.dumps({"shape": file[name].shape, "maxshape": file[name].maxshape}))


def values(path):
    """Datasets of values, as h5py reads them."""
    with h5py.File(path, "r") as file:
        read = {}
        for name in file:
            value = file[name][()]
            if isinstance(value, bytes):
                value = value.decode()
            read[name] = native(value if not isinstance(value, np.ndarray) or value.dtype != object else file[name].asstr()[()])
        print(json.dumps(read))


def hold(path, mode):
    """Has the file open until the end of the input."""
    with h5py.File(path, mode):
        print("open", flush=True)
        sys.stdin.read()


def names(path):
    with h5py.File(path, "r") as file:
        found = []
        file.visititems(lambda name, item: found.append(name + ("/" if isinstance(item, h5py.Group) else "")))
        print(" ".join(sorted(found)))


def info(path, name):
    with h5py.File(path, "r") as file:
        item = file[name].id
        print(json.dumps({"superblock": file.id.get_create_plist().get_version()[0], "layout": item.get_create_plist().get_layout(), "size": item.get_storage_size()}))


def killed(path):
    """The version that is there, which must be whole; -1 where there is no file yet."""
    if not os.path.exists(path):
        print(-1)
        return
    subprocess.run(["h5dump", "-H", path], check=True, stdout=subprocess.DEVNULL)
    with h5py.File(path, "r") as file:
        data = file["data"][()]
        assert data.shape == (40, 50, 50) and (data == data[0, 0, 0]).all(), "a dataset is half written"
        versions = sorted(int(name) for name in file["versions"])
        assert set(range(data[0, 0, 0] + 1)) <= set(versions), "a version is missing"
        print(data[0, 0, 0])


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
