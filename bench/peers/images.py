"""Movies of TIFF frames."""
import glob
import os

from cores import threaded_dask


def prepare(case, peer, directory):
    dask = threaded_dask()
    import dask.array as da
    from tifffile import imread

    def frames(kind):
        names = sorted(glob.glob(os.path.join(directory, kind, "*.tif")))
        sample = imread(names[0])
        lazy = dask.delayed(imread, pure=True)
        return da.stack([da.from_delayed(lazy(n), sample.shape, sample.dtype) for n in names])

    return {
        "tiff-max": lambda: frames("tiff_raw").max(axis=0).compute(),
        "tiff-mean": lambda: frames("tiff_raw").mean(axis=(1, 2)).compute(),
        "tiff-std": lambda: frames("tiff_raw").std(axis=0).compute(),
        "tiff-std-rechunked": lambda: frames("tiff_raw").rechunk((10, 512, 512)).std(axis=0).compute(),
        "deflate-max": lambda: frames("tiff_deflate").max(axis=0).compute(),
        "deflate-mean": lambda: frames("tiff_deflate").mean(axis=(1, 2)).compute(),
    }[case]
