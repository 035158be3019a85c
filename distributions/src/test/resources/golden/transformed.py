#!/usr/bin/env python3
"""Writes transformed.csv: truncated, transformed and folded distributions by mpmath, 40 digits.

Densities come from their definition with normalisation by mp.quad, distribution functions, moments and entropies from
quadratures of those densities; wrapped and folded ones are sums over all branches that matter at 40 digits.
Run: python3 transformed.py > transformed.csv
"""

import mpmath as mp

mp.mp.dps = 40


def show(x):
    return mp.nstr(mp.mpf(x), 25)


def line(case, quantity, argument, value):
    print(f"{case}; {quantity}; {argument}; {show(value)}")


def distribution(case, logp, pieces, points, moments=True, shift=0):
    """logp: any log-density, not normalised; pieces: ends of intervals that together are the support."""
    top = max(logp((a + b) / 2) for a, b in zip(pieces, pieces[1:]))
    p = lambda x: mp.exp(logp(x) - top)
    quad = lambda f, ends: mp.quad(f, ends, maxdegree=10)
    total = quad(p, pieces)
    for text in points:
        x = mp.mpf(float(text))
        line(case, "logProb", text, logp(x) - top - mp.log(total))
        below = [e for e in pieces if e < x] + [x]
        above = [x] + [e for e in pieces if e > x]
        here = logp(x)  # mp.quad stops at an absolute error
        q = lambda t: mp.exp(logp(t) - here)
        line(case, "cdf", text, quad(q, below) * mp.exp(here - top) / total)
        line(case, "survival", text, quad(q, above) * mp.exp(here - top) / total)
    if moments:
        mean = quad(lambda x: (x - pieces[0]) * p(x), pieces) / total
        if abs(mean + pieces[0]) > mp.mpf(10) ** -30:  # a mean of 0 is no test of relative accuracy
            line(case, "mean", "", mean + pieces[0])
        line(case, "variance", "", quad(lambda x: (x - pieces[0] - mean) ** 2 * p(x), pieces) / total)
        line(case, "entropy", "", -quad(lambda x: (logp(x) - top - mp.log(total)) * p(x), pieces) / total)


def grid(a, b, n):
    return [a + (b - a) * mp.mpf(k) / n for k in range(n + 1)]


def normal(m, s):
    return lambda x: -(((x - mp.mpf(m)) / mp.mpf(s)) ** 2) / 2 - mp.log(mp.mpf(s) * mp.sqrt(2 * mp.pi))


print("# mpmath", mp.__version__, "40 digits; python3 transformed.py; 2026-11-24")
std = normal(0, 1)
for family in ["TruncatedNormal", "Truncated"]:
    distribution(f"{family}(-1, 2)", std, grid(mp.mpf(-1), mp.mpf(2), 6), ["-0.9", "0", "1.5"])
    distribution(f"{family}(30, 31)", std, grid(mp.mpf(30), mp.mpf(31), 20), ["30", "30.001", "30.5", "30.99"])
    distribution(f"{family}(5, 5.0009765625)", std, [mp.mpf(5), mp.mpf(5) + mp.mpf(2) ** -10], ["5", "5.0001", "5.0009"])
    distribution(f"{family}(-inf, -50)", std, grid(mp.mpf(-53), mp.mpf(-50), 12), ["-50.001", "-50.5"])
    distribution(f"{family}(-0.001, 0.002)", std, [mp.mpf(-0.001), mp.mpf(0.002)], ["-0.0005", "0.001"])
distribution("TruncatedNormal(10000, inf)", std, grid(mp.mpf(10000), mp.mpf("10000.012"), 12), ["10000", "10000.0001"])
distribution("Truncated(Cauchy, 1, 20)", lambda x: -mp.log1p(x * x), grid(mp.mpf(1), mp.mpf(20), 20), ["1.001", "3", "19.5"])
for m, s in [("0.3", "0.5"), ("-3", "2")]:
    m, s = mp.mpf(float(m)), mp.mpf(float(s))
    case = f"LogNormal({mp.nstr(m, 5)}, {mp.nstr(s, 5)})"
    for text in ["1e-300", "0.001", "0.7", "20", "1e200"]:
        x = mp.mpf(float(text))
        z = (mp.log(x) - m) / s
        line(case, "logProb", text, normal(0, 1)(z) - mp.log(s) - mp.log(x))
        line(case, "cdf", text, mp.erfc(-z / mp.sqrt(2)) / 2)
        line(case, "survival", text, mp.erfc(z / mp.sqrt(2)) / 2)
    t = grid(m - 15 * s, m + 19 * s, 40)
    e = lambda f: mp.quad(lambda u: f(u) * mp.exp(normal(m, s)(u)), t)
    mean = e(mp.exp)
    if abs(mean) > mp.mpf(10) ** -30:
        line(case, "mean", "", mean)
    line(case, "variance", "", e(lambda u: (mp.exp(u) - mean) ** 2))
    line(case, "entropy", "", e(lambda u: u - normal(m, s)(u)))

# through other maps: integrals over the base
maps = {
    "LogitNormal(0.5, 1)": (mp.mpf("0.5"), 1, lambda x: 1 / (1 + mp.exp(-x)), lambda y: mp.log(y / (1 - y)),
                            lambda x: -mp.log1p(mp.exp(x)) - mp.log1p(mp.exp(-x)), ["1e-20", "0.1", "0.5", "0.9"]),
    "LogitNormal(-0.2, 1.6)": (mp.mpf(-0.2), mp.mpf(1.6), lambda x: 1 / (1 + mp.exp(-x)), lambda y: mp.log(y / (1 - y)),
                               lambda x: -mp.log1p(mp.exp(x)) - mp.log1p(mp.exp(-x)), ["1e-9", "0.1", "0.5", "0.9"]),
    "Exp of Normal(0.3, 0.5)": (mp.mpf(0.3), mp.mpf("0.5"), mp.exp, mp.log, lambda x: x, ["0.01", "1.5", "90"]),
    "SinhArcsinh(0.5, 1.3)": (mp.mpf(0), mp.mpf(1), lambda x: 2 / mp.sinh(mp.asinh(2) * mp.mpf(1.3)) * mp.sinh((mp.asinh(x) + mp.mpf("0.5")) * mp.mpf(1.3)),
                              lambda y: mp.sinh(mp.asinh(y * mp.sinh(mp.asinh(2) * mp.mpf(1.3)) / 2) / mp.mpf(1.3) - mp.mpf("0.5")), None, ["-9", "0.2", "30"]),
    "LambertWTail(0.1)": (mp.mpf(0), mp.mpf(1), lambda x: x * mp.exp(mp.mpf(0.1) * x * x / 2),
                          lambda y: mp.sign(y) * mp.sqrt(mp.lambertw(mp.mpf(0.1) * y * y).real / mp.mpf(0.1)),
                          lambda x: mp.mpf(0.1) * x * x / 2 + mp.log1p(mp.mpf(0.1) * x * x), ["-50", "0.2", "1e6"]),
    "2 - 3 Normal(0.5, 2)": (mp.mpf("0.5"), mp.mpf(2), lambda x: 2 - 3 * x, lambda y: (2 - y) / 3, lambda x: mp.log(3), ["-60", "0.25"]),
}
for case, (m, s, f, inv, ell, points) in maps.items():
    if ell is None:
        ell = lambda x: mp.log(mp.diff(f, x))
    for text in points:
        y = mp.mpf(float(text))
        x = inv(y)
        line(case, "logProb", text, normal(m, s)(x) - ell(x))
        z = (x - m) / s * (-1 if case.startswith("2 - 3") else 1)
        line(case, "cdf", text, mp.erfc(-z / mp.sqrt(2)) / 2)
        line(case, "survival", text, mp.erfc(z / mp.sqrt(2)) / 2)
    t = grid(m - 17 * s, m + 17 * s, 40)
    e = lambda g: mp.quad(lambda u: g(u) * mp.exp(normal(m, s)(u)), t)
    mean = e(f)
    if abs(mean) > mp.mpf(10) ** -30:
        line(case, "mean", "", mean)
    line(case, "variance", "", e(lambda u: (f(u) - mean) ** 2))
    line(case, "entropy", "", e(lambda u: ell(u) - normal(m, s)(u)))

# folded maps: all branches
branches = {
    "Abs of Normal(0.5, 1)": (mp.mpf("0.5"), mp.mpf(1), lambda y: [y, -y], [mp.mpf(0), 1, 2, 4, 8, 14], ["0", "1e-9", "0.7", "9"]),
    "Wrap of Normal(0.5, 2)": (mp.mpf("0.5"), mp.mpf(2), lambda y: [y + 2 * mp.pi * k for k in range(-8, 9)],
                               grid(-mp.pi, mp.pi, 8), ["-3", "0.5", "3.1"]),
    "Wrap of Normal(0, 0.1)": (mp.mpf(0), mp.mpf(0.1), lambda y: [y + 2 * mp.pi * k for k in range(-4, 5)],
                               [-mp.pi, -1, mp.mpf(-0.1), mp.mpf(0.1), 1, mp.pi], ["-3", "0.05", "3.141"]),
    "Fold of Normal(0.5, 1)": (mp.mpf("0.5"), mp.mpf(1), lambda y: [s * (y + 1) - 1 + 6 * k for k in range(-5, 6) for s in (1, -1)],
                               grid(mp.mpf(-1), mp.mpf(2), 6), ["-1", "0.5", "1.75"]),
}
for case, (m, s, pre, pieces, points) in branches.items():
    logp = lambda y: mp.log(mp.fsum(mp.exp(normal(m, s)(x)) for x in pre(y)))
    distribution(case, logp, pieces, points)
