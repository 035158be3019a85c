#!/usr/bin/env python3
"""Writes divergences.csv: KL(p || q) in nats within one family, by mpmath from the textbook forms.

The working precision is 700 digits, which leaves 50 and more where the forms cancel. Run: python3 divergences.py >
divergences.csv
"""

import math

import mpmath as mp

mp.mp.dps = 700

print("# family; parameters of p; of q; KL(p || q). mpmath", mp.__version__, "700 digits; python3 divergences.py; 2026-11-30")


def bregman(a, b):
    return mp.loggamma(b) - mp.loggamma(a) - (b - a) * mp.digamma(a)


def gamma(p, q):
    (a, s), (b, t) = p, q
    return a * (t / s - 1) - b * mp.log(t / s) + bregman(a, b)


def dirichlet(p, q):
    return sum(bregman(a, b) for a, b in zip(p, q)) - bregman(sum(p), sum(q))


def lkj(p, q):
    n = int(p[0])
    total = mp.mpf(0)
    for d in range(1, n):
        more = mp.mpf(n - 1 - d) / 2
        total += dirichlet([p[1] + more, mp.mpf(d) / 2], [q[1] + more, mp.mpf(d) / 2])
    return total


def wishart(p, q):
    """Degrees of freedom and a diagonal scale matrix."""
    n = len(p) - 1
    nu_p, nu_q = p[0], q[0]
    total = mp.mpf(0)
    for j in range(n):
        ratio = p[1 + j] / q[1 + j]
        total += nu_p / 2 * (ratio - 1) - nu_q / 2 * mp.log(ratio) + bregman((nu_p - j) / 2, (nu_q - j) / 2)
    return total


def gumbel(p, q):
    (m, a), (n, b) = p, q
    r, z = a / b, (m - n) / b
    return -mp.log(r) + mp.euler * (r - 1) + z + mp.gamma(1 + r) * mp.exp(-z) - 1


def weibull(p, q):
    """(scale, shape)."""
    (s, k), (t, l) = p, q
    r = l / k
    power = l * mp.log(s / t)
    return -mp.log(r) + mp.euler * (r - 1) - power + mp.gamma(1 + r) * mp.exp(power) - 1


def normal(p, q):
    (m, s), (n, t) = p, q
    return mp.log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - mp.mpf(1) / 2


def laplace(p, q):
    (m, s), (n, t) = p, q
    apart = abs(m - n)
    return mp.log(t / s) + (s * mp.exp(-apart / s) + apart) / t - 1


def cauchy(p, q):
    (m, s), (n, t) = p, q
    return mp.log(((s + t) ** 2 + (m - n) ** 2) / (4 * s * t))


def exponential(p, q):
    return mp.log(p[0] / q[0]) + q[0] / p[0] - 1


def pareto(p, q):
    """(scale, alpha)."""
    (s, a), (t, b) = p, q
    return mp.log(a / b) + b / a - 1 + b * mp.log(s / t)


def up(x, steps=1):
    for _ in range(steps):
        x = math.nextafter(x, math.inf)
    return x


def write(family, f, p, q):
    value = f([mp.mpf(x) for x in p], [mp.mpf(x) for x in q])
    print("; ".join([family, " ".join(map(repr, p)), " ".join(map(repr, q)), mp.nstr(value, 25)]))


numbers = [1e-8, 1e-3, 0.3, 1.0, 2.5, 19.9, 40.0, 1e4, 1e8]
for a in numbers:
    for b in (up(a), a * (1 - 1e-9), a * 1.01, a * 1.9, a / 5):
        write("gamma", gamma, (a, 1.3), (b, 1.3))
        write("gamma", gamma, (a, 1.3), (b, 1.3 * b / a))
        write("chiSquared", lambda p, q: gamma((p[0] / 2, 1), (q[0] / 2, 1)), (a,), (b,))
for a in numbers:
    for b in numbers:
        if a != b:
            write("gamma", gamma, (a, 1.3), (b, 1.3))
write("gamma", gamma, (1e8, 1e-200), (up(1e8), 1e-200))
write("gamma", gamma, (2.0, 1e-200), (3.0, 1e100))
write("gamma", gamma, (2.0, 1e200), (3.0, 1e-100))
write("gamma", gamma, (1e-100, 1e-200), (1e-100, 1e200))
write("gamma", gamma, (1e-100, 1e-200), (3.0, 1e200))
write("gamma", gamma, (1e-100, 1e200), (1e-100, 1e-200))
write("inverseGamma", gamma, (1e8, 3.0), (1e8 * (1 + 1e-9), 3.0 * (1 + 1e-9)))
write("inverseGamma", gamma, (3.0, 2.0), (2.5, 1.5))

for a in (1e-8, 0.01, 1.0, 7.0, 1e4, 1e8):
    for c in (1e-8, 0.01, 1.0, 1e8):
        for b in (up(a), a * (1 + 1e-9), a * 3.5):
            for d in (c, up(c), c * (1 - 1e-9), c / 4, c * (b / a)):
                write("beta", dirichlet, (a, c), (b, d))
for p in ((1e-8, 1e8), (1e8, 1e-8), (1.0, 1.0), (1e8, 1e8), (1e-8, 1e-8)):
    for q in ((1e-8, 1e8), (1e8, 1e-8), (1.0, 1.0), (1e8, 1e8), (1e-8, 1e-8)):
        if p != q:
            write("beta", dirichlet, p, q)
write("beta", dirichlet, (1e-300, 1e300), (1.1e-300, 1e300))
write("beta", dirichlet, (1e-300, 1e300), (1e-300, 1.1e300))
write("beta", dirichlet, (1e60, 2e60), (1e-60, 3e-60))
write("beta", dirichlet, (1e-60, 3e-60), (1e60, 2e60))

for p, q in (
    ((2.0, 1.0, 3.5), (1.0, 1.5, 3.0)),
    ((1e8, 2e8, 3e8), (up(1e8), 2e8, 3e8)),
    ((1e8, 2e8, 3e8), (1e8 * (1 + 1e-9), 2e8 * (1 + 1e-9), 3e8 * (1 + 1e-9))),
    ((1e8, 1e-8, 1.0), (2e8, 1e-8, 1.0)),
    ((1e8, 1e-8, 1.0), (1e8, 1e-8, up(1.0))),
    ((0.1, 0.1, 0.1, 0.1), (0.1, 0.1, 0.1, 0.2)),
    ((1e-3, 1e3, 1.0, 7.0), (7.0, 1e-3, 1e3, 1.0)),
    ((1e-8, 1e-8, 1e-8), (up(1e-8), 1e-8, 1e-8)),
):
    write("dirichlet", dirichlet, p, q)

for n in (2, 4, 9):
    for a in (1e-8, 0.5, 1.0, 30.0, 1e8):
        for b in (up(a), a * (1 + 1e-9), a * 1.5, a / 20):
            write("lkj", lkj, (float(n), a), (float(n), b))

for p, q in (
    ((3.5, 1.0, 2.0, 3.0), (4.5, 2.0, 2.0, 1.0)),
    ((1e8, 1.0, 2.0, 3.0), (up(1e8), 1.0, 2.0, 3.0)),
    ((1e8, 1.0, 2.0, 3.0), (1e8 * (1 + 1e-9), 1.0, 2.0, 3.0)),
    ((2.0 + 1e-8, 1.0, 2.0, 3.0), (2.0 + 2e-8, 1.0, 2.0, 3.0)),
    ((2.5, 1.0, 2.0, 3.0), (1e8, 1.0, 2.0, 3.0)),
    ((1e8, 1.0, 2.0, 3.0), (2.5, 1.0, 2.0, 3.0)),
):
    write("wishart", wishart, p, q)

for p, q in (
    ((0.3, 1.0), (0.0, 1.4)),
    ((0.0, 1.0), (1e-9, 1.0)),
    ((0.0, 1.0), (0.0, up(1.0))),
    ((0.0, 1.0), (0.0, 1 - 1e-9)),
    ((0.0, 1e-200), (0.0, 1.0)),
    ((3.0, 1e-200), (0.0, 1e-3)),
    ((0.0, 1.0), (700.0, 1.0)),
    ((-1e6, 1.0), (1e6, 1e4)),
):
    write("gumbel", gumbel, p, q)
    write("normal", normal, p, q)
    write("laplace", laplace, p, q)
    write("cauchy", cauchy, p, q)
for p, q in (
    ((2.0, 1.5), (1.7, 1.1)),
    ((2.0, 1.5), (2.0 * (1 + 1e-12), 1.5)),
    ((2.0, 1.5), (2.0, 1.5 * (1 + 1e-12))),
    ((1e-200, 1e8), (1e-200, 1e-8)),
    ((1e-200, 1e-3), (1e200, 1e-3)),
):
    write("weibull", weibull, p, q)
for r in (1e-200, 1e-9, 1 - 1e-9, up(1.0), 2.0, 1e9, 1e100, 1e150):
    write("normal", normal, (0.0, 3.0), (0.0, 3.0 * r))
    write("halfNormal", lambda p, q: normal((0, p[0]), (0, q[0])), (3.0,), (3.0 * r,))
    write("laplace", laplace, (1.0, 3.0), (2.0, 3.0 * r))
    write("cauchy", cauchy, (0.0, 3.0), (0.0, 3.0 * r))
    write("halfCauchy", lambda p, q: cauchy((0, p[0]), (0, q[0])), (3.0 * r,), (3.0,))
    write("exponential", exponential, (3.0,), (3.0 * r,))
    write("pareto", pareto, (2.0 * (1 + 1e-12), 3.0), (2.0, 3.0 * r))
write("cauchy", cauchy, (0.0, 1e-200), (0.0, 1e200))
write("cauchy", cauchy, (1e200, 1e-200), (0.0, 1e-200))
write("normal", normal, (0.0, 1e-200), (0.0, 1e200))
write("laplace", laplace, (1e150, 1e-200), (0.0, 1e200))
write("exponential", exponential, (1e200,), (1e-200,))
