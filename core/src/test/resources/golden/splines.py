"""Golden values of the scalar splines, from the papers' formulas on the box itself.

Run: python3 splines.py in this folder. mpmath, 50 digits, none of the library's code: knots in the units of x, the
cubic as Steffen writes it, the linear rational spline with the weights and the intermediate point of its paper, the
slope of each by a numerical derivative of the value.
"""

import random
import struct

from mpmath import mp, mpf, diff, exp, log, log1p, sqrt

mp.dps = 50
BINS = 5
BOUND = mpf(3)


def to_float(v):
    return struct.unpack("f", struct.pack("f", v))[0]


def softmax(raw):
    top = max(raw)
    e = [exp(mpf(r) - top) for r in raw]
    return [v / sum(e) for v in e]


def knots(parts):
    at = [-BOUND]
    for p in parts:
        at.append(at[-1] + 2 * BOUND * p)
    return at


def floored(raw, least):
    return [least + (1 - len(raw) * least) * p for p in softmax(raw)]


def find(at, x):
    return max(k for k in range(len(at) - 1) if k == 0 or at[k] <= x)


def linear(phi, x):
    xs = [-BOUND + 2 * BOUND * mpf(k) / BINS for k in range(BINS + 1)]
    ys = knots(floored(phi, mpf(1e-3)))
    k = find(xs, x)
    return ys[k] + (x - xs[k]) * (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k])


def quadratic(phi, x):
    xs = knots(floored(phi[:BINS], mpf(1e-3)))
    wide = [b - a for a, b in zip(xs, xs[1:])]
    least = mpf(1e-3)
    # inner vertices least + c e^phi with the c that makes the trapezoids fill the height of the box
    raw = [exp(mpf(r)) for r in phi[BINS:]]
    area = lambda v: sum(w * (a + b) / 2 for w, a, b in zip(wide, v, v[1:]))
    fixed = area([mpf(1)] + [least] * (BINS - 1) + [mpf(1)])
    c = (2 * BOUND - fixed) / area([mpf(0)] + raw + [mpf(0)])
    v = [mpf(1)] + [least + c * r for r in raw] + [mpf(1)]
    k = find(xs, x)
    y = -BOUND + sum(wide[j] * (v[j] + v[j + 1]) / 2 for j in range(k))
    a = (x - xs[k]) / wide[k]
    return y + wide[k] * (a * a / 2 * (v[k + 1] - v[k]) + a * v[k])


def cubic(phi, x):
    xs = knots(floored(phi[:BINS], mpf(1e-3)))
    h = [b - a for a, b in zip(xs, xs[1:])]
    least = [mpf(1) / 2] + [mpf(1e-3)] * (BINS - 2) + [mpf(1) / 2]
    raw = [(1 - m) * exp(mpf(r)) for m, r in zip(least, phi[BINS:])]
    c = (2 * BOUND - sum(a * m for a, m in zip(h, least))) / sum(a * r for a, r in zip(h, raw))
    s = [m + c * r for m, r in zip(least, raw)]
    ys = [-BOUND]
    for a, b in zip(h, s):
        ys.append(ys[-1] + a * b)
    d = [mpf(1)]
    for i in range(1, BINS):
        p = (s[i - 1] * h[i] + s[i] * h[i - 1]) / (h[i - 1] + h[i])
        d.append((mp.sign(s[i - 1]) + mp.sign(s[i])) * min(abs(s[i - 1]), abs(s[i]), abs(p) / 2))  # Steffen, (11)
    d.append(mpf(1))
    k = find(xs, x)
    z = x - xs[k]
    a = (d[k] + d[k + 1] - 2 * s[k]) / h[k] ** 2
    b = (3 * s[k] - 2 * d[k] - d[k + 1]) / h[k]
    return a * z**3 + b * z**2 + d[k] * z + ys[k]


def linear_rational(phi, x):
    xs = knots(floored(phi[:BINS], mpf(1e-3)))
    ys = knots(floored(phi[BINS : 2 * BINS], mpf(1e-3)))
    least = mpf(1e-3)
    soft = [log1p(exp(mpf(r))) for r in phi[2 * BINS : 3 * BINS - 1]]
    d = [mpf(1)] + [least + (1 - least) * s / log(2) for s in soft] + [mpf(1)]
    k = find(xs, x)
    lam = mpf(0.025) + (1 - 2 * mpf(0.025)) / (1 + exp(-mpf(phi[3 * BINS - 1 + k])))
    wa = mpf(1)
    wb = sqrt(d[k] / d[k + 1]) * wa
    wc = (lam * wa * d[k] + (1 - lam) * wb * d[k + 1]) * (xs[k + 1] - xs[k]) / (ys[k + 1] - ys[k])
    yc = ((1 - lam) * wa * ys[k] + lam * wb * ys[k + 1]) / ((1 - lam) * wa + lam * wb)
    f = (x - xs[k]) / (xs[k + 1] - xs[k])
    if f <= lam:
        return (wa * ys[k] * (lam - f) + wc * yc * f) / (wa * (lam - f) + wc * f)
    return (wc * yc * (1 - f) + wb * ys[k + 1] * (f - lam)) / (wc * (1 - f) + wb * (f - lam))


def table(name, f, parameters):
    rng = random.Random(name)
    rows = []
    for scale in (0.0, 0.7, 2.0, 5.0):
        phi = [to_float(rng.gauss(0, scale)) if scale else 0.0 for _ in range(parameters)]
        for x in (-2.999, -2.3125, -1.1, -0.375, 1e-3, 0.6180339, 1.75, 2.5, 2.99):
            at = to_float(x)
            y = f(phi, mpf(at))
            slope = diff(lambda t: f(phi, t), mpf(at), h=mpf(10) ** -20)
            rows.append([repr(at)] + [repr(p) for p in phi] + [mp.nstr(y, 20), mp.nstr(log(slope), 20)])
    with open(name + ".csv", "w") as out:
        out.write("# mpmath " + __import__("mpmath").__version__ + ", 50 digits, 2026-11-24, python3 splines.py\n")
        out.write("# x," + ",".join("phi%d" % k for k in range(parameters)) + ",y,logDerivative\n")
        for row in rows:
            out.write(",".join(row) + "\n")


table("linear-spline", linear, BINS)
table("quadratic-spline", quadratic, 2 * BINS - 1)
table("cubic-spline", cubic, 2 * BINS)
table("linear-rational-spline", linear_rational, 4 * BINS - 1)
