#!/usr/bin/env python3
"""Writes counts.csv: KL(p || q) of negative binomials (size, probability), by mpmath, 40 digits.

The first 4000 terms are summed, the rest by Euler and Maclaurin's formula from there on, up to the fifth derivative;
for 7e-3 the plain sum is compared. Run: python3 counts.py > counts.csv
"""

import mpmath as mp

mp.mp.dps = 40
FIRST = 4000

print("# family; parameters of p; of q; KL(p || q). mpmath", mp.__version__, "40 digits; python3 counts.py; 2026-11-30")


def log_prob(k, r, p):
    return mp.loggamma(k + r) - mp.loggamma(k + 1) - mp.loggamma(r) + r * mp.log(p) + k * mp.log1p(-p)


def divergence(p, q):
    def f(k):
        log_p, log_q = log_prob(k, *p), log_prob(k, *q)
        return mp.exp(log_p) * (log_p - log_q)

    r, prob = p
    mean, deviation = r * (1 - prob) / prob, mp.sqrt(r * (1 - prob)) / prob
    edges = {mp.mpf(FIRST)}
    for d in (p, q):
        m, s = d[0] * (1 - d[1]) / d[1], mp.sqrt(d[0] * (1 - d[1])) / d[1]
        edges |= {m + k * s for k in range(-40, 41, 2)}
    edges |= {mp.mpf(FIRST) * 2**k for k in range(1, 60)}
    last = mean + 40 * deviation + 110 / prob
    edges = sorted(x for x in edges if FIRST <= x <= last) + [last]
    first = mp.fsum(f(mp.mpf(k)) for k in range(FIRST))
    rest = mp.fsum(mp.quad(f, [a, b]) for a, b in zip(edges, edges[1:]))
    x = mp.mpf(FIRST)
    series = mp.taylor(f, x, 5, method="quad", radius=50)
    rest += series[0] / 2 - series[1] / 12 + series[3] * 6 / 720 - series[5] * 120 / 30240
    return first + rest, f


def write(p, q):
    value, _ = divergence(tuple(map(mp.mpf, p)), tuple(map(mp.mpf, q)))
    print("; ".join(["negativeBinomial", " ".join(map(repr, p)), " ".join(map(repr, q)), mp.nstr(value, 25)]))


check, terms = divergence((mp.mpf("2.5"), mp.mpf("7e-3")), (mp.mpf("1.2"), mp.mpf("2e-2")))
plain = mp.fsum(terms(mp.mpf(k)) for k in range(16000))
assert abs(check / plain - 1) < mp.mpf("1e-20"), (check, plain)

write((2.5, 1e-4), (1.2, 2e-4))
write((0.02, 1e-4), (3.0, 1e-4))
write((2.5, 1e-6), (1.2, 2e-6))
write((2.5, 1e-6), (2.5000001, 1e-6))
write((50.0, 1e-7), (1.0, 1e-8))
write((0.3, 1e-12), (7.0, 1e-11))
write((1e6, 1e-4), (1.1e6, 1e-4))
write((1.0, 1e-9), (2.0, 2e-9))
write((1e6, 1e-10), (1.1e6, 1e-10))
