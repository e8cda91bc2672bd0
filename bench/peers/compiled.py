"""The cases of arrays in memory as one would write them with numba: each thread takes rows, in one pass."""
import numpy as np
from numba import njit, prange


@njit(parallel=True, fastmath=True)
def total(x):
    result = 0.0
    for i in prange(x.shape[0]):
        row = 0.0
        for j in range(x.shape[1]):
            row += x[i, j]
        result += row
    return result


@njit(parallel=True, fastmath=True)
def fused(x):
    result = 0.0
    for i in prange(x.shape[0]):
        row = 0.0
        for j in range(x.shape[1]):
            row += (x[i, j] + 1) * 2 - x[i, j] * x[i, j]
        result += row
    return result


@njit(parallel=True, fastmath=True)
def mean(x, threads):
    rows, columns = x.shape
    sums = np.zeros((threads, columns))
    for t in prange(threads):
        for i in range(rows * t // threads, rows * (t + 1) // threads):
            for j in range(columns):
                sums[t, j] += x[i, j]
    return sums.sum(axis=0) / rows


@njit(parallel=True, fastmath=True)
def deviation(x, threads):
    """By sums of distances from the first row, and of their squares."""
    rows, columns = x.shape
    sums = np.zeros((threads, columns))
    squares = np.zeros((threads, columns))
    for t in prange(threads):
        for i in range(rows * t // threads, rows * (t + 1) // threads):
            for j in range(columns):
                d = x[i, j] - x[0, j]
                sums[t, j] += d
                squares[t, j] += d * d
    average = sums.sum(axis=0) / rows
    return np.sqrt(squares.sum(axis=0) / rows - average * average)
