"""Files of several series, levels and planes, with what tifffile says of them.

    series.py FOLDER    writes files into FOLDER, the elements of each series and level as *.raw, and FOLDER/series.json

Elements are little-endian and dense in C order; the samples of a pixel come last, as Tessera has them.
"""
import json
import logging
import os
import struct
import sys

import numpy
import tifffile

NAMES = {"u1": "byte", "u2": "ushort", "i2": "short", "f4": "float"}
SIZES = {1: "B", 3: "H", 4: "I"}


def ramp(shape, dtype):
    return (numpy.arange(numpy.prod(shape)) * 37 % 65521).reshape(shape).astype(dtype)


def by_hand(path, tags, pixels, order="<", behind=b""):
    """One directory and its pixels; a tag is (type, values) or bytes, None its pixels' offsets."""
    at = 8
    offsets = []
    for some in pixels:
        offsets.append(at)
        at += len(some)
    tags = dict(tags)
    tags[273] = (4, offsets)
    tags.setdefault(279, (4, [len(some) for some in pixels]))
    entries, extra = b"", b""
    start = at + 2 + 12 * len(tags) + 4
    for tag in sorted(tags):
        if isinstance(tags[tag], bytes):
            kind, count, raw = 2, len(tags[tag]) + 1, tags[tag] + b"\0"
        else:
            kind, values = tags[tag][:2]
            count = tags[tag][2] if len(tags[tag]) > 2 else len(values)
            raw = struct.pack(order + SIZES[kind if kind in SIZES else 4] * len(values), *values)
        if len(raw) > 4:
            value = struct.pack(order + "I", start + len(extra))
            extra += raw + b"\0" * (len(raw) % 2)
        else:
            value = raw.ljust(4, b"\0")
        entries += struct.pack(order + "HHI", tag, kind, count) + value
    with open(path, "wb") as file:
        file.write((b"II" if order == "<" else b"MM") + struct.pack(order + "HI", 42, at) + b"".join(pixels))
        file.write(struct.pack(order + "H", len(tags)) + entries + struct.pack(order + "I", 0) + extra + behind)


def grey(width, height, bits, **more):
    tags = {256: (4, [width]), 257: (4, [height]), 258: (3, [bits]), 259: (3, [1]), 262: (3, [1]), 277: (3, [1]), 278: (4, [height])}
    tags.update({int(key[1:]): value for key, value in more.items()})
    return tags


class Writer:
    def __init__(self, folder):
        self.folder, self.cases = folder, []

    def path(self, name):
        return os.path.join(self.folder, name)

    def note(self, name, values=None):
        """Notes what tifffile says of a file; `values` are the elements of its only series where tifffile doesn't tell them."""
        with tifffile.TiffFile(self.path(name)) as file:
            series = []
            for number, one in enumerate(file.series):
                levels = []
                for level, of in enumerate(one.levels):
                    data, axes = (of.asarray() if values is None else values), of.axes
                    data = data.reshape(of.shape)
                    if "S" in axes and not axes.endswith("S"):
                        data = numpy.moveaxis(data, axes.index("S"), -1)
                        axes = axes.replace("S", "") + "S"
                    raw = f"{name}.{number}.{level}.raw"
                    data.astype(data.dtype.newbyteorder("<")).tofile(self.path(raw))
                    levels.append({"Axes": axes, "Shape": list(data.shape), "Type": NAMES[data.dtype.str[1:]], "Raw": raw})
                series.append({"Name": one.name or "", "Levels": levels})
            self.cases.append({"File": name, "Pages": len(file.pages), "Series": series})

    def write(self, name, data, **options):
        tifffile.imwrite(self.path(name), data, **options)
        self.note(name)


def write_imagej(out):
    data = ramp((5, 3, 4, 16, 20), ">u2")
    for truncate in False, True:
        end = "-one" if truncate else ""
        for axes, part in {"TZCYX": data, "TZYX": data[:, :, 0], "TCYX": data[:, 0], "ZCYX": data[0], "ZYX": data[0, :, 0], "YX": data[0, 0, 0]}.items():
            out.write(f"imagej-{axes}{end}.tif", part, imagej=True, byteorder=">", truncate=truncate, metadata={"axes": axes, "unit": "um"})
        out.write(f"imagej-rgb{end}.tif", ramp((6, 16, 20, 3), "u1"), imagej=True, truncate=truncate, metadata={"axes": "TYXS"})
    for order in "czt", "ctz", "zct", "ztc", "tcz", "tzc":
        text = f"ImageJ=1.53t\nimages=60\nchannels=4\nslices=3\nframes=5\nhyperstack=true\norder={order}\n"
        by_hand(out.path(f"imagej-{order}.tif"), grey(20, 16, 16, _270=text.encode()), [data.tobytes()], order=">")
        out.note(f"imagej-{order}.tif", data)

    # Channels as strips of one page, as ImageJ once wrote composites. tifffile reads the first.
    pixels = data[0, 0, :3]
    by_hand(out.path("composite.tif"), grey(20, 16, 16, _270=b"ImageJ=1.38n\nimages=3\nchannels=3\nmode=composite\n", _279=(4, [640] * 3)),
            [one.tobytes() for one in pixels], order=">")
    out.note("composite.tif", pixels)
    # A description of 50 images in a file that lists the 20 it has.
    out.write("split.tif", ramp((20, 16, 20), ">u2"), metadata=None, description="ImageJ=1.53t\nimages=50\nslices=50\n", byteorder=">")


def write_shaped(out):
    data = ramp((5, 3, 16, 20), "u2")
    for truncate in False, True:
        end = "-one" if truncate else ""
        out.write(f"shaped{end}.tif", data, truncate=truncate, photometric="minisblack")
        out.write(f"shaped-axes{end}.tif", data, truncate=truncate, photometric="minisblack", metadata={"axes": "TZYX"})
        out.write(f"shaped-planar{end}.tif", data, truncate=truncate, photometric="rgb", planarconfig="separate")
        out.write(f"shaped-rgb{end}.tif", ramp((4, 16, 20, 3), "u1"), photometric="rgb", truncate=truncate)
        out.write(f"shaped-described{end}.tif", data, truncate=truncate, photometric="minisblack", description="a text of the user's")
    with tifffile.TiffWriter(out.path("shaped-two.tif")) as file:
        for part, name in [(data, "deep"), (ramp((7, 8, 9), "f4"), "small"), (ramp((11, 12), "u1"), "")]:
            file.write(part, photometric="minisblack", metadata={"name": name} if name else {})
    out.note("shaped-two.tif")
    out.write("shaped-one-page.tif", ramp((3, 16, 20), "u1"), photometric="rgb", planarconfig="separate")
    out.write("shaped-big.tif", data, bigtiff=True, truncate=True, photometric="minisblack")
    with tifffile.TiffWriter(out.path("shaped-pyramid.tif")) as file:
        options = {"tile": (16, 16), "photometric": "minisblack", "compression": "zlib"}
        large = ramp((3, 64, 96), "u2")
        file.write(large, subifds=2, **options)
        for level in 1, 2:
            file.write(large[:, ::2**level, ::2**level], subfiletype=1, **options)
        file.write(ramp((10, 12), "u1"), metadata={"name": "label"})
    out.note("shaped-pyramid.tif")


def write_ome(out):
    data = ramp((5, 3, 4, 16, 20), "u2")
    for axes, part in {"TZCYX": data, "TCZYX": data, "TCYX": data[:, 0], "CZYX": data[0], "YX": data[0, 0, 0]}.items():
        out.write(f"ome-{axes}.ome.tif", part, ome=True, metadata={"axes": axes, "Name": "cells"})
    out.write("ome-rgb.ome.tif", ramp((6, 16, 20, 3), "u1"), ome=True, photometric="rgb", metadata={"axes": "TYXS"})
    with tifffile.TiffWriter(out.path("ome-two.ome.tif"), ome=True) as file:
        file.write(data[:, 0], metadata={"axes": "TCYX", "Name": "first"})
        file.write(ramp((7, 8, 9), "u1"), photometric="minisblack", metadata={"axes": "ZYX", "Name": "second"})
    out.note("ome-two.ome.tif")
    with tifffile.TiffWriter(out.path("ome-pyramid.ome.tif"), ome=True, bigtiff=True) as file:
        large = ramp((4, 64, 96), "u2")
        file.write(large, subifds=2, photometric="minisblack", metadata={"axes": "CYX"})
        for level in 1, 2:
            file.write(large[:, ::2**level, ::2**level], subfiletype=1)
    out.note("ome-pyramid.ome.tif")

    head = '<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" UUID="urn:uuid:{0}"><Image ID="Image:0" Name="shuffled"><Pixels ' \
        'DimensionOrder="XYZTC" ID="Pixels:0" Type="uint16" SizeX="20" SizeY="16" SizeZ="3" SizeC="1" SizeT="2"><Channel ID="Channel:0" SamplesPerPixel="1"/>{1}</Pixels></Image></OME>'
    part = ramp((6, 16, 20), "u2")
    planes = [(z, t) for t in range(2) for z in range(3)]
    listed = "".join(f'<TiffData FirstZ="{z}" FirstT="{t}" IFD="{5 - i}" PlaneCount="1"/>' for i, (z, t) in enumerate(planes))
    out.write("ome-shuffled.ome.tif", part, photometric="minisblack", metadata=None, description=head.format("a", listed))
    names = ["ome-part0.ome.tif", "ome-part1.ome.tif"]
    listed = "".join(f'<TiffData FirstZ="{z}" FirstT="{t}" IFD="{z}" PlaneCount="1"><UUID FileName="{names[t]}">urn:uuid:{t}</UUID></TiffData>' for z, t in planes)
    for t in range(2):
        tifffile.imwrite(out.path(names[t]), part[3 * t:3 * t + 3], photometric="minisblack", metadata=None, description=head.format(t, listed))
    for name in names:
        out.note(name)


def write_others(out):
    data = ramp((7, 12, 10), "u2")
    for axis, (depth, time) in {"Z": (1, 0), "T": (0, 1000), "I": (0, 0)}.items():
        uic2 = sum([[depth * (i + 1), 1, 2457388, time * i, 2457388, 0] for i in range(7)], [])
        for strips in 1, 3:
            cut = [data[0, i * 12 // strips:(i + 1) * 12 // strips].tobytes() for i in range(strips)]
            tags = grey(10, 12, 16, _278=(4, [12 // strips]), _33628=(4, [0, 0], 1), _33629=(5, uic2, 7), _279=(4, [len(one) for one in cut]))
            by_hand(out.path(f"stack-{axis}-{strips}.stk"), tags, cut[:-1] + [cut[-1] + data[1:].tobytes()])
            path = out.path(f"stack-{axis}-{strips}.stk")
            out.note(f"stack-{axis}-{strips}.stk", data)

    with tifffile.TiffWriter(out.path("plain-two.tif")) as file:
        for i in range(4):
            file.write(data[i], metadata=None, contiguous=False)
            file.write(ramp((6, 5), "u1"), metadata=None)
    out.note("plain-two.tif")
    for flag in 0, 1:
        with tifffile.TiffWriter(out.path(f"plain-pyramid-{flag}.tif")) as file:
            large = ramp((64, 97, 3), "u1")
            for level in range(3):
                file.write(large[::2**level, ::2**level], metadata=None, photometric="rgb", subfiletype=flag if level else 0)
            file.write(ramp((30, 31, 3), "u1"), metadata=None, photometric="rgb")
        out.note(f"plain-pyramid-{flag}.tif")


if __name__ == "__main__":
    logging.disable(50)
    writer = Writer(sys.argv[1])
    write_imagej(writer)
    write_shaped(writer)
    write_ome(writer)
    write_others(writer)
    with open(writer.path("series.json"), "w") as file:
        json.dump(writer.cases, file)
