"""The other side of the comparison: TIFF files written by tifffile, libtiff's tools and ffmpeg, and what they make of ours.

    oracle.py write FOLDER    writes files into FOLDER, the elements that each holds as FOLDER/*.raw, and FOLDER/cases.json
    oracle.py check FOLDER    reads FOLDER/written.json and the files named there; prints a line for each that differs

Elements are little-endian and dense in C order; bool is a byte of 0 or 1.
"""
import itertools
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy
import tifffile

TYPES = ["bool", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"]
NAMES = {"bool": "bool", "u1": "byte", "u2": "ushort", "u4": "uint", "u8": "ulong", "i1": "sbyte", "i2": "short",
         "i4": "int", "i8": "long", "f2": "Half", "f4": "float", "f8": "double"}


def image(shape, dtype, seed=1):
    """Half smooth, half noise, so that codecs meet both."""
    random = numpy.random.default_rng(seed)
    if dtype == "bool":
        return random.random(shape) < 0.4
    kind = numpy.dtype(dtype)
    ramp = numpy.arange(numpy.prod(shape)).reshape(shape)
    if kind.kind == "f":
        return numpy.where(ramp % 7 < 4, ramp / 8, random.normal(0, 1e3, shape)).astype(kind)
    limits = numpy.iinfo(kind)
    noise = random.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)
    return numpy.where(ramp % 64 < 40, (ramp // 8 % 100).astype(kind), noise)


class Writer:
    def __init__(self, folder):
        self.folder, self.cases, self.jobs = folder, [], []
        self.pool = ThreadPoolExecutor(4)

    def path(self, name):
        return os.path.join(self.folder, name)

    def case(self, group, name, data, like=None):
        """Notes that the file `name` holds `data`; `like` names a case with the same elements."""
        raw = (like or name) + ".raw"
        if like is None:
            data = numpy.ascontiguousarray(data)
            data.astype(data.dtype.newbyteorder("<")).tofile(self.path(raw))
        code = "bool" if data.dtype == bool else data.dtype.kind + str(data.dtype.itemsize)
        self.cases.append({"Group": group, "File": name, "Type": NAMES[code], "Shape": list(data.shape), "Raw": raw})

    def tifffile(self, name, data, expected=None, group="tifffile", **options):
        tifffile.imwrite(self.path(name), data, metadata=None, **options)
        self.case(group, name, data if expected is None else expected)

    def run(self, *command):
        self.jobs.append(self.pool.submit(subprocess.run, command, check=True, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL))

    def tiffcp(self, source, name, data, *options, differs=False, group="libtiff"):
        self.run("tiffcp", *options, self.path(source), self.path(name))
        if data is None:
            like = next(case for case in self.cases if case["File"] == source)
            self.cases.append({**like, "Group": group, "File": name})
        else:
            self.case(group, name, data, like=None if differs else source)

    def finish(self):
        for job in self.jobs:
            job.result()
        with open(self.path("cases.json"), "w") as file:
            json.dump(self.cases, file)


def write_tifffile(out):
    layouts = {"strip": {}, "strips": {"rowsperstrip": 5}, "tiles": {"tile": (32, 16)}}
    for dtype, order, compression, layout, big in itertools.product(TYPES, "<>", [None, "zlib"], layouts, [False, True]):
        if dtype == "bool" and (compression or layout == "tiles"):
            continue  # needs imagecodecs; libtiff's tools cover it
        name = f"t-{dtype}-{'le' if order == '<' else 'be'}-{compression}-{layout}-{'big' if big else 'classic'}.tif"
        out.tifffile(name, image((37, 53), dtype), byteorder=order, compression=compression, bigtiff=big, **layouts[layout])

    for dtype, order, planar in itertools.product(["u1", "u2", "f4", "i8"], "<>", ["contig", "separate"]):
        for samples, photometric in [(3, "rgb"), (4, "rgb"), (5, "minisblack")]:
            for layout, options in layouts.items():
                data = image((37, 53, samples), dtype)
                stored = data if planar == "contig" else numpy.moveaxis(data, -1, 0)
                extra = {"extrasamples": ["unassalpha"]} if samples == 4 else {}
                out.tifffile(f"s-{dtype}-{order == '<'}-{planar}-{samples}-{layout}.tif", stored, expected=data, byteorder=order,
                             photometric=photometric, planarconfig=planar, compression="zlib" if layout == "strips" else None, **extra, **options)

    for dtype, compression in itertools.product(TYPES, [None, "zlib"]):
        if dtype != "bool" or not compression:
            out.tifffile(f"pages-{dtype}-{compression}.tif", image((6, 21, 33), dtype), photometric="minisblack", compression=compression)
    out.tifffile("pages-rgb.tif", image((4, 21, 33, 3), "u1"), photometric="rgb")
    out.tifffile("bits-white-is-zero.tif", image((37, 53), "bool"), photometric="miniswhite")
    out.tifffile("bits-black-is-zero.tif", image((37, 53), "bool"), photometric="minisblack")
    out.tifffile("grey-white-is-zero.tif", image((37, 53), "u1"), photometric="miniswhite")
    out.tifffile("deflate-32946.tif", image((37, 53), "u2"), compression=32946)


def write_libtiff(out):
    for dtype, order in itertools.product(TYPES, "BL"):
        data = image((70, 53), dtype)
        source = f"base-{dtype}-{order}.tif"
        out.tifffile(source, data, byteorder=">" if order == "B" else "<", group="libtiff")
        codecs = ["none", "lzw", "zip", "packbits"] + ([] if dtype == "bool" else ["lzw:2", "zip:2"]) + (["lzw:3", "zip:3"] if dtype[0] == "f" else [])
        for codec, layout in itertools.product(codecs, ["strips", "tiles"]):
            cut = ["-s", "-r", "9"] if layout == "strips" else ["-t", "-w", "32", "-l", "16"]
            # libtiff 4.5 swaps the bytes of big-endian values before its floating-point predictor, whose order is fixed: the file holds
            # the swapped values, and libtiff's own reader says so too.
            swapped = order == "B" and codec.endswith(":3")
            out.tiffcp(source, f"l-{dtype}-{order}-{codec.replace(':', '')}-{layout}.tif", data.byteswap() if swapped else data,
                       "-" + order, "-c", codec, *cut, differs=swapped)
        out.tiffcp(source, f"l-{dtype}-{order}-big.tif", data, "-8", "-" + order, "-c", "lzw", "-s", "-r", "7")

    for dtype, planar in itertools.product(["u1", "u2", "f4"], ["contig", "separate"]):
        data = image((41, 53, 3), dtype, seed=2)
        source = f"base-rgb-{dtype}-{planar}.tif"
        stored = data if planar == "contig" else numpy.moveaxis(data, -1, 0)
        out.tifffile(source, stored, expected=data, photometric="rgb", planarconfig=planar, group="libtiff")
        for codec, cut in itertools.product(["none", "lzw:2", "zip:2", "packbits"], (["-s", "-r", "9"], ["-t", "-w", "16", "-l", "32"])):
            if planar == "separate" and dtype != "u1" and cut[0] == "-t":
                continue  # tiffcp garbles these: tifffile doesn't read the original back from them either
            out.tiffcp(source, f"l-rgb-{dtype}-{planar}-{codec.replace(':', '')}{cut[0]}.tif", data, "-p", planar, "-c", codec, *cut)

    for codec in ["none", "lzw", "packbits"]:  # the bits of each byte the other way round
        out.tiffcp("base-bool-L.tif", f"l-fill-{codec}.tif", image((70, 53), "bool"), "-f", "lsb2msb", "-c", codec, "-s", "-r", "9")

    # Long strips, in which the LZW table fills up and is cleared: noise, a constant, and both.
    random = numpy.random.default_rng(5)
    large = {"noise": random.integers(0, 65536, (500, 300)).astype("u2"), "constant": numpy.full((1500, 1000), 7, "u1"),
             "steps": (numpy.arange(900 * 700) // 37 % 251).reshape(900, 700).astype("u1")}
    for name, data in large.items():
        out.tifffile(f"base-large-{name}.tif", data, group="libtiff")
        for codec in ["lzw", "lzw:2", "zip:2", "packbits"]:
            out.tiffcp(f"base-large-{name}.tif", f"l-large-{name}-{codec.replace(':', '')}.tif", data, "-c", codec, "-s", "-r", "100000")


def write_ffmpeg(out):
    frames, width, height = 3, 70, 46
    for form, dtype, samples in [("gray", "u1", 1), ("gray16le", "u2", 1), ("rgb24", "u1", 3), ("rgb48le", "u2", 3), ("rgba", "u1", 4)]:
        raw = out.path(f"ff-{form}.bin")
        source = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc=size={width}x{height}:rate=1", "-frames:v", str(frames), "-pix_fmt", form]
        outputs = ["-f", "rawvideo", raw]
        for codec in ["raw", "packbits", "lzw", "deflate"]:
            outputs += ["-frames:v", str(frames), "-pix_fmt", form, "-compression_algo", codec, out.path(f"ff-{form}-{codec}-%d.tif")]
        subprocess.run(source + outputs, check=True, stdin=subprocess.DEVNULL)
        shape = (frames, height, width) + ((samples,) if samples > 1 else ())
        data = numpy.fromfile(raw, dtype).reshape(shape)
        for codec, frame in itertools.product(["raw", "packbits", "lzw", "deflate"], range(frames)):
            out.case("ffmpeg", f"ff-{form}-{codec}-{frame + 1}.tif", data[frame])


def write_samples(out):
    """Samples of unusual sizes and meanings, and what was never written."""
    for order, compression in itertools.product("<>", [None, "zlib"]):
        for layout, cut in {"strips": {"rowsperstrip": 5}, "tiles": {"tile": (32, 16)}}.items():
            data = image((37, 53), "f4").astype("f2")
            out.tifffile(f"half-{order == '<'}-{compression}-{layout}.tif", data, group="samples", byteorder=order, compression=compression, **cut)
    data = image((37, 53), "f4").astype("f2")
    out.tifffile("half.tif", data, group="samples")
    for codec, cut in itertools.product(["lzw:2", "zip:2", "lzw:3", "zip:3"], (["-s", "-r", "9"], ["-t", "-w", "16", "-l", "32"])):
        out.tiffcp("half.tif", f"half-{codec.replace(':', '')}{cut[0]}.tif", None, "-c", codec, *cut, group="samples")

    for bits in [2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 20]:
        values = numpy.random.default_rng(bits).integers(0, 1 << bits, (37, 53)).astype("u1" if bits <= 8 else "u2" if bits <= 16 else "u4")
        source = f"packed-{bits}.tif"
        write_packed(out.path(source), values, bits)
        if bits in (2, 4, 12):  # which Pillow knows; it makes 255 of the largest number of 2 and 4 bits
            from PIL import Image
            assert numpy.array_equal(numpy.array(Image.open(out.path(source))), values if bits == 12 else values * (255 // (2 ** bits - 1)))
        out.case("samples", source, values)
        for codec in ["lzw", "zip", "packbits"]:
            out.tiffcp(source, f"packed-{bits}-{codec}.tif", None, "-c", codec, "-s", "-r", "9", group="samples")

    colours = image((3, 256), "u2", seed=3)
    out.tifffile("palette.tif", image((37, 53), "u1"), group="samples", photometric="palette", colormap=colours)
    out.tifffile("palette-16.tif", image((37, 53), "u2"), group="samples", photometric="palette", colormap=image((3, 65536), "u2"))
    for photometric, samples in [("cfa", 1), ("separated", 4), ("cielab", 3), ("icclab", 3), ("linear_raw", 3), ("ycbcr", 3)]:
        shape = (37, 53, samples) if samples > 1 else (37, 53)
        out.tifffile(f"photometric-{photometric}.tif", image(shape, "u1"), group="samples", photometric=photometric)

    write_old_lzw(out)
    for nodata, compression, layout in itertools.product([None, "7"], [None, "zlib"], ["strips", "tiles", "planes"]):
        write_holes(out, nodata, compression, layout)


def write_packed(path, values, bits):
    """Rows of bits: an image of their bytes, whose tags then say what they are."""
    shifts = numpy.arange(bits - 1, -1, -1)
    rows = numpy.packbits(((values[..., None] >> shifts) & 1).astype("u1").reshape(len(values), -1), axis=1)
    tifffile.imwrite(path, rows, metadata=None, photometric="minisblack")
    with tifffile.TiffFile(path, mode="r+b") as file:
        file.pages[0].tags["BitsPerSample"].overwrite(bits)
        file.pages[0].tags["ImageWidth"].overwrite(values.shape[1])


def write_old_lzw(out):
    """LZW of before TIFF 6.0, least significant bit first, which libtiff has to read as it was meant."""
    data = image((60, 53), "u1", seed=4)
    codes, number, bits, known, width, prefix = {}, 0, 0, 258, 9, ()

    def emit(code):
        nonlocal number, bits
        number, bits = number | code << bits, bits + width

    emit(256)
    for value in data.tobytes():
        if len(prefix) == 0 or prefix + (value,) in codes:
            prefix += (value,)
            continue
        emit(codes[prefix] if len(prefix) > 1 else prefix[0])
        codes[prefix + (value,)], known, prefix = known, known + 1, (value,)
        if known > 1 << width:
            width += 1
    emit(codes[prefix] if len(prefix) > 1 else prefix[0])
    assert known < 4094 and known + 1 <= 1 << width
    emit(257)

    path = out.path("old-lzw.tif")
    tifffile.imwrite(path, numpy.frombuffer(number.to_bytes((bits + 7) // 8, "little"), "u1")[None], metadata=None, photometric="minisblack")
    with tifffile.TiffFile(path, mode="r+b") as file:
        tags = file.pages[0].tags
        for tag, value in {"Compression": 5, "ImageWidth": 53, "ImageLength": 60, "RowsPerStrip": 60}.items():
            tags[tag].overwrite(value)
    plain = path + ".plain.tif"
    subprocess.run(["tiffcp", "-c", "none", path, plain], check=True, stderr=subprocess.DEVNULL)
    assert numpy.array_equal(tifffile.imread(plain), data)
    out.case("samples", "old-lzw.tif", data)


def write_holes(out, nodata, compression, layout):
    data = image((64, 48, 3), "u1") if layout == "planes" else image((64, 48), "u2")
    stored = numpy.moveaxis(data, -1, 0) if layout == "planes" else data
    cut = {"rowsperstrip": 16} if layout == "strips" else {"tile": (16, 16)}
    name = f"holes-{nodata}-{compression}-{layout}.tif"
    tifffile.imwrite(out.path(name), stored, metadata=None, compression=compression, photometric="rgb" if layout == "planes" else "minisblack",
                     planarconfig="separate" if layout == "planes" else None, extratags=[(42113, "s", 0, nodata, True)] if nodata else [], **cut)
    with tifffile.TiffFile(out.path(name), mode="r+b") as file:
        for tag in file.pages[0].tags:
            if tag.name.endswith(("Offsets", "ByteCounts")):
                tag.overwrite([0 if number % 3 == 1 else value for number, value in enumerate(tag.value)])
    read = tifffile.imread(out.path(name))
    out.case("samples", name, numpy.moveaxis(read, 0, -1) if layout == "planes" else read)


def write_real(out):
    import skimage
    folder = os.path.join(os.path.dirname(skimage.__file__), "data")
    for name in sorted(os.listdir(folder)):
        if name.endswith((".tif", ".tiff")):
            pages = tifffile.TiffFile(os.path.join(folder, name)).pages
            data = numpy.stack([numpy.moveaxis(page.asarray(), 0, -1) if page.planarconfig == 2 else page.asarray() for page in pages])
            os.symlink(os.path.join(folder, name), out.path("real-" + name))
            out.case("real", "real-" + name, data[0] if len(data) == 1 else data)


def check(folder):
    with open(os.path.join(folder, "written.json")) as file:
        cases = json.load(file)
    with ThreadPoolExecutor(4) as pool:
        for line in pool.map(lambda case: check_one(folder, case), cases):
            if line:
                print(line)


def check_one(folder, case):
    path = os.path.join(folder, case["File"])
    code = next(code for code, name in NAMES.items() if name == case["Type"])
    expected = numpy.fromfile(os.path.join(folder, case["Raw"]), code).reshape(case["Shape"])
    if path.endswith(".png"):
        actual = read_png(path, expected)
    else:
        told = subprocess.run(["tiffinfo", "-D", path], capture_output=True, text=True)
        if told.returncode or told.stderr.strip():
            return f"{case['File']}: tiffinfo says {told.stderr.strip()}"
        if case["Plain"]:  # codecs and predictors that this tifffile lacks: libtiff decodes them
            subprocess.run(["tiffcp", "-c", "none", path, path + ".plain.tif"], check=True, stderr=subprocess.DEVNULL)
            path += ".plain.tif"
        actual = tifffile.imread(path)
    if actual.dtype.newbyteorder("=") != expected.dtype or actual.squeeze().shape != expected.squeeze().shape:
        return f"{case['File']}: is {actual.dtype} {actual.shape}, not {expected.dtype} {expected.shape}"
    if actual.tobytes() != expected.tobytes():
        return f"{case['File']}: {numpy.count_nonzero(actual.squeeze() != expected.squeeze())} elements differ"
    return None


def read_png(path, expected):
    form = {("u1", 2): "gray", ("u2", 2): "gray16le", ("u1", 3): "rgb24", ("u2", 3): "rgb48le", ("u1", 4): "rgba", ("u2", 4): "rgba64le"}
    samples = expected.shape[2] if expected.ndim == 3 else 2
    command = ["ffmpeg", "-v", "warning", "-i", path, "-f", "rawvideo", "-pix_fmt", form[expected.dtype.str[1:], samples], "-"]
    told = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=True)
    from PIL import Image
    Image.open(path).load()  # checks every CRC
    return numpy.frombuffer(told.stdout, expected.dtype).reshape(expected.shape)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        writer = Writer(sys.argv[2])
        write_tifffile(writer)
        write_libtiff(writer)
        write_ffmpeg(writer)
        write_samples(writer)
        write_real(writer)
        writer.finish()
    else:
        check(sys.argv[2])
