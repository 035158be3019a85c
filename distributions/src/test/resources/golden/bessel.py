#!/usr/bin/env python3
"""Writes bessel.csv: log(x^-v e^-x I_v(x)), I_(v+1)(x)/I_v(x) and 1 less that, by mpmath, 60 digits.

Run: python3 bessel.py > bessel.csv
"""

import mpmath as mp

mp.mp.dps = 60

print("# order; x; log reduced; ratio; complement. mpmath", mp.__version__, "60 digits; python3 bessel.py; 2026-11-24")
for order in ("0", "0.5", "1", "3", "5.5", "19", "39.5", "63", "499.5", "4999"):
    for text in ("0", "1e-300", "1e-8", "1e-3", "0.5", "3", "20", "39", "39.99", "40.5", "60", "1000", "1e6"):
        v, x = mp.mpf(order), mp.mpf(float(text))
        if x == 0:
            reduced, ratio = -v * mp.log(2) - mp.loggamma(v + 1), mp.mpf(0)
        else:
            reduced = -v * mp.log(x) - x + mp.log(mp.besseli(v, x))
            ratio = mp.besseli(v + 1, x) / mp.besseli(v, x)
        print("; ".join([order, text] + [mp.nstr(value, 25) for value in (reduced, ratio, 1 - ratio)]))
