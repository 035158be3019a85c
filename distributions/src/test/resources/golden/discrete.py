#!/usr/bin/env python3
"""Writes discrete.csv: probabilities, distribution functions and entropies of counts by mpmath, 60 digits.

Log-probabilities are products and log-gammas in 60 digits; distribution functions, entropies and moments are sums of
them over every count that carries more than 1e-110. None comes from Fluvial. Parameters are the doubles that Java reads.
Run: python3 discrete.py > discrete.csv (half a minute)
"""

import mpmath as mp

mp.mp.dps = 60
LEAST = mp.mpf("1e-110")


def number(text):
    return mp.mpf(float(text))  # the double


def show(x):
    return "inf" if x == mp.inf else "-inf" if x == -mp.inf else mp.nstr(x, 25)


def line(case, quantity, argument, value):
    print(f"{case}; {quantity}; {argument}; {show(value)}")


def table(case, mass, ratio, centre, lower, upper, points, summed=True):
    """mass(k), ratio(k) = mass(k + 1)/mass(k): a table of all probabilities around `centre`, by exact recurrence."""
    for k in points:
        line(case, "logProb", k, mp.log(mass(k)) if mass(k) > 0 else -mp.inf)
    if not summed:
        return
    p = {centre: mass(centre)}
    k, value = centre, p[centre]
    while k < upper and (value > LEAST or k - centre < 4):
        value *= ratio(k)
        k += 1
        p[k] = value
    highest = k
    k, value = centre, p[centre]
    while k > lower and (value > LEAST or centre - k < 4):
        k -= 1
        value /= ratio(k)
        p[k] = value
    lowest = k
    total = mp.fsum(p.values())
    assert abs(total - 1) < mp.mpf("1e-38"), (case, total)
    for k in points:
        if lowest <= k <= highest:
            line(case, "cdf", k, mp.fsum(p[j] for j in range(lowest, k + 1)))
            line(case, "survival", k, mp.fsum(p[j] for j in range(k + 1, highest + 1)))
    line(case, "entropy", "", -mp.fsum(v * mp.log(v) for v in p.values() if v > 0))
    mean = mp.fsum(k * v for k, v in p.items())
    line(case, "mean", "", mean)
    line(case, "variance", "", mp.fsum((k - mean) ** 2 * v for k, v in p.items()))


def bernoulli(text):
    p = number(text)
    table(f"Bernoulli({text})", lambda k: p if k else 1 - p, lambda k: p / (1 - p), 0, 0, 1, [0, 1])


def bernoulli_logit(text):
    logit = number(text)
    p, q = 1 / (1 + mp.exp(-logit)), 1 / (1 + mp.exp(logit))
    table(f"Bernoulli.ofLogit({text})", lambda k: p if k else q, lambda k: p / q, 0, 0, 1, [0, 1])


def binomial(n, text, points):
    p = number(text)
    table(f"Binomial({n}, {text})",
          lambda k: mp.exp(mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
                           + k * mp.log(p) + (n - k) * mp.log(1 - p)),
          lambda k: mp.mpf(n - k) / (k + 1) * p / (1 - p), int(n * p), 0, n, points)


def poisson(text, points):
    rate = number(text)
    table(f"Poisson({text})", lambda k: mp.exp(k * mp.log(rate) - rate - mp.loggamma(k + 1)),
          lambda k: rate / (k + 1), int(rate), 0, mp.inf, points)


def negative_binomial(size, text, points):
    r, p = number(size), number(text)
    q = 1 - p
    table(f"NegativeBinomial({size}, {text})",
          lambda k: mp.exp(mp.loggamma(k + r) - mp.loggamma(k + 1) - mp.loggamma(r) + r * mp.log(p) + k * mp.log(q)),
          lambda k: (k + r) / (k + 1) * q, int(r * q / p), 0, mp.inf, points)


def negative_binomial_mean(mean, dispersion, points):
    m, a = number(mean), number(dispersion)
    r, p, q = 1 / a, 1 / (1 + m * a), m * a / (1 + m * a)
    table(f"NegativeBinomial.ofMeanDispersion({mean}, {dispersion})",
          lambda k: mp.exp(mp.loggamma(k + r) - mp.loggamma(k + 1) - mp.loggamma(r) + r * mp.log(p) + k * mp.log(q)),
          lambda k: (k + r) / (k + 1) * q, int(m), 0, mp.inf, points)


def geometric(text, points):
    p = number(text)
    case = f"Geometric({text})"
    q = 1 - p
    for k in points:
        line(case, "logProb", k, mp.log(p) + k * mp.log(q))
        line(case, "cdf", k, 1 - q ** (k + 1))
        line(case, "survival", k, q ** (k + 1))
    line(case, "entropy", "", -(p * mp.log(p) + q * mp.log(q)) / p)
    line(case, "mean", "", q / p)
    line(case, "variance", "", q / p**2)


def listed(case, p):
    table(case, lambda k: p[k], lambda k: p[k + 1] / p[k], 0, 0, len(p) - 1, list(range(len(p))))


def ordered(location, cuts):
    eta, c = number(location), [number(t) for t in cuts.split(", ")]
    below = [0] + [1 / (1 + mp.exp(eta - x)) for x in c] + [1]
    listed(f"OrderedLogistic({location}, {cuts})", [b - a for a, b in zip(below, below[1:])])


def zero_inflated_poisson(gate, rate, points):
    g, m = number(gate), number(rate)
    mass = lambda k: (g if k == 0 else 0) + (1 - g) * mp.exp(k * mp.log(m) - m - mp.loggamma(k + 1))
    table(f"ZeroInflated(Poisson({rate}), {gate})", mass, lambda k: mass(k + 1) / mass(k), 0, 0, 200, points)


def events(size, total):
    if size == 1:
        yield (total,)
        return
    for k in range(total + 1):
        for rest in events(size - 1, total - k):
            yield (k,) + rest


def multinomial(n, *texts):
    p = [number(t) for t in texts]
    total = mp.fsum(p)
    p = [v / total for v in p]
    case = f"Multinomial({n}, {', '.join(texts)})"
    mass = {x: mp.factorial(n) * mp.fprod(v**k / mp.factorial(k) for v, k in zip(p, x)) for x in events(len(p), n)}
    assert abs(mp.fsum(mass.values()) - 1) < mp.mpf("1e-50")
    for x in list(mass)[:: max(1, len(mass) // 7)]:
        line(case, "logProb", " ".join(map(str, x)), mp.log(mass[x]))
    line(case, "entropy", "", -mp.fsum(v * mp.log(v) for v in mass.values()))


def multinomial_points(n, texts, points):
    p = [number(t) for t in texts]
    total = mp.fsum(p)
    for x in points:
        value = mp.loggamma(n + 1) + mp.fsum(k * mp.log(v / total) - mp.loggamma(k + 1) for v, k in zip(p, x))
        line(f"Multinomial({n}, {', '.join(texts)})", "logProb", " ".join(map(str, x)), value)


print("# mpmath", mp.__version__, "60 digits; python3 discrete.py; 2026-11-24")
bernoulli("0.3")
bernoulli("1e-12")
bernoulli_logit("40")
bernoulli_logit("-0.7")
binomial(10, "0.3", [0, 1, 3, 7, 10])
binomial(1000000, "0.25", [248000, 250000, 250433, 255000])
binomial(1000000, "1e-6", [0, 1, 5, 20])
binomial(50, "0.999", [30, 49, 50])
geometric("0.3", [0, 1, 10, 500])
geometric("1e-9", [0, 1000, 5000000000, 40000000000])
poisson("1e-3", [0, 1, 2, 8])
poisson("3.7", [0, 1, 4, 17, 40])
poisson("1234.5", [900, 1234, 1300, 1500])
poisson("1e8", [99900000, 100000000, 100010000, 100080000])
negative_binomial("2.5", "0.4", [0, 1, 3, 20, 60])
negative_binomial("0.01", "0.05", [0, 1, 10, 100])
negative_binomial_mean("3.5", "1e-12", [0, 1, 3, 12, 30])
negative_binomial_mean("1000", "0.3", [0, 10, 900, 5000])
listed("Categorical(0.1, 0.2, 0.7)", [v / mp.fsum(map(number, ("0.1", "0.2", "0.7"))) for v in map(number, ("0.1", "0.2", "0.7"))])
ordered("0.5", "-1, 0.25, 2")
ordered("-30", "-1, -0.999999, 5")
zero_inflated_poisson("0.2", "3", [0, 1, 3, 15])
zero_inflated_poisson("0.95", "1e-3", [0, 1, 3])
multinomial(5, "0.2", "0.3", "0.5")
multinomial(12, "0.05", "0.9", "0.01", "0.04")
multinomial_points(1000000, ("0.2", "0.3", "0.5"), [(200000, 300000, 500000), (201000, 299500, 499500), (0, 500000, 500000)])
