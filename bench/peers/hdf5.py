"""Stacks in HDF5 files."""
import os

from cores import threaded_dask


def prepare(case, peer, directory):
    import h5py
    kind = case.split("-", 1)[1]
    path = os.path.join(directory, "hdf5_%s" % ("contiguous" if kind in ("open", "write") else kind), "experiments.h5")
    groups = ("Control", "Treatment")

    def write():
        with h5py.File(path, "r") as file:
            frames = file["Control/Experiment 1"][...]

        def run():
            to = os.path.join(directory, "written_by_h5py.h5")
            with h5py.File(to, "w") as file:
                data = file.create_dataset("frames", (1000, 1024, 1024), "f4", chunks=(10, 128, 128), compression="gzip", compression_opts=1, shuffle=True)
                for i in range(0, 1000, 50):
                    data[i:i + 50] = frames
            size = os.path.getsize(to)
            os.remove(to)
            return size
        return run

    if kind == "write":
        return write()

    threaded_dask()
    import dask.array as da

    def lazy(file, group, count):
        return [da.from_array(file["%s/Experiment %d" % (group, i)], chunks=(10, 128, 128)) for i in range(1, count + 1)]

    def opened():
        with h5py.File(path, "r") as file:
            return sum(a.size for g in groups for a in lazy(file, g, 9))

    def difference():
        with h5py.File(path, "r") as file:
            control, treatment = (da.stack(lazy(file, g, 10)).mean(axis=0) for g in groups)
            return (control - treatment).compute()[25, 500, 500]

    return opened if kind == "open" else difference
