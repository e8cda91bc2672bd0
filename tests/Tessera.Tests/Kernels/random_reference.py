"""The elements that RandomReferenceTests expects, computed with Python's integers and floats from the description in DrawOrder.cs.

Run: python3 random_reference.py
"""
import math

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & MASK, (p0 >> 32) ^ c[3] ^ k[1], p0 & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def image(seed, stream, counter, attempt=0):
    return philox((counter & MASK, counter >> 32, stream, attempt), (seed & MASK, seed >> 32))


def draw32(seed, stream, i, attempt):
    group, place = divmod(i, 32)
    row, place = divmod(place, 16)
    return image(seed, stream, group * 8 + place // 2, attempt)[row * 2 + place % 2]


def halves(seed, stream, i, attempt=0):
    group, place = divmod(i, 16)
    w = image(seed, stream, group * 8 + place % 8, attempt)
    return (w[0] | w[1] << 32, w[2] | w[3] << 32), place // 8


def draw64(seed, stream, i, attempt):
    both, half = halves(seed, stream, i, attempt)
    return both[half]


def integer(seed, stream, i, low, high):
    n = high - low
    bits, draw = (32, draw32) if n <= 2**32 and 2**32 % n <= 2**24 else (64, draw64)
    attempt = 0
    while True:
        product = draw(seed, stream, i, attempt) * n
        if product % 2**bits >= 2**bits % n:
            return low + (product >> bits)
        attempt += 1


def uniform(seed, stream, i, low, high):
    return low + (draw64(seed, stream, i, 0) >> 11) * 2.0**-53 * (high - low)


def normal(seed, stream, i, mean, deviation):
    both, half = halves(seed, stream, i)
    radius = math.sqrt(-2 * math.log(((both[0] >> 11) + 1) * 2.0**-53))
    angle = 2 * math.pi * (both[1] >> 11) * 2.0**-53
    return mean + deviation * radius * (math.sin(angle) if half else math.cos(angle))


if __name__ == "__main__":
    seed, stream = 0x0123456789ABCDEF, 42
    for i in (0, 7, 8, 31, 85, 10**12 + 5):
        print(f"[InlineData({i}, {integer(seed, stream, i, 0, 255)}, {integer(seed, stream, i, -10**6, 2 * 10**9)}, "
              f"{integer(seed, stream, i, -2**63, 2**62)}, {uniform(seed, stream, i, -1, 1)!r}, {normal(seed, stream, i, 0, 1)!r})]")
