#!/usr/bin/env python3
"""Writes large.csv: log-densities and tails where shapes, rates and degrees of freedom are beyond 1e10.

Tails are integrals of densities by mpmath's quadrature, 60 digits, from the point outward in panels of one standard
deviation, to 60 of them; no asymptotic series. Counts go through their integrals: P(K > k) is that of a gamma variable
of shape k + 1 below the rate, or of a beta variable. The t distribution of 1e300 degrees is the normal to 1e-296.

Run: python3 large.py > large.csv
"""

import mpmath as mp
from mpmath import mpf, log, exp

mp.mp.dps = 60
print("# case; quantity; x; value. mpmath", mp.__version__, "60 digits; python3 large.py; 2026-11-30")


def line(case, quantity, x, value):
    print("; ".join([case, quantity, repr(x), mp.nstr(value, 25)]))


def tail(logp, x, spread, direction):
    """The integral of exp(logp) from x on, in one direction."""
    top = logp(x)
    ends = [x + direction * spread * k for k in range(60)]
    return abs(mp.quad(lambda t: exp(logp(t) - top), ends)) * exp(top)


def gamma_logp(a):
    norm = mp.loggamma(a)
    return lambda t: (a - 1) * log(t) - t - norm


def beta_logp(a, b):
    norm = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return lambda t: (a - 1) * log(t) + (b - 1) * mp.log1p(-t) - norm


def poisson(rate, ks):
    case = f"Poisson({rate:.0e})".replace("+", "")
    m = mpf(rate)
    for k in ks:
        line(case, "logProb", float(k), k * log(m) - m - mp.loggamma(mpf(k) + 1))
        p = gamma_logp(mpf(k) + 1)
        if k < rate:
            line(case, "cdf", float(k), tail(p, m, mp.sqrt(m), 1))
        if k >= rate:
            line(case, "survival", float(k), tail(p, m, mp.sqrt(m), -1))
    p = lambda k: tail(gamma_logp(mpf(k) + 1), m, mp.sqrt(m), 1)
    low, high = int(m - 12 * mp.sqrt(m)), int(m)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if p(middle) >= mpf(1e-20) else (middle, high)
    line(case, "quantile", 1e-20, mpf(high))


def beta(case, a, b, xs):
    a, b = mpf(a), mpf(b)
    n = a + b
    spread = mp.sqrt(a * b / n**3)
    p = beta_logp(a, b)
    for x in xs:
        y = mpf(x)
        line(case, "logProb", x, p(y))
        if y < a / n:
            line(case, "cdf", x, tail(p, y, spread, -1))
        else:
            line(case, "survival", x, tail(p, y, spread, 1))


def fisher(case, d1, d2, xs):
    a, b = mpf(d1) / 2, mpf(d2) / 2
    norm = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    p = lambda x: a * log(a / b) + (a - 1) * log(x) - (a + b) * mp.log1p(a * x / b) - norm
    spread = mp.sqrt(1 / a + 1 / b)
    for x in xs:
        line(case, "logProb", x, p(mpf(x)))
        line(case, "cdf" if x < 1 else "survival", x, tail(p, mpf(x), spread, -1 if x < 1 else 1))


def negative_binomial(case, r, q, ks):
    """P(K <= k) is that of a beta variable of shapes r, k + 1 below p."""
    r, q = mpf(r), mpf(q)
    p = 1 - q
    for k in ks:
        n = r + k
        value = mp.loggamma(n) - mp.loggamma(mpf(k) + 1) - mp.loggamma(r) + r * mp.log1p(-q) + k * log(q)
        line(case, "logProb", float(k), value)
        b = mpf(k) + 1
        spread = mp.sqrt(r * b / (r + b) ** 3)
        d = beta_logp(r, b)
        if k < r * q / p:
            line(case, "cdf", float(k), tail(d, p, spread, -1))
        else:
            line(case, "survival", float(k), tail(d, p, spread, 1))


def tiny_negative_binomial(case, r, p, ks):
    """The density in 700 digits, which hold a size of 1e-300 beside a count of 1e300."""
    with mp.workdps(700):
        r, p = mpf(r), mpf(p)
        q = 1 - p
        for k in ks:
            n = r + mpf(k)
            value = mp.loggamma(n) - mp.loggamma(mpf(k) + 1) - mp.loggamma(r) + r * log(p) + mpf(k) * log(q)
            line(case, "logProb", k, value)


def tiny_tails(case, r, p, ks):
    """The survival function as a difference of 700 digits."""
    tiny_negative_binomial(case, r, p, [0.0])
    with mp.workdps(700):
        for k in ks:
            cdf = mp.betainc(mpf(r), mpf(k) + 1, 0, mpf(p), regularized=True)
            line(case, "survival", k, 1 - cdf)
            line(case, "cdf", k, cdf)


def student(case, xs):
    for x in xs:
        line(case, "logProb", x, -mpf(x) ** 2 / 2 - log(2 * mp.pi) / 2)
        line(case, "cdf", x, mp.ncdf(mpf(x)))


poisson(1e12, [999962953132, 999990737673, 999995000000, 1000000000000, 1000001000000, 1000037047325])
poisson(1e15, [999998828468179, 999999968377223, 1000000000000000, 1000000300000000])
dyadic = lambda center, spread, ts: [float(center + t * spread) for t in ts]
ts = [-37, -8, -3, -1, -0.25, -0.005, 0.005, 0.5, 2, 5, 30]
beta("Beta(1e10, 1e10)", 1e10, 1e10, dyadic(0.5, 0.5 / 2e10**0.5, ts))
beta("Beta(1e14, 1e14)", 1e14, 1e14, dyadic(0.5, 0.5 / 2e14**0.5, ts))
beta("Beta(1e11, 3e13)", 1e11, 3e13, dyadic(1e11 / 3.01e13, 1e11**0.5 / 3e13, ts))
beta("Beta(9e9, 4e15)", 9e9, 4e15, dyadic(9e9 / 4e15, 9e9**0.5 / 4e15, ts))
fisher("FisherSnedecor(1e14, 1e14)", 1e14, 1e14, dyadic(1, 2e-7, ts))
fisher("FisherSnedecor(4e15, 3e11)", 4e15, 3e11, dyadic(1, (2 / 3e11) ** 0.5, ts))
negative_binomial("NegativeBinomial(1e13, 0.5)", 1e13, 0.5, [9999958577987, 9999995527864, 10000000000000, 10000020000000])
tiny_negative_binomial("NegativeBinomial(1e-20, 1e-310)", 1e-20, 1e-310, [0.0, 1.0, 1e100, 1e300])
tiny_negative_binomial("NegativeBinomial(1e-300, 0.5)", 1e-300, 0.5, [0.0, 3.0, 1e100, 1e200])
tiny_tails("NegativeBinomial(1e-20, 1e-200)", 1e-20, 1e-200, [0.0, 3e3, 1e6])
tiny_tails("NegativeBinomial(1e-8, 1e-15)", 1e-8, 1e-15, [1.0, 3e3, 1e6, 1e9])
tiny_tails("NegativeBinomial(1e-3, 1e-6)", 1e-3, 1e-6, [1.0, 2e3, 1e5])
student("StudentT(1e300, 0, 1)", [-30.0, -3.0, -1.0, -0.3, -1e-3, 0.3])
