"""What tifffile and h5py read of real files: a line of JSON for each page or dataset.

    oracle.py FOLDER    walks FOLDER and prints {"file", "item", "shape", "type", "sha1"} or {"file", "item", "error"}

A TIFF page that tifffile can't decode for want of a codec is decoded by libtiff's tiffcp first. The hash is of the elements, little-endian,
dense, in C order; bool is a byte of 0 or 1. Samples are the last axis of a page.
"""
import contextlib
import hashlib
import io
import json
import logging
import os
import subprocess
import sys
import tempfile
import warnings

import h5py
import numpy
import tifffile

MOST_BYTES = 1 << 28
NAMES = {"b1": "bool", "u1": "byte", "u2": "ushort", "u4": "uint", "u8": "ulong", "i1": "sbyte", "i2": "short", "i4": "int", "i8": "long",
         "f2": "Half", "f4": "float", "f8": "double"}


def say(file, item, data=None, error=None):
    if error is not None:
        print(json.dumps({"file": file, "item": item, "error": f"{type(error).__name__}: {error}"[:300]}), flush=True)
        return
    data = numpy.asarray(data)
    code = data.dtype.kind + str(data.dtype.itemsize)
    if code not in NAMES:
        return
    elements = numpy.ascontiguousarray(data, data.dtype.newbyteorder("<"))
    print(json.dumps({"file": file, "item": item, "shape": list(data.shape), "type": NAMES[code],
                      "sha1": hashlib.sha1(elements.tobytes()).hexdigest()}), flush=True)


def page_elements(page):
    data = page.asarray()
    if page.planarconfig == 2 and page.samplesperpixel > 1 and data.ndim == 3:
        data = numpy.moveaxis(data, 0, -1)
    return data


def decoded_by_libtiff(path, number):
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "plain.tif")
        subprocess.run(["tiffcp", "-c", "none", f"{path},{number}", plain], check=True, capture_output=True, timeout=60)
        with tifffile.TiffFile(plain) as tiff:
            return page_elements(tiff.pages[0])


def walk_tiff(path):
    try:
        tiff = tifffile.TiffFile(path)
    except Exception as error:
        return say(path, "open", error=error)
    with tiff:
        number = 0
        while number < 40:
            try:
                page = tiff.pages[number]
            except IndexError:
                break
            except Exception as error:
                return say(path, f"page {number}", error=error)
            item = f"page {number}"
            try:
                if numpy.prod([int(size) for size in page.shape]) * 8 > MOST_BYTES:
                    raise MemoryError("left out: large")
                try:
                    data = page_elements(page)
                except Exception:
                    if page.is_tiled and page.planarconfig == 2:
                        raise  # tiffcp mixes up the tiles of planes
                    data = decoded_by_libtiff(path, number)
                say(path, item, data)
            except Exception as error:
                say(path, item, error=error)
            number += 1


def walk_hdf5(path):
    try:
        file = h5py.File(path, "r")
    except Exception as error:
        return say(path, "open", error=error)
    found = {}

    def visit(name, node):
        if isinstance(node, h5py.Dataset):
            found[name] = node

    with file:
        try:
            file.visititems(visit)
        except Exception as error:
            say(path, "walk", error=error)
        for name, node in sorted(found.items()):
            try:
                name.encode("utf-8")
                if node.shape is None or node.dtype.kind not in "biuf" or node.dtype.subdtype is not None:
                    continue
                if node.size * node.dtype.itemsize > MOST_BYTES:
                    continue
                say(path, "/" + name, node[()])
            except Exception as error:
                say(path, "/" + name.encode("utf-8", "replace").decode(), error=error)


def is_hdf5(path):
    with open(path, "rb") as file:
        return any(file.seek(at) == at and file.read(8) == b"\x89HDF\r\n\x1a\n" for at in (0, 512, 1024, 2048))


def is_tiff(path):
    with open(path, "rb") as file:
        return file.read(4) in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
for folder, _, names in sorted(os.walk(sys.argv[1])):
    for name in sorted(names):
        path = os.path.join(folder, name)
        with contextlib.redirect_stderr(io.StringIO()):
            if is_tiff(path):
                walk_tiff(path)
            elif is_hdf5(path):
                walk_hdf5(path)
