"""The cases of arrays in memory as one would write them with numba. Loops run over one axis at a time: over two, it finds no vectors."""
import numpy as np
from numba import njit, prange


@njit(parallel=True, fastmath=True)
def total(x):
    elements = x.ravel()
    result = 0.0
    for i in prange(elements.size):
        result += elements[i]
    return result


@njit(parallel=True, fastmath=True)
def fused(x):
    elements = x.ravel()
    result = 0.0
    for i in prange(elements.size):
        result += (elements[i] + 1) * 2 - elements[i] * elements[i]
    return result


@njit(fastmath=True)
def enter_sum(row, sums):
    for j in range(row.size):
        sums[j] += row[j]


@njit(fastmath=True)
def enter_squares(row, first, sums, squares):
    for j in range(row.size):
        d = row[j] - first[j]
        sums[j] += d
        squares[j] += d * d


@njit(parallel=True, fastmath=True)
def mean(x, threads):
    rows = x.shape[0]
    sums = np.zeros((threads, x.shape[1]))
    for t in prange(threads):
        for i in range(rows * t // threads, rows * (t + 1) // threads):
            enter_sum(x[i], sums[t])
    return sums.sum(axis=0) / rows


@njit(parallel=True, fastmath=True)
def deviation(x, threads):
    """By sums of distances from the first row, and of their squares, in one pass."""
    rows = x.shape[0]
    sums = np.zeros((threads, x.shape[1]))
    squares = np.zeros((threads, x.shape[1]))
    for t in prange(threads):
        for i in range(rows * t // threads, rows * (t + 1) // threads):
            enter_squares(x[i], x[0], sums[t], squares[t])
    average = sums.sum(axis=0) / rows
    return np.sqrt(squares.sum(axis=0) / rows - average * average)
