#!/usr/bin/env python3
"""Writes poles.csv: entropies of densities that are infinite or zero at an end, by mpmath, 50 digits.

Near an end the integrals run over the power of the distance in which the density is smooth. Run: python3 poles.py >
poles.csv
"""

import mpmath as mp

mp.mp.dps = 50

print("# case; quantity; arguments; value. mpmath", mp.__version__, "50 digits; python3 poles.py; 2026-11-24")


def integral(f, low, high, lower_power, upper_power):
    """Of f(x, distance to low, distance to high), through the middle; powers of the distances by which f goes."""
    middle = low + min((high - low) / 2, 1)

    def near(v):
        u = (middle - low) * v ** (1 / lower_power)
        return f(low + u, u, high - low - u) * u / (lower_power * v) if u else 0

    total = mp.quad(near, [0, mp.mpf("0.5"), 1])
    if high == mp.inf:
        return total + mp.quad(lambda x: f(x, x - low, mp.inf), [middle, 2, 4, 8, 16, 64, 256])

    def far(v):
        u = (high - middle) * v ** (1 / upper_power)
        return f(high - u, high - low - u, u) * u / (upper_power * v) if u else 0

    return total + mp.quad(far, [0, mp.mpf("0.5"), 1])


def surprise(p):
    return -p * mp.log(p) if p else mp.mpf(0)


def entropy(name, density, low, high, lower_power, upper_power, at):
    low, high = mp.mpf(low), mp.mpf(high)
    mass = integral(density, low, high, mp.mpf(lower_power), mp.mpf(upper_power))
    value = integral(lambda x, u, v: surprise(density(x, u, v) / mass), low, high, mp.mpf(lower_power), mp.mpf(upper_power))
    x = mp.mpf(at)
    print("; ".join([name, "logProb", at, mp.nstr(mp.log(density(x, x - low, high - x) / mass), 25)]))
    print("; ".join([name, "entropy", "", mp.nstr(value, 25)]))


def gamma(a):
    a = mp.mpf(a)
    return lambda x: x ** (a - 1) * mp.exp(-x) / mp.gamma(a)


def beta(a, b):
    a, b = mp.mpf(a), mp.mpf(b)
    return lambda x, y: x ** (a - 1) * y ** (b - 1) / mp.beta(a, b)


half = gamma("0.5")
steep = gamma("0.0625")
arcsine = beta("0.5", "0.5")
hump = beta(2, 3)
uneven = beta("0.5", "0.0625")
entropy("Truncated(Gamma(1/2), 0, 1)", lambda x, u, v: half(u), 0, 1, "0.5", 1, "0.25")
entropy("Truncated(Gamma(1/16), 0, 3)", lambda x, u, v: steep(u), 0, 3, "0.0625", 1, "0.25")
entropy("Truncated(Beta(1/2, 1/2), 0, 1)", lambda x, u, v: arcsine(u, v), 0, 1, "0.5", "0.5", "0.25")
entropy("Truncated(Beta(1/2, 1/2), 0.25, 1)", lambda x, u, v: arcsine(x, v), "0.25", 1, 1, "0.5", "0.5")
entropy("Truncated(Beta(1/2, 1/16), 0, 1)", lambda x, u, v: uneven(u, v), 0, 1, "0.5", "0.0625", "0.5")
entropy("Truncated(Beta(2, 3), 0, 1)", lambda x, u, v: hump(u, v), 0, 1, 2, 3, "0.5")
entropy("Beta(1/2, 1/2) + Beta(2, 3)", lambda x, u, v: (arcsine(u, v) + hump(u, v)) / 2, 0, 1, "0.5", "0.5", "0.25")
entropy(
    "Gamma(1/2) + Exponential", lambda x, u, v: (half(u) + 6 * mp.exp(-2 * u)) / 4, 0, mp.inf, "0.5", 1, "0.25"
)
for a, b in ((2, "0.5"), ("0.5", 2), ("0.0625", "0.5"), ("0.5", "0.0625")):
    # log-odds of a beta variable: the density is x (1 - x) times its own, the logarithms' means are digammas
    name = "log-odds of Beta(%s, %s)" % (a, b)
    a, b = mp.mpf(a), mp.mpf(b)
    x = 1 / (1 + mp.exp(-mp.mpf("0.25")))
    both = mp.digamma(a + b)
    value = mp.log(mp.beta(a, b)) - a * (mp.digamma(a) - both) - b * (mp.digamma(b) - both)
    print("; ".join([name, "logProb", "0.25", mp.nstr(a * mp.log(x) + b * mp.log(1 - x) - mp.log(mp.beta(a, b)), 25)]))
    print("; ".join([name, "entropy", "", mp.nstr(value, 25)]))
