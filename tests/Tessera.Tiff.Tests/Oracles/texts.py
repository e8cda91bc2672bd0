"""Files with texts, resolutions and sizes of pixels, written by tifffile, and what they say.

    texts.py FOLDER    writes files into FOLDER, and FOLDER/texts.json
"""
import json
import os
import sys

import numpy
import tifffile

MICROMETRES = {"um": 1, "micron": 1, "\\u00B5m": 1, "µm": 1, "nm": 1e-3, "mm": 1e3, "cm": 1e4, "Å": 1e-4, "inch": 25400}


class Writer:
    def __init__(self, folder):
        self.folder, self.cases = folder, []

    def path(self, name):
        return os.path.join(self.folder, name)

    def case(self, name, sizes):
        """Notes what tifffile reads in a file, and how large the pixels of its series are."""
        with tifffile.TiffFile(self.path(name)) as file:
            page = file.pages[0]
            texts = {tag.name: tag.value for tag in page.tags if tag.dtype == 2 and tag.code not in (50839,) and isinstance(tag.value, str)}
            resolution = None
            if "XResolution" in page.tags:
                x, y = (page.tags[key].value for key in ("XResolution", "YResolution"))
                resolution = [x[0] / x[1], y[0] / y[1], int(page.tags["ResolutionUnit"].value) if "ResolutionUnit" in page.tags else 2]
            keys = file.imagej_metadata
            imagej = None if keys is None else {key: keys[key] if key == "Info" else "\n".join(keys[key]) for key in ("Info", "Labels") if key in keys}
            self.cases.append({"File": name, "Texts": texts, "Resolution": resolution, "ImageJ": imagej, "Ome": file.ome_metadata,
                               "Series": [{"Axes": one.axes, "PixelSizes": size} for one, size in zip(file.series, sizes)]})


def write_plain(out):
    data = numpy.zeros((6, 7), "u2")
    for name, resolution, unit, size in [("inch", (300, 150), 2, [25400 / 300, 25400 / 150, None]), ("cm", (12500, 1e4), 3, [0.8, 1, None]),
                                         ("none", (4, 3), 1, None), ("left", None, None, None)]:
        for order in "<>":
            tifffile.imwrite(out.path(f"plain-{name}{order == '<'}.tif"), data, byteorder=order, metadata=None, description=f"A {name}", software="by hand",
                             datetime="2024:02:29 12:13:14", resolution=resolution, resolutionunit=unit,
                             extratags=[(315, "s", 0, "Ada L.", True), (269, "s", 0, "notes", True), (33432, "s", 0, "nobody", True)])
            out.case(f"plain-{name}{order == '<'}.tif", [[size]])
    for name, text in [("utf8", "20 °C, 5 µm".encode()), ("latin1", "20 °C, 5 µm".encode("latin1")), ("empty", b"")]:
        tifffile.imwrite(out.path(f"text-{name}.tif"), data, metadata=None, extratags=[(270, "s", len(text) + 1, text, True)])
        out.case(f"text-{name}.tif", [[None]])


def write_imagej(out):
    data = numpy.zeros((2, 3, 6, 7), "u2")
    for number, (unit, spacing) in enumerate([("um", 2.5), ("micron", None), ("\\u00B5m", 0.3), ("nm", 200), ("mm", 1), ("inch", 2), ("pixel", 3), (None, None)]):
        for order in "<>":
            name = f"imagej-{number}{order == '<'}.tif"
            metadata = {"axes": "TZYX", "Info": "A text\nof two lines: µ", "Labels": [f"plane {i}" for i in range(6)]}
            metadata.update({} if unit is None else {"unit": unit}, **({} if spacing is None else {"spacing": spacing}))
            tifffile.imwrite(out.path(name), data, imagej=True, byteorder=order, resolution=(1 / 0.65, 2.0), metadata=metadata)
            scale = MICROMETRES.get(unit)
            out.case(name, [[None if scale is None else [0.65 * scale, 0.5 * scale, None if spacing is None else spacing * scale]]])


def write_ome(out):
    data = numpy.zeros((2, 3, 60, 70), "u2")
    for number, unit in enumerate([None, "µm", "nm", "mm", "Å", "pixel"]):
        name = f"ome-{number}.ome.tif"
        units = {} if unit is None else {f"PhysicalSize{axis}Unit": unit for axis in "XYZ"}
        tifffile.imwrite(out.path(name), data, ome=True, metadata={"axes": "TZYX", "PhysicalSizeX": 0.65, "PhysicalSizeY": 0.5, "PhysicalSizeZ": 2.0, **units})
        scale = 1 if unit is None else MICROMETRES.get(unit)
        out.case(name, [[None if scale is None else [0.65 * scale, 0.5 * scale, 2 * scale]]])
    with tifffile.TiffWriter(out.path("text-two.ome.tif"), ome=True) as file:
        file.write(data, metadata={"axes": "TZYX", "PhysicalSizeX": 0.65, "PhysicalSizeY": 0.5})
        file.write(data[0, :, :50], metadata={"axes": "CYX", "PhysicalSizeX": 1.5, "PhysicalSizeY": 2.5, "PhysicalSizeZ": 3.5})
        file.write(data[0, 0, :40], metadata={"axes": "YX"})
    out.case("text-two.ome.tif", [[[0.65, 0.5, None]], [[1.5, 2.5, 3.5]], [None]])
    with tifffile.TiffWriter(out.path("pyramid.ome.tif"), ome=True) as file:
        file.write(data[0], subifds=2, metadata={"axes": "ZYX", "PhysicalSizeX": 0.65, "PhysicalSizeY": 0.5, "PhysicalSizeZ": 2.0})
        file.write(data[0, :, ::2, ::2], subfiletype=1)
        file.write(data[0, :, ::4, ::4], subfiletype=1)
    out.case("pyramid.ome.tif", [[[0.65, 0.5, 2], [1.3, 1, 2], [0.65 * 70 / 18, 2, 2]]])


if __name__ == "__main__":
    writer = Writer(sys.argv[1])
    write_plain(writer)
    write_imagej(writer)
    write_ome(writer)
    with open(writer.path("texts.json"), "w") as listed:
        json.dump(writer.cases, listed)
