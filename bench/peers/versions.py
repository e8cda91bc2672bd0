"""Prints the versions of Python and of the peers' packages, in a line."""
import importlib
import platform

versions = [f"Python {platform.python_version()}"]
for name, package in (("Dask", "dask"), ("NumPy", "numpy"), ("numexpr", "numexpr"), ("numba", "numba"), ("h5py", "h5py"), ("tifffile", "tifffile")):
    try:
        module = importlib.import_module(package)
    except ModuleNotFoundError:
        versions.append(f"no {name}")
    except Exception as error:  # one that is there and can't be used
        versions.append(f"no {name} ({error})")
    else:
        version = getattr(module, "__version__", "unknown")
        versions.append(f"{name} {'from source, of no known version' if version == 'unknown' else version}")
print(", ".join(versions))
