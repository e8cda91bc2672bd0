"""Computes expressions with NumPy, for the tests.

Run: python3 numpy_oracle.py FOLDER

FOLDER/cases.json holds {"nodes": [...], "results": [...]}: operations in the order of their numbers, each over earlier ones, and the numbers
of those whose elements are asked for. They are written one after another to FOLDER/results.bin, dense in C order.

What C# means otherwise than NumPy is spelt out here: the quotient and the remainder of integers are truncated toward zero, floating point that
no integer holds is cast to the nearest one, and means and variances are double for every type. Sums of floating point are made in the widest type there is, to be better than both.
"""
import json
import sys
from fractions import Fraction

import numpy as np

TYPES = {
    "bool": np.bool_, "sbyte": np.int8, "byte": np.uint8, "short": np.int16, "ushort": np.uint16, "int": np.int32, "uint": np.uint32,
    "long": np.int64, "ulong": np.uint64, "Half": np.float16, "float": np.float32, "double": np.float64,
}
LEFT_OUT = -(2**63)

ELEMENTWISE = {
    "Negate": np.negative, "Abs": np.abs, "Square": np.square, "Sqrt": np.sqrt, "Cbrt": np.cbrt, "Exp": np.exp, "Log": np.log, "Sin": np.sin,
    "Cos": np.cos, "CopySign": np.copysign,
    "Floor": np.floor, "Ceiling": np.ceil, "Round": np.rint, "IsNaN": np.isnan, "Add": np.add, "Subtract": np.subtract,
    "Multiply": np.multiply, "Remainder": np.fmod, "Power": np.power, "Minimum": np.minimum, "Maximum": np.maximum,
    "And": np.bitwise_and, "Or": np.bitwise_or, "Xor": np.bitwise_xor, "Not": np.invert, "ShiftLeft": np.left_shift,
    "ShiftRight": np.right_shift, "Equal": np.equal, "NotEqual": np.not_equal, "Less": np.less, "LessOrEqual": np.less_equal,
    "Greater": np.greater, "GreaterOrEqual": np.greater_equal, "Where": np.where,
}


def data(dtype, shape, seed, low, count, special):
    """A formula of seed and index that the tests know too."""
    length = int(np.prod(shape, dtype=np.int64))
    bits = np.arange(1, length + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bits += np.uint64(seed * 0xD1B54A32D192ED03 % 2**64)
    bits = (bits ^ (bits >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(32)
    if dtype == np.bool_:
        values = (bits >> np.uint64(20)) & np.uint64(1) != 0
    elif count == 0:
        values = bits.astype(dtype)
    else:
        values = ((bits % np.uint64(count)).astype(np.int64) + low).astype(dtype)
    if special:
        which = (bits >> np.uint64(50)) % np.uint64(3)
        chosen = np.where(which == 0, np.nan, np.where(which == 1, np.inf, -np.inf)).astype(dtype)
        values = np.where((bits >> np.uint64(40)) % np.uint64(13) == 0, chosen, values)
    return values.reshape(shape)


def end(number):
    return None if number == LEFT_OUT else number


def one_slice(kind, start, stop, step):
    return (slice(end(start), end(stop), step), start, np.newaxis, Ellipsis)[kind]


def divide(a, b):
    if a.dtype.kind == "f":
        return np.divide(a, b)
    if a.dtype.kind == "u":
        return np.where(b == 0, 0, np.floor_divide(a, b))
    quotient = np.floor_divide(a, b)
    upward = (np.fmod(a, b) != 0) & ((a < 0) != (b < 0))
    return np.where(b == 0, 0, np.where(upward, quotient + 1, quotient)).astype(a.dtype)


def fused(a, b, c):
    """a * b + c rounded once, which NumPy doesn't have."""
    return np.array([fused_one(*x) for x in np.broadcast(a, b, c)], dtype=a.dtype).reshape(np.broadcast(a, b, c).shape)


def fused_one(a, b, c):
    kind = type(a)
    rough = a * b + c
    if not all(np.isfinite(x) for x in (a, b, c)) or not np.isfinite(kind(a * b)):
        return np.longdouble(a) * np.longdouble(b) + np.longdouble(c)
    exact = Fraction(float(a)) * Fraction(float(b)) + Fraction(float(c))
    try:
        near = kind(float(exact)) if exact else rough
    except OverflowError:
        return kind(np.inf) if exact > 0 else kind(-np.inf)
    around = [x for x in (np.nextafter(near, kind(-np.inf)), near, np.nextafter(near, kind(np.inf))) if np.isfinite(x)]
    bits = f"u{near.itemsize}"
    return min(around, key=lambda x: (abs(Fraction(float(x)) - exact), int(x.view(bits)) & 1)) if np.isfinite(near) and exact else near


def cast(x, dtype):
    target = np.dtype(dtype)
    if x.dtype.kind != "f" or target.kind not in "iu":
        return x.astype(dtype)
    via = target if target.itemsize >= 4 else np.dtype(np.int32)
    bits = 8 * via.itemsize - (via.kind == "i")
    low, high = -(2.0**bits) if via.kind == "i" else 0.0, 2.0**bits
    whole = np.trunc(x.astype(np.float64))
    result = np.where((whole >= low) & (whole < high), whole, 0).astype(via)  # NaN is neither
    result[whole < low] = np.iinfo(via).min
    result[whole >= high] = np.iinfo(via).max
    return result.astype(dtype)


def reduce(op, dtype, x, keep, ddof, *axes):
    if op in ("ArgMin", "ArgMax"):
        axes = sorted(axes)
        kept = [axis for axis in range(x.ndim) if axis not in axes]
        count = int(np.prod([x.shape[axis] for axis in axes]))
        rows = x.transpose(kept + axes).reshape([x.shape[axis] for axis in kept] + [count])
        result = (np.argmin if op == "ArgMin" else np.argmax)(rows, axis=-1)
        return np.expand_dims(result, axes) if keep else result
    axes = tuple(axes)
    if op == "CountNonZero":
        return np.count_nonzero(x, axis=axes, keepdims=bool(keep))
    wide = x.astype(np.longdouble) if dtype in (np.float16, np.float32, np.float64) and op not in ("Min", "Max") else x
    if op in ("Var", "Std"):
        return getattr(np, op.lower())(wide, axis=axes, keepdims=bool(keep), ddof=ddof)
    return getattr(np, op.lower())(wide, axis=axes, keepdims=bool(keep))


def compute(node, inputs):
    op, numbers, dtype = node["op"], node["numbers"], TYPES[node["type"]]
    x = inputs[0] if inputs else None
    if op == "Data":
        return data(dtype, node["shape"], *numbers)
    if op == "Constant":
        return np.array(numbers[0]).astype(dtype)
    if op == "Bits":
        size = np.dtype(dtype).itemsize
        return np.array(numbers, dtype=np.int64).astype(f"i{size}").view(dtype).reshape(node["shape"])
    if op == "Slice":
        return x[tuple(one_slice(*numbers[i:i + 4]) for i in range(0, len(numbers), 4))]
    if op == "Transpose":
        return x.transpose(numbers)
    if op == "Reshape":
        return x.reshape(numbers)
    if op == "Broadcast":
        return np.broadcast_to(x, numbers)
    if op == "Concatenate":
        return np.concatenate(inputs, axis=numbers[0])
    if op == "Stack":
        return np.stack(inputs, axis=numbers[0])
    if op == "Arange":
        return np.arange(*(number / numbers[3] if dtype in (np.float16, np.float32, np.float64) else number for number in numbers[:3]), dtype=dtype)
    if op == "Linspace":
        return np.linspace(numbers[0] / numbers[3], numbers[1] / numbers[3], numbers[2])
    if op == "Cast":
        return cast(x, dtype)
    if op == "Divide":
        return divide(*inputs)
    if op == "FusedMultiplyAdd":
        return fused(*inputs)
    if op in ELEMENTWISE:
        return ELEMENTWISE[op](*inputs)
    return reduce(op, dtype, x, *numbers)


def main(folder):
    with open(f"{folder}/cases.json") as file:
        cases = json.load(file)
    values = []
    with np.errstate(all="ignore"):
        for node in cases["nodes"]:
            value = np.asarray(compute(node, [values[i] for i in node["inputs"]])).astype(TYPES[node["type"]])
            assert list(value.shape) == node["shape"], (node, value.shape)
            values.append(value)
    with open(f"{folder}/results.bin", "wb") as file:
        for index in cases["results"]:
            file.write(np.ascontiguousarray(values[index]).tobytes())


if __name__ == "__main__":
    import warnings
    warnings.simplefilter("ignore")
    main(sys.argv[1])
