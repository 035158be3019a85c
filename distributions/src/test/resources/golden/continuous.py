#!/usr/bin/env python3
"""Writes continuous.csv: densities, distribution functions and entropies by mpmath, 40 digits.

Every value comes from the definition of the density, a quadrature of it, or mpmath's own special functions; none from
Fluvial. Run: python3 continuous.py > continuous.csv
"""

import mpmath as mp

mp.mp.dps = 40


def show(x):
    return "inf" if x == mp.inf else "-inf" if x == -mp.inf else mp.nstr(x, 25)


def line(case, quantity, argument, value):
    print(f"{case}; {quantity}; {argument}; {show(value)}")


def normal(mean, scale, points):
    case = f"Normal({mean}, {scale})"
    m, s = mp.mpf(mean), mp.mpf(scale)
    for text in points:
        x = mp.mpf(text)
        line(case, "logProb", text, -((x - m) / s) ** 2 / 2 - mp.log(s * mp.sqrt(2 * mp.pi)))
        line(case, "cdf", text, mp.erfc((m - x) / s / mp.sqrt(2)) / 2)
        line(case, "survival", text, mp.erfc((x - m) / s / mp.sqrt(2)) / 2)
    line(case, "entropy", "", mp.log(2 * mp.pi * mp.e * s * s) / 2)


print("# mpmath", mp.__version__, "40 digits; python3 continuous.py; 2026-11-24")
normal("0", "1", ["0", "0.5", "-1.5", "8", "-37", "40"])
normal("0.5", "2", ["0.5", "-3.25", "17", "-60"])
