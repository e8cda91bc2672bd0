"""Computes with NumPy what SweepTests does with Tessera, and prints the values by their names as JSON."""
import json

import numpy as np

v = (np.arange(40_000) * 7919 % 10007) / 10007.0
square, tall, wide = v.reshape(200, 200), v.reshape(4000, 10), v.reshape(10, 4000)
cube, four = v[:27_000].reshape(30, 30, 30), v[:10_000].reshape(10, 10, 10, 10)
points, numbers = v[:1600].reshape(100, 16), (square * 255).astype(np.uint8)
keep = {"keepdims": True}


def total(x):
    return (x**2).sum()


def least(x):
    low = x[:-200]
    for i in range(1, 200):
        low = np.minimum(low, x[i:i - 200])
    return low.sum()


values = {
    "transposed and itself": total(square.T + square),
    "transposed, sum 0": total(square.T.sum(axis=0)),
    "transposed, sum 1": total(square.T.sum(axis=1)),
    "transposed, flat, every third": total(square.T.reshape(-1)[::3]),
    "every second of both axes": total(square[::2, ::2]),
    "columns reversed": (square[:, ::-1] * square).sum(),
    "rows reversed": (square[::-1] * square).sum(),
    "a column": square[:, 5].sum(),
    "tall, sum 1": total(tall.sum(axis=1)),
    "tall, sum 0": total(tall.sum(axis=0)),
    "tall, std 1": total(tall.std(axis=1)),
    "tall, argmax 1": tall.argmax(axis=1).sum(),
    "tall - mean 0": total(tall - tall.mean(axis=0)),
    "tall - mean 1": total(tall - tall.mean(axis=1, **keep)),
    "tall / norm 1": (tall / np.sqrt((tall**2).sum(axis=1, **keep))).sum(),
    "wide, sum 0": total(wide.sum(axis=0)),
    "wide, sum 1": total(wide.sum(axis=1)),
    "wide - mean 1": total(wide - wide.mean(axis=1, **keep)),
    "wide - mean 0": total(wide - wide.mean(axis=0)),
    "wide transposed, sum 1": total(wide.T.sum(axis=1)),
    "wide transposed, std 0": total(wide.T.std(axis=0)),
    "cube, mean 1": total(cube.mean(axis=1)),
    "cube, max 0 2": total(cube.max(axis=(0, 2))),
    "cube, std 0 1": total(cube.std(axis=(0, 1))),
    "cube - mean 1": total(cube - cube.mean(axis=1, **keep)),
    "cube - mean 2": total(cube - cube.mean(axis=2, **keep)),
    "cube - mean 1 2": total(cube - cube.mean(axis=(1, 2), **keep)),
    "cube - mean 0 2": total(cube - cube.mean(axis=(0, 2), **keep)),
    "cube turned and itself": total(cube.transpose(2, 0, 1) + cube),
    "cube turned, max 0": total(cube.transpose(1, 2, 0).max(axis=0)),
    "four, sum 1 3": total(four.sum(axis=(1, 3))),
    "four turned and itself": total(four.transpose(3, 1, 2, 0) + four),
    "pairwise distances": np.sqrt(((points[:, None] - points[None])**2).sum(axis=2)).sum(),
    "outer": total(v[:200][:, None] * v[:200]),
    "mean of five neighbours": total((v[:-4] + v[1:-3] + v[2:-2] + v[3:-1] + v[4:]) / 5),
    "laplace": total(square[1:-1, 1:-1] * 4 - square[:-2, 1:-1] - square[2:, 1:-1] - square[1:-1, :-2] - square[1:-1, 2:]),
    "stacked along the last axis": total(np.stack([v[i * 4000:(i + 1) * 4000] for i in range(10)], axis=1).max(axis=1)),
    "interleaved": total(np.stack([v[:20_000], v[20_000:]], axis=1).reshape(-1)[1:]),
    "columns concatenated": total(np.concatenate([square[:, i * 10:(i + 1) * 10] for i in range(20)], axis=1).sum(axis=0)),
    "pieces in reverse": total(np.concatenate([v[i * 100:(i + 1) * 100] for i in reversed(range(400))])),
    "blocks, mean": total(square.reshape(100, 2, 100, 2).mean(axis=(1, 3))),
    "blocks, max": total(square.reshape(50, 4, 50, 4).max(axis=(1, 3))),
    "each repeated": total(np.broadcast_to(v[:10_000][:, None], (10_000, 4)).reshape(-1)),
    "tiled": total(np.broadcast_to(v[:10_000][None], (4, 10_000)).reshape(-1)),
    "where": np.where(square > 0.5, square, -square).sum(),
    "where, by means of rows": np.where(square > square.mean(axis=1, **keep), square, 0.0).sum(),
    "bytes, mean and std 1": (numbers.mean(axis=1) + numbers.std(axis=1)).sum(),
    "counted over a threshold": total((square > 0.5).sum(axis=0).astype(float)),
    "means of groups of rows": total(square.reshape(20, 10, 200).mean(axis=1)),
    "small chunks, sum 0": total(square.sum(axis=0)),
    "scaled by all": total((square - square.mean()) / square.std()),
    "log of sums of exponentials": np.log(np.exp(square - square.max(axis=1, **keep)).sum(axis=1)).sum(),
    "without means of rows and columns": total(square - square.mean(axis=0) - square.mean(axis=1, **keep) + square.mean()),
    "least of 200 neighbours": least(v),
}
print(json.dumps({name: float(value) for name, value in values.items()}))
