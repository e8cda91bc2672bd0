"""What tifffile and libtiff make of the axes, sizes and texts that Tessera wrote.

    metadata.py FOLDER    reads FOLDER/metadata.json and the files named there; prints a line for each thing that is told otherwise

Elements are little-endian and dense in C order.
"""
import json
import os
import subprocess
import sys
import xml.etree.ElementTree

import numpy
import tifffile

TYPES = {"bool": "bool", "byte": "u1", "ushort": "u2", "uint": "u4", "sbyte": "i1", "short": "i2", "int": "i4", "float": "f4", "double": "f8"}
OME = "{http://www.openmicroscopy.org/Schemas/OME/2016-06}"


def check(folder, case):
    path = os.path.join(folder, case["File"])
    told = subprocess.run(["tiffinfo", "-D", path], capture_output=True, text=True)
    complaints = [line for line in told.stderr.splitlines() if "tag 5083" not in line]  # ImageJ's own tags, which libtiff doesn't know
    if told.returncode or complaints:
        yield f"tiffinfo says {complaints}"

    expected = numpy.fromfile(os.path.join(folder, case["Raw"]), TYPES[case["Type"]]).reshape(case["Shape"])
    kept = [i for i, axis in enumerate(case["Axes"]) if axis in "YX" or expected.shape[i] > 1]
    axes, shape = "".join(case["Axes"][i] for i in kept), tuple(expected.shape[i] for i in kept)
    with tifffile.TiffFile(path) as file:
        if file.is_imagej != (case["Format"] == "ImageJ") or file.is_ome != (case["Format"] == "Ome"):
            yield f"is_imagej {file.is_imagej}, is_ome {file.is_ome}"
        if len(file.series) != 1 or (file.series[0].axes, file.series[0].shape) != (axes, shape):
            yield f"has {[(one.axes, one.shape) for one in file.series]}, not {axes} {shape}"
        elif not case["Coded"]:
            actual = file.series[0].asarray()
            if actual.dtype != expected.dtype or actual.tobytes() != expected.tobytes():
                yield "has other elements"
        if file.is_bigtiff != case["Big"]:
            yield f"is_bigtiff {file.is_bigtiff}"

        tags = file.pages[0].tags
        resolution = [tags[name].value for name in ("XResolution", "YResolution")] if "XResolution" in tags else None
        unit = tags["ResolutionUnit"].value if "ResolutionUnit" in tags else None
        yield from check_imagej(file, case, resolution, unit) if case["Format"] == "ImageJ" else check_resolution(case, resolution, unit)
        if case["Format"] == "Ome":
            yield from check_ome(file, case, expected)
        if case["Format"] == "None" and file.pages[0].description != (case["Description"] or ""):
            yield f"is described as {file.pages[0].description!r}"
        for page in file.pages[1:]:
            if page.aspage().tags.get(270) is not None:
                yield "a later page is described, too"


def near(fraction, value):
    return abs(fraction[0] / fraction[1] / value - 1) < 1e-9


def check_resolution(case, resolution, unit):
    told = case["Resolution"] or (case["PixelSize"] and [1e4 / case["PixelSize"][0], 1e4 / case["PixelSize"][1], 3])
    if told is None:
        if resolution is not None:
            yield f"has a resolution {resolution}"
    elif resolution is None or unit != told[2] or not all(near(*pair) for pair in zip(resolution, told)):
        yield f"has the resolution {resolution} to {unit}, not {told}"


def check_imagej(file, case, resolution, unit):
    keys = file.imagej_metadata
    size = {axis: length for axis, length in zip(case["Axes"], case["Shape"])}
    for key, axis in (("channels", "C"), ("slices", "Z"), ("frames", "T")):
        if keys.get(key, 1) != size.get(axis, 1):
            yield f"ImageJ has {key} {keys.get(key)}"
    if keys["images"] != len(file.pages):
        yield f"ImageJ has {keys['images']} images of {len(file.pages)} pages"
    if keys.get("Info") != case["Description"]:
        yield f"ImageJ has the information {keys.get('Info')!r}"
    pixel = case["PixelSize"]
    if pixel is None:
        if resolution is not None or "unit" in keys:
            yield f"has a resolution {resolution}, {keys.get('unit')}"
        return
    if keys["unit"] != "micron" or unit != 1 or not near(resolution[0], 1 / pixel[0]) or not near(resolution[1], 1 / pixel[1]) or keys.get("spacing") != pixel[2]:
        yield f"ImageJ has the resolution {resolution} to {keys['unit']}, spacing {keys.get('spacing')}"


def check_ome(file, case, expected):
    root = xml.etree.ElementTree.fromstring(file.ome_metadata)
    file.ome_metadata.encode("ascii")
    (image,) = root.findall(OME + "Image")
    (pixels,) = image.findall(OME + "Pixels")
    if [child.tag[len(OME):] for child in image if child.tag != OME + "Pixels"] != (["Description"] if case["Description"] is not None else []):
        yield f"the image has {[child.tag for child in image]}"
    if case["Description"] is not None and image.find(OME + "Description").text != case["Description"]:
        yield f"the image is described as {image.find(OME + 'Description').text!r}"

    size = {axis: length for axis, length in zip(case["Axes"], case["Shape"])}
    samples = size.get("S", 1)
    told = {axis: int(pixels.get("Size" + axis)) for axis in "XYZCT"}
    wanted = {axis: size.get(axis, 1) * (samples if axis == "C" else 1) for axis in "XYZCT"}
    if told != wanted:
        yield f"the sizes are {told}, not {wanted}"
    order = pixels.get("DimensionOrder")
    if sorted(order) != sorted("XYZCT") or not order.startswith("XY"):
        yield f"the order is {order}"
    channels, data = pixels.findall(OME + "Channel"), pixels.findall(OME + "TiffData")
    if [child.tag for child in pixels] != [OME + "Channel"] * size.get("C", 1) + [OME + "TiffData"]:
        yield f"the pixels have {[child.tag for child in pixels]}"
    if any(int(channel.get("SamplesPerPixel")) != samples for channel in channels) or len({channel.get("ID") for channel in channels}) != len(channels):
        yield "the channels are wrong"
    if (data[0].get("IFD"), data[0].get("PlaneCount")) != ("0", str(len(file.pages))):
        yield f"the planes are {data[0].attrib}"
    for axis, length in zip("XYZ", case["PixelSize"] or [None] * 3):
        stated = pixels.get("PhysicalSize" + axis)
        if (None if stated is None else float(stated)) != length or (stated and pixels.get(f"PhysicalSize{axis}Unit") != "µm"):
            yield f"a pixel is {stated} along {axis}"


if __name__ == "__main__":
    with open(os.path.join(sys.argv[1], "metadata.json"), encoding="utf-8") as listed:
        for one in json.load(listed):
            for line in check(sys.argv[1], one):
                print(f"{one['File']} ({one['Format']} {one['Axes']} {one['Shape']} of {one['Type']}): {line}")
