#!/usr/bin/env python3
"""Writes multivariate.csv: densities, entropies, moments and distribution functions by mpmath, 40 digits.

Densities come from their definition with matrices inverted in full, normalisers of directions and of correlation
matrices from quadratures, expectations from quadratures of one-dimensional densities; none from Fluvial.
Arguments are doubles, taken exactly. Run: python3 multivariate.py > multivariate.csv
"""

import math

import mpmath as mp

mp.mp.dps = 40
PI = mp.pi


def show(x):
    x = mp.mpf(x)
    return "inf" if x == mp.inf else "-inf" if x == -mp.inf else mp.nstr(x, 25)


def numbers(values):
    return " ".join(repr(float(v)) for v in values)


def line(case, quantity, arguments, values):
    if not isinstance(values, (list, tuple)):
        values = [values]
    print(f"{case}; {quantity}; {numbers(arguments)}; {' '.join(show(v) for v in values)}")


def exact(values):
    return [mp.mpf(float(v)) for v in values]


def matrix(rows):
    return mp.matrix([exact(row) for row in rows])


def quadratic(inverse, d):
    v = mp.matrix(d)
    return (v.T * inverse * v)[0]


def integral(f, points):
    """Gauss-Legendre on each piece."""
    return mp.quad(f, points, method="gauss-legendre", maxdegree=8)


# ---- normal and Student t


def normal(case, mean, covariance, points):
    n, mean = len(mean), exact(mean)
    inverse, det = covariance ** -1, mp.det(covariance)
    for x in points:
        q = quadratic(inverse, [a - b for a, b in zip(exact(x), mean)])
        line(case, "logProb", x, -q / 2 - mp.log(det) / 2 - n * mp.log(2 * PI) / 2)
    line(case, "entropy", [], mp.log(det) / 2 + n * mp.log(2 * PI * mp.e) / 2)
    line(case, "mean", [], mean)
    line(case, "variance", [], [covariance[i, i] for i in range(n)])


def student(case, nu, mean, covariance, points):
    n, nu, mean = len(mean), mp.mpf(float(nu)), exact(mean)
    inverse, det = covariance ** -1, mp.det(covariance)
    norm = mp.loggamma((nu + n) / 2) - mp.loggamma(nu / 2) - n * mp.log(nu * PI) / 2 - mp.log(det) / 2
    for x in points:
        q = quadratic(inverse, [a - b for a, b in zip(exact(x), mean)])
        line(case, "logProb", x, norm - (nu + n) / 2 * mp.log(1 + q / nu))
    # |z|^2/nu is a ratio of gamma variates: with s its log, the entropy is -norm + (nu + n)/2 E log(1 + e^s)
    area = 2 * PI ** (mp.mpf(n) / 2) / mp.gamma(mp.mpf(n) / 2)
    density = lambda r: area * r ** (n - 1) * mp.exp(norm + mp.log(det) / 2 - (nu + n) / 2 * mp.log(1 + r * r / nu))
    ends = [0, 1, 3, 10, 100, mp.inf]
    mass = mp.quad(density, ends)
    assert abs(mass - 1) < 1e-20, mass
    mean_log = mp.quad(lambda r: density(r) * mp.log(1 + r * r / nu), ends)
    line(case, "entropy", [], -norm + (nu + n) / 2 * mean_log)
    line(case, "variance", [], [nu / (nu - 2) * covariance[i, i] for i in range(n)])


COVARIANCE = matrix([[2, 0.6, -0.3], [0.6, 1, 0.2], [-0.3, 0.2, 0.5]])
MEAN = [0.5, -1, 2]
POINTS = [[0.5, -1, 2], [1, 1, 1], [-7, 3, 0.25], [100, -200, 300], [1e-9, 1e9, 0]]
# ---- shares


def dirichlet(case, alpha, points):
    alpha = exact(alpha)
    total, n = mp.fsum(alpha), len(alpha)
    norm = mp.loggamma(total) - mp.fsum(mp.loggamma(a) for a in alpha)
    for x in points:
        terms = [mp.mpf(0) if a == 1 else -mp.inf * (a - 1) if v == 0 else (a - 1) * mp.log(v) for a, v in zip(alpha, exact(x))]
        line(case, "logProb", x, norm + sum(terms))
    # E log x_i: x_i is beta; in t = log(x/(1 - x)) its density is smooth on the whole line
    entropy = -norm
    for a in alpha:
        b = total - a
        beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(total)
        log_share = lambda t: -mp.log1p(mp.exp(-t)) if t > 0 else t - mp.log1p(mp.exp(t))
        density = lambda t: mp.exp(a * log_share(t) + b * log_share(-t) - beta)
        centre, spread = mp.log(a / b), mp.sqrt(1 / a + 1 / b)
        ends = [centre + k * spread for k in (-40, -12, -6, -3, -1, 0, 1, 3, 6, 12, 40)]
        ends = [centre - 1000 * spread] + ends + [centre + 1000 * spread] if min(a, b) < 5 else ends
        mass = mp.quad(density, ends)
        assert abs(mass - 1) < 1e-22, (case, mass)
        entropy -= (a - 1) * mp.quad(lambda t: density(t) * log_share(t), ends)
    line(case, "entropy", [], entropy)
    line(case, "mean", [], [a / total for a in alpha])
    line(case, "variance", [], [a * (total - a) / total ** 2 / (total + 1) for a in alpha])


def relaxed(case, temperature, logits, points):
    t, logits = mp.mpf(float(temperature)), exact(logits)
    n = len(logits)

    def log_density(x):
        s = mp.fsum(mp.exp(a) * v ** -t for a, v in zip(logits, x))
        return (
            mp.loggamma(n) + (n - 1) * mp.log(t) - n * mp.log(s)
            + mp.fsum(a - (t + 1) * mp.log(v) for a, v in zip(logits, x))
        )

    for x in points:
        line(case, "logProb", x, log_density(exact(x)))
    if n == 2:
        share = lambda y: 1 / (1 + mp.exp(-y))
        ends = [k / t for k in (-80, -20, -8, -4, -2, 0, 2, 4, 8, 20, 80)]
        mass = mp.quad(lambda y: mp.exp(log_density([share(y), share(-y)])) * share(y) * share(-y), ends)
        assert abs(mass - 1) < 1e-12, mass


# ---- directions


def von_mises(case, mu, kappa, points):
    m, k = mp.mpf(float(mu)), mp.mpf(float(kappa))
    # exp(k (cos - 1)), so that nothing overflows; breaks where it changes
    f = lambda y: mp.exp(-2 * k * mp.sin(y / 2) ** 2)
    width = min(mp.mpf(1), 1 / mp.sqrt(k)) if k > 0 else mp.mpf(1)

    def arc(a, b, w=lambda y: 1):
        """Of f w from a to b; the turns' ends and the peaks are breaks, and steps away from the larger end."""
        marks = {a, b}
        for turn in (-2, -1, 0, 1, 2):
            for step in (0, 0.5, 1, 2, 3, 4, 6, 8, 11, 16, 24, 40):
                marks |= {2 * PI * turn + step * width, 2 * PI * turn - step * width}
            marks.add(PI * (2 * turn + 1))
        peak = a if f(a) > f(b) else b
        rate = abs(k * mp.sin(peak)) + 1 / width
        for step in (0.5, 1, 2, 4, 8, 16, 32, 64, 128):
            marks |= {peak + step / rate, peak - step / rate}
        ends = sorted(v for v in marks if a <= v <= b)
        top = max(f(v) for v in ends)  # the quadrature's tolerance is absolute
        return top * integral(lambda y: f(y) / top * w(y), ends) if len(ends) > 1 else mp.mpf(0)

    norm = 2 * arc(mp.mpf(0), PI)
    assert abs(norm / (2 * PI * mp.exp(-k) * mp.besseli(0, k)) - 1) < 1e-25
    end = mp.mpf(math.pi)  # where the support ends
    low, high = -end - m, end - m
    for x in points:
        y = mp.mpf(float(x)) - m
        line(case, "logProb", [x], -2 * k * mp.sin(y / 2) ** 2 - mp.log(norm))
        line(case, "cdf", [x], arc(low, y) / norm)
        line(case, "survival", [x], arc(y, high) / norm)
    line(case, "entropy", [], mp.log(norm) + arc(low, high, lambda y: 2 * k * mp.sin(y / 2) ** 2) / norm)
    # the mean less mu first: it may be tiny
    shift = arc(low, high, lambda y: y) / norm
    if mu != 0 and kappa > 1:
        line(case, "mean", [], m + shift)
    line(case, "variance", [], arc(low, high, lambda y: (y - shift) ** 2) / norm)


def fisher(case, n, kappa, sines):
    """mu is the first axis; events lie at angles with the given sines in the plane of the first two."""
    k = mp.mpf(float(kappa))
    width = min(mp.mpf(1), mp.sqrt(n) / mp.sqrt(k)) if k > 0 else mp.mpf(1)
    g = lambda t: mp.exp(-2 * k * mp.sin(t / 2) ** 2) * (mp.sin(t) / width) ** (n - 2)
    ends = sorted({min(PI, step * width) for step in (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 9, 14)} | {PI})
    area = 2 * PI ** (mp.mpf(n - 1) / 2) / mp.gamma(mp.mpf(n - 1) / 2)
    whole = integral(g, ends)
    norm = area * whole * width ** (n - 2)
    fall = integral(lambda t: g(t) * 2 * mp.sin(t / 2) ** 2, ends) / whole
    square = integral(lambda t: g(t) * (2 * mp.sin(t / 2) ** 2 - fall) ** 2, ends) / whole
    for sine in sines:
        s = mp.mpf(float(sine))
        x = [mp.sqrt(1 - s * s), s] + [0] * (n - 2)
        line(case, "logProb", x, -k * (1 - mp.sqrt(1 - s * s)) - mp.log(norm))
    line(case, "entropy", [], mp.log(norm) + k * fall)
    line(case, "mean", [], [1 - fall] + [0] * (n - 1))
    if kappa <= 12:
        across = (1 - (1 - fall) ** 2 - square) / (n - 1)
        line(case, "variance", [], [square] + [across] * (n - 1))


# ---- matrices


def lkj(case, n, eta, points):
    eta = mp.mpf(float(eta))
    norm = mp.mpf(0)
    entropy = mp.mpf(0)
    for d in range(1, n):
        c = 2 * (eta - 1) + n - 1 - d  # the exponent of L_dd = cos a; |w| = sin a
        area = 2 * PI ** (mp.mpf(d) / 2) / mp.gamma(mp.mpf(d) / 2)
        f = lambda a: mp.sin(a) ** (d - 1) * mp.cos(a) ** (c + 1)
        width = min(1, 1 / mp.sqrt(c + 2))
        ends = sorted({min(PI / 2, k * width) for k in (0, 0.5, 1, 2, 3, 5, 8, 13)} | {PI / 2})
        whole = mp.quad(f, ends)
        mean_log = mp.quad(lambda a: f(a) * mp.log(mp.cos(a)), ends) / whole
        norm += mp.log(area * whole)
        entropy -= c * mean_log
    for rows in points:
        x = [v for row in rows for v in row]
        value = mp.mpf(0)
        for d in range(1, n):
            diagonal = mp.sqrt(1 - mp.fsum(v * v for v in exact(rows[d][:d])))
            x[d * n + d] = diagonal
            value += (2 * (eta - 1) + n - 1 - d) * mp.log(diagonal)
        line(case, "logProb", x, value - norm)
    line(case, "entropy", [], entropy + norm)


def wishart_parts(nu, n):
    """log of the multivariate gamma function, and E log of the product of n chi-squares by quadrature."""
    gamma = mp.mpf(n * (n - 1)) / 4 * mp.log(PI) + mp.fsum(mp.loggamma((nu - j) / 2) for j in range(n))
    mean_log = mp.mpf(0)
    for j in range(n):
        a = (nu - j) / 2
        centre, spread = mp.log(a), 1 / mp.sqrt(a)
        density = lambda t: mp.exp(a * t - mp.exp(t) - mp.loggamma(a))  # t = log of a gamma variate
        ends = [centre + k * spread for k in (-80, -20, -13, -8, -4, -2, -1, 0, 1, 2, 4, 8, 13)]
        if a < 20:
            ends = [centre - 60 / a - 20] + ends + [centre + 6]
            ends = sorted(set(ends))
        mass = mp.quad(density, ends)
        assert abs(mass - 1) < 1e-20, (nu, n, mass)
        mean_log += mp.log(2) + mp.quad(lambda t: density(t) * t, ends) / mass
    return gamma, mean_log


def wishart(case, nu, scale, points):
    n, nu = scale.rows, mp.mpf(float(nu))
    gamma, mean_log = wishart_parts(nu, n)
    mean_log += mp.log(mp.det(scale))
    inverse = scale ** -1
    norm = -nu * n / 2 * mp.log(2) - nu / 2 * mp.log(mp.det(scale)) - gamma
    for rows in points:
        x = matrix(rows)
        trace = mp.fsum((inverse * x)[i, i] for i in range(n))
        value = norm + (nu - n - 1) / 2 * mp.log(mp.det(x)) - trace / 2
        line(case, "logProb", [v for row in rows for v in row], value)
    line(case, "entropy", [], -norm - (nu - n - 1) / 2 * mean_log + nu * n / 2)
    line(case, "mean", [], [nu * scale[i, j] for i in range(n) for j in range(n)])
    variance = lambda i, j: nu * (scale[i, j] ** 2 + scale[i, i] * scale[j, j])
    line(case, "variance", [], [variance(i, j) for i in range(n) for j in range(n)])


def inverse_wishart(case, nu, scale, points):
    n, nu = scale.rows, mp.mpf(float(nu))
    gamma, mean_log = wishart_parts(nu, n)
    mean_log = mp.log(mp.det(scale)) - mean_log
    norm = -nu * n / 2 * mp.log(2) + nu / 2 * mp.log(mp.det(scale)) - gamma
    for rows in points:
        x = matrix(rows)
        product = scale * x ** -1
        trace = mp.fsum(product[i, i] for i in range(n))
        value = norm - (nu + n + 1) / 2 * mp.log(mp.det(x)) - trace / 2
        line(case, "logProb", [v for row in rows for v in row], value)
    line(case, "entropy", [], -norm + (nu + n + 1) / 2 * mean_log + nu * n / 2)
    if nu > n + 1:
        line(case, "mean", [], [scale[i, j] / (nu - n - 1) for i in range(n) for j in range(n)])


print("# mpmath", mp.__version__, "40 digits; python3 multivariate.py; 2026-11-24")

normal("MultivariateNormal", MEAN, COVARIANCE, POINTS)
normal("MultivariateNormal, precision", MEAN, COVARIANCE ** -1, POINTS)
factor = matrix([[1e4, 0], [1e-3, 1e-6]])
normal("MultivariateNormal, badly scaled", [1e6, 0], factor * factor.T, [[1e6, 0], [1.02e6, 0.002], [0, 0]])
loadings = matrix([[1, 0], [2, 1], [-1, 3], [0.5, 0]])
noise = exact([1, 0.01, 2, 5])
normal(
    "LowRankMultivariateNormal", [1, 0, -1, 3], loadings * loadings.T + mp.diag(noise),
    [[1, 0, -1, 3], [0, 0, 0, 0], [10, -20, 30, 1e6]],
)
loadings = matrix([[1e8], [1e8]])
normal(
    "LowRankMultivariateNormal, one factor", [1, 0], loadings * loadings.T + mp.diag(exact([1, 1])),
    [[1, 0], [3, 1], [1e8, 1e8]],
)
student("MultivariateStudentT, 2.5", 2.5, MEAN, COVARIANCE, POINTS)
student("MultivariateStudentT, nearly normal", 1e10, MEAN, COVARIANCE, POINTS[:3])

dirichlet("Dirichlet", [2, 1, 3.5], [[0.25, 0.25, 0.5], [0.5, 0, 0.5], [0, 0.5, 0.5], [1e-9, 1e-300, 1 - 1e-9]])
dirichlet("Dirichlet, at the corners", [0.5, 0.125, 1], [[0.25, 0.5, 0.25], [0.5, 0.5, 0], [0, 0.5, 0.5], [1e-300, 1e-200, 1]])
dirichlet("Dirichlet, large", [1e8, 3e8, 1e8], [[0.25, 0.5, 0.25], [0.2, 0.6, 0.2], [0.19921875, 0.6015625, 0.19921875]])
relaxed("RelaxedOneHotCategorical", 0.75, [0.5, -1, 0], [[0.25, 0.25, 0.5], [1e-300, 0.5, 0.5], [1e-5, 1e-100, 1 - 1e-5]])
relaxed("RelaxedOneHotCategorical, cold", 0.01, [0.5, -1], [[0.25, 0.75], [1e-300, 1]])

von_mises("VonMises(0, 0)", 0, 0, [0, -3, 3, 1])
von_mises("VonMises(0.5, 1e-8)", 0.5, 1e-8, [0, -3, 3])
von_mises("VonMises(1, 2.5)", 1, 2.5, [1, -3.125, -2.25, -1, 0.25, 3, 3.140625])
von_mises("VonMises(-3, 8)", -3, 8, [-3, -3.140625, 3.140625, 0, 1, 2.75])
von_mises("VonMises(0, 39.5)", 0, 39.5, [0, -3.125, -1, -0.25, 0.25, 1.5, 3])
von_mises("VonMises(0, 300)", 0, 300, [0, -1.5, -0.25, 0.125, 1])
von_mises("VonMises(0.5, 1e6)", 0.5, 1e6, [0.5, 0.501, 0.499, 0.49, 0.52])

for size, kappas in ((2, (1e-8, 2.5, 1e6)), (3, (0.25, 12, 1e6)), (5, (1e-8, 30, 1e4)), (100, (1, 50, 1e6))):
    for kappa in kappas:
        fisher(f"VonMisesFisher({size}, {kappa:g})", size, kappa, [0, 0.25, 0.75] if kappa < 1e4 else [0, 1e-4, 0.01])

THREE = [[1, 0, 0], [0.5, 0, 0], [-0.25, 0.75, 0]]
lkj("LkjCholesky(3, 1)", 3, 1, [THREE, [[1, 0, 0], [0, 0, 0], [0, 0, 0]]])
lkj("LkjCholesky(3, 0.25)", 3, 0.25, [THREE])
lkj("LkjCholesky(2, 1e+07)", 2, 1e7, [[[1, 0], [0.0005, 0]], [[1, 0], [0, 0]]])

X = [[4, 1, 0.5], [1, 3, -0.25], [0.5, -0.25, 2]]
FAR = [[1e-6, 0, 0], [0, 1e6, 0], [0, 0, 1]]
wishart("Wishart(5.5)", 5.5, COVARIANCE, [X, FAR])
wishart("Wishart(2.5)", 2.5, COVARIANCE, [X, FAR])
SCALE = matrix([[1, 2], [2, 13]])
wishart("Wishart(1e+08)", 1e8, SCALE, [[[1e8, 2e8], [2e8, 13e8]], [[1.0001e8, 2e8], [2e8, 13.0001e8]]])
inverse_wishart("InverseWishart(5.5)", 5.5, COVARIANCE, [X, FAR])
inverse_wishart("InverseWishart(1e+08)", 1e8, SCALE, [[[1e-8, 2e-8], [2e-8, 13e-8]]])
