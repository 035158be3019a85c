#!/usr/bin/env python3
"""Writes continuous.csv: densities, distribution functions, quantiles and moments by mpmath, 50 digits.

Densities are the textbook's formulas, taken literally. Distribution functions are closed forms, mpmath's incomplete
gamma and beta functions, or (shapes so large that those do not end) quadratures of the density from the point outward.
Entropies, means and variances are quadratures of the density, which tests its normalisation, too; where a density is
too singular or too narrow for that, they are the textbook's formulas in 50 digits. None comes from Fluvial.
Run: python3 continuous.py > continuous.csv
"""

import mpmath as mp

mp.mp.dps = 50
mpf, inf, log, exp = mp.mpf, mp.inf, mp.log, mp.exp


def show(x):
    return "inf" if x == inf else "-inf" if x == -inf else mp.nstr(x, 25)


def line(case, quantity, argument, value):
    print(f"{case}; {quantity}; {argument}; {show(value)}")


def points(case, texts, lp, cdf, survival):
    """Density at points; distribution function and survival from functions, as (value) or None to leave out."""
    for text in texts.split():
        x = mpf(text)
        line(case, "logProb", text, lp(x))
        if cdf is not None:
            line(case, "cdf", text, cdf(x))
            line(case, "survival", text, survival(x))


def quantiles(case, texts, quantile, survival_quantile):
    for text in texts.split():
        line(case, "quantile", text, quantile(mpf(text)))
        line(case, "survivalQuantile", text, survival_quantile(mpf(text)))


def moments(case, mean, variance, entropy):
    for name, value in (("mean", mean), ("variance", variance), ("entropy", entropy)):
        if value is not None:
            line(case, name, "", value)


def integrals(case, lp, breaks, skip=""):
    """Mean, variance, entropy by quadrature between breaks; checks that the density integrates to one."""

    def e(f):
        return mp.quad(lambda x: f(x) * exp(lp(x)) if lp(x) > -inf else mpf(0), breaks)

    assert abs(e(lambda x: 1) - 1) < mpf("1e-18"), (case, e(lambda x: 1))
    mean = None if "m" in skip else e(lambda x: x)
    if mean is not None and abs(mean) < mpf("1e-45"):
        mean = mpf(0)  # by symmetry
    variance = None if "v" in skip else e(lambda x: (x - mean) ** 2)
    moments(case, mean, variance, None if "e" in skip else e(lambda x: -lp(x)))


def outward(lp, x, step, end):
    """∫ of the density from x towards end, panel after panel; relative to p(x), as mp.quad's error is absolute."""
    total, a, width, top = mpf(0), x, step, lp(x)
    while True:
        b = a + width
        if (end - b) * (1 if step > 0 else -1) < 0:
            b = end
        part = abs(mp.quad(lambda t: exp(lp(t) - top), [a, b]))
        total += part
        if b == end or part < total * mpf("1e-40"):
            return total * exp(top)
        a, width = b, width * mpf("1.3")


# ---- normal and its relatives


def normal(mean, scale, texts):
    m, s = mpf(mean), mpf(scale)
    case = f"Normal({mean}, {scale})"
    points(
        case,
        texts,
        lambda x: -(((x - m) / s) ** 2) / 2 - log(s * mp.sqrt(2 * mp.pi)),
        lambda x: mp.erfc((m - x) / s / mp.sqrt(2)) / 2,
        lambda x: mp.erfc((x - m) / s / mp.sqrt(2)) / 2,
    )
    moments(case, None, None, log(2 * mp.pi * mp.e * s * s) / 2)


def half_normal(scale, texts):
    s = mpf(scale)
    case = f"HalfNormal({scale})"
    lp = lambda x: log(mp.sqrt(2 / mp.pi) / s) - (x / s) ** 2 / 2
    r = s * mp.sqrt(2)
    points(case, texts, lp, lambda x: mp.erf(x / r), lambda x: mp.erfc(x / r))
    integrals(case, lp, [0, s, 4 * s, 16 * s])


def student(nu_, mean, scale, texts, breaks=None, skip=""):
    nu, m, s = mpf(nu_), mpf(mean), mpf(scale)
    case = f"StudentT({nu_}, {mean}, {scale})"
    norm = mp.loggamma((nu + 1) / 2) - mp.loggamma(nu / 2) - log(nu * mp.pi) / 2 - log(s)
    lp = lambda x: norm - (nu + 1) / 2 * mp.log1p(((x - m) / s) ** 2 / nu)

    def tail(x):
        z = abs(x - m) / s
        if nu > 1000:
            return outward(lp, m + s * z, s / (1 + z), inf) if z > 0 else mpf(1) / 2
        return mp.betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + z * z), regularized=True) / 2

    points(
        case,
        texts,
        lp,
        lambda x: tail(x) if x <= m else 1 - tail(x),
        lambda x: tail(x) if x >= m else 1 - tail(x),
    )
    if breaks:
        integrals(case, lp, breaks, skip)
    else:
        h = (nu + 1) / 2 * (mp.digamma((nu + 1) / 2) - mp.digamma(nu / 2)) + log(mp.sqrt(nu) * mp.beta(nu / 2, mpf(1) / 2)) if nu < 1000 else None
        if h is None:
            h = (nu + 1) / 2 * (mp.digamma((nu + 1) / 2) - mp.digamma(nu / 2)) - norm - log(s)
        moments(case, m if nu > 1 else None, s * s * nu / (nu - 2) if nu > 2 else None, h + log(s))


def generalized_normal(mean, scale, k_, texts):
    m, s, k = mpf(mean), mpf(scale), mpf(k_)
    case = f"GeneralizedNormal({mean}, {scale}, {k_})"
    lp = lambda x: log(k / (2 * s * mp.gamma(1 / k))) - (abs(x - m) / s) ** k
    tail = lambda x: mp.gammainc(1 / k, (abs(x - m) / s) ** k, inf, regularized=True) / 2
    points(
        case,
        texts,
        lp,
        lambda x: tail(x) if x <= m else 1 - tail(x),
        lambda x: tail(x) if x >= m else 1 - tail(x),
    )
    moments(case, m, s * s * mp.gamma(3 / k) / mp.gamma(1 / k), 1 / k - log(k / (2 * s * mp.gamma(1 / k))))


# ---- exponential tails


def laplace(mean, scale, texts):
    m, b = mpf(mean), mpf(scale)
    case = f"Laplace({mean}, {scale})"
    lp = lambda x: -abs(x - m) / b - log(2 * b)
    lower = lambda z: exp(z) / 2 if z < 0 else 1 - exp(-z) / 2
    points(case, texts, lp, lambda x: lower((x - m) / b), lambda x: lower((m - x) / b))
    q = lambda p: b * log(2 * p) if p <= mpf(1) / 2 else -b * log(2 - 2 * p)
    quantiles(case, "1e-200 0.125 0.5 0.75", lambda p: m + q(p), lambda p: m - q(p))
    integrals(case, lp, [-inf, m, inf])


def logistic(mean, scale, texts):
    m, s = mpf(mean), mpf(scale)
    case = f"Logistic({mean}, {scale})"
    lp = lambda x: -(x - m) / s - log(s) - 2 * mp.log1p(exp(-(x - m) / s))
    lower = lambda z: 1 / (1 + exp(-z))
    points(case, texts, lp, lambda x: lower((x - m) / s), lambda x: lower((m - x) / s))
    q = lambda p: s * log(p / (1 - p))
    quantiles(case, "1e-200 0.125 0.75", lambda p: m + q(p), lambda p: m - q(p))
    integrals(case, lp, [m - 150 * s, m - 10 * s, m, m + 10 * s, m + 150 * s])


def cauchy(mean, scale, texts):
    m, s = mpf(mean), mpf(scale)
    case = f"Cauchy({mean}, {scale})"
    lp = lambda x: -log(mp.pi * s * (1 + ((x - m) / s) ** 2))
    lower = lambda z: mp.atan2(1, -z) / mp.pi
    points(case, texts, lp, lambda x: lower((x - m) / s), lambda x: lower((m - x) / s))
    q = lambda p: -s * mp.cot(mp.pi * p)
    quantiles(case, "1e-200 0.125 0.75", lambda p: m + q(p), lambda p: m - q(p))
    integrals(case, lp, [-inf, m - s, m, m + s, inf], "mv")


def half_cauchy(scale, texts):
    s = mpf(scale)
    case = f"HalfCauchy({scale})"
    lp = lambda x: log(2 / (mp.pi * s * (1 + (x / s) ** 2)))
    points(case, texts, lp, lambda x: 2 / mp.pi * mp.atan(x / s), lambda x: 2 / mp.pi * mp.atan2(s, x))
    quantiles(case, "1e-200 0.125 0.75", lambda p: s * mp.tan(mp.pi * p / 2), lambda q: s * mp.cot(mp.pi * q / 2))
    integrals(case, lp, [0, s, inf], "mv")
    moments(case, inf, inf, None)


def gumbel(mean, scale, texts):
    m, s = mpf(mean), mpf(scale)
    case = f"Gumbel({mean}, {scale})"
    lp = lambda x: -(x - m) / s - exp(-(x - m) / s) - log(s)
    points(case, texts, lp, lambda x: exp(-exp(-(x - m) / s)), lambda x: -mp.expm1(-exp(-(x - m) / s)))
    quantiles(
        case, "1e-200 0.125 0.75", lambda p: m - s * log(-log(p)), lambda q: m - s * log(-mp.log1p(-q))
    )
    integrals(case, lp, [m - 6 * s, m - 2 * s, m, m + 10 * s, m + 150 * s])


def exponential(rate, texts):
    r = mpf(rate)
    case = f"Exponential({rate})"
    lp = lambda x: log(r) - r * x
    points(case, texts, lp, lambda x: -mp.expm1(-r * x), lambda x: exp(-r * x))
    quantiles(case, "1e-200 0.125 0.75", lambda p: -mp.log1p(-p) / r, lambda q: -log(q) / r)
    integrals(case, lp, [0, 1 / r, inf])


def weibull(scale, k_, texts, breaks=None):
    s, k = mpf(scale), mpf(k_)
    case = f"Weibull({scale}, {k_})"
    lp = lambda x: log(k / s) + (k - 1) * log(x / s) - (x / s) ** k
    points(case, texts, lp, lambda x: -mp.expm1(-((x / s) ** k)), lambda x: exp(-((x / s) ** k)))
    quantiles(
        case,
        "1e-200 0.125 0.75",
        lambda p: s * (-mp.log1p(-p)) ** (1 / k),
        lambda q: s * (-log(q)) ** (1 / k),
    )
    if breaks:
        integrals(case, lp, [mpf(b) for b in breaks])
    else:
        g1, g2 = mp.gamma(1 + 1 / k), mp.gamma(1 + 2 / k)
        moments(case, s * g1, s * s * (g2 - g1 * g1), mp.euler * (1 - 1 / k) + log(s / k) + 1)


def pareto(scale, alpha, texts):
    m, a = mpf(scale), mpf(alpha)
    case = f"Pareto({scale}, {alpha})"
    lp = lambda x: log(a) + a * log(m) - (a + 1) * log(x)
    points(case, texts, lp, lambda x: -mp.expm1(-a * log(x / m)), lambda x: (m / x) ** a)
    quantiles(case, "1e-200 0.125 0.75", lambda p: m * (1 - p) ** (-1 / a), lambda q: m * q ** (-1 / a))
    moments(
        case,
        a * m / (a - 1) if a > 1 else inf,
        m * m * a / ((a - 1) ** 2 * (a - 2)) if a > 2 else inf,
        mp.quad(lambda t: (-lp(m * exp(t))) * a * exp(-a * t), [0, 1 / a, 200 / a]),
    )


def generalized_pareto(mean, scale, xi_, texts, breaks):
    m, s, xi = mpf(mean), mpf(scale), mpf(xi_)
    case = f"GeneralizedPareto({mean}, {scale}, {xi_})"
    h = lambda x: (x - m) / s if xi == 0 else mp.log1p(xi * (x - m) / s) / xi
    lp = lambda x: -(1 + xi) * h(x) - log(s)
    points(case, texts, lp, lambda x: -mp.expm1(-h(x)), lambda x: exp(-h(x)))
    at = lambda t: m + s * (t if xi == 0 else mp.expm1(xi * t) / xi)
    quantiles(case, "1e-200 0.125 0.75", lambda p: at(-mp.log1p(-p)), lambda q: at(-log(q)))
    # over the hazard t, which is exponential
    e = lambda f: mp.quad(lambda t: f(at(t)) * exp(-t), [0, 1, 10, 300])
    mean_ = e(lambda x: x) if xi < 1 else inf
    moments(
        case,
        m + s / (1 - xi) if xi < 1 else inf,
        s * s / ((1 - xi) ** 2 * (1 - 2 * xi)) if xi < mpf(1) / 2 else inf,
        mp.quad(lambda t: ((1 + xi) * t + log(s)) * exp(-t), [0, 1, 10, 300]),
    )
    assert xi >= mpf(1) / 2 or abs(mean_ - (m + s / (1 - xi))) < mpf("1e-20")


# ---- gamma and beta


def gamma(name, a_, rate_, texts, breaks=None, shown=None):
    a, r = mpf(a_), mpf(rate_)
    case = shown or f"{name}({a_}, {rate_})"
    lp = lambda x: a * log(r) + (a - 1) * log(x) - r * x - mp.loggamma(a)
    if a > 1000:
        step = lambda x: mp.sqrt(a) / r / (1 + abs(r * x - a) / mp.sqrt(a))
        cdf = lambda x: outward(lp, x, -step(x), 0) if r * x < a else 1 - outward(lp, x, step(x), inf)
        survival = lambda x: outward(lp, x, step(x), inf) if r * x > a else 1 - outward(lp, x, -step(x), mpf(0))
    else:
        cdf = lambda x: mp.gammainc(a, 0, r * x, regularized=True)
        survival = lambda x: mp.gammainc(a, r * x, inf, regularized=True)
    points(case, texts, lp, cdf, survival)
    if breaks:
        integrals(case, lp, breaks)
    else:
        moments(case, a / r, a / r / r, a - log(r) + mp.loggamma(a) + (1 - a) * mp.digamma(a))


def inverse_gamma(a_, rate_, texts, breaks=None, skip=""):
    a, r = mpf(a_), mpf(rate_)
    case = f"InverseGamma({a_}, {rate_})"
    lp = lambda x: a * log(r) - (a + 1) * log(x) - r / x - mp.loggamma(a)
    points(
        case,
        texts,
        lp,
        lambda x: mp.gammainc(a, r / x, inf, regularized=True),
        lambda x: mp.gammainc(a, 0, r / x, regularized=True),
    )
    if breaks:
        integrals(case, lp, breaks, skip)
    else:
        moments(
            case,
            r / (a - 1) if a > 1 else inf,
            r * r / ((a - 1) ** 2 * (a - 2)) if a > 2 else inf,
            a + log(r) + mp.loggamma(a) - (1 + a) * mp.digamma(a),
        )


def fisher(d1_, d2_, texts, breaks=None, skip=""):
    d1, d2 = mpf(d1_), mpf(d2_)
    a, b = d1 / 2, d2 / 2
    case = f"FisherSnedecor({d1_}, {d2_})"
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    lp = lambda x: a * log(d1 / d2) + (a - 1) * log(x) - (a + b) * log(1 + d1 * x / d2) - log_beta
    points(
        case,
        texts,
        lp,
        lambda x: mp.betainc(a, b, 0, d1 * x / (d1 * x + d2), regularized=True),
        lambda x: mp.betainc(b, a, 0, d2 / (d1 * x + d2), regularized=True),
    )
    if breaks:
        integrals(case, lp, breaks, skip)
    else:
        moments(
            case,
            d2 / (d2 - 2) if d2 > 2 else inf,
            2 * d2 * d2 * (d1 + d2 - 2) / (d1 * (d2 - 2) ** 2 * (d2 - 4)) if d2 > 4 else inf,
            log_beta + log(d2 / d1) + (1 - a) * mp.digamma(a) - (1 + b) * mp.digamma(b) + (a + b) * mp.digamma(a + b),
        )


def beta(a_, b_, texts, breaks=None):
    a, b = mpf(a_), mpf(b_)
    case = f"Beta({a_}, {b_})"
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    lp = lambda x: (a - 1) * log(x) + (b - 1) * mp.log1p(-x) - log_beta
    mean, sd = a / (a + b), mp.sqrt(a * b / (a + b + 1)) / (a + b)
    if a > 1000 and b > 1000:
        step = lambda x: sd / (1 + abs(x - mean) / sd)
        cdf = lambda x: outward(lp, x, -step(x), mpf(0)) if x < mean else 1 - outward(lp, x, step(x), mpf(1))
        survival = lambda x: outward(lp, x, step(x), mpf(1)) if x > mean else 1 - outward(lp, x, -step(x), mpf(0))
    else:
        cdf = lambda x: mp.betainc(a, b, 0, x, regularized=True)
        # 1 − x drops digits of a tiny x
        survival = lambda x: mp.betainc(b, a, 0, 1 - x, regularized=True) if x > mpf("1e-10") else 1 - cdf(x)
    points(case, texts, lp, cdf, survival)
    if breaks:
        integrals(case, lp, breaks)
    else:
        n = a + b
        moments(
            case,
            a / n,
            a * b / (n * n * (n + 1)),
            log_beta - (a - 1) * mp.digamma(a) - (b - 1) * mp.digamma(b) + (n - 2) * mp.digamma(n),
        )


def kumaraswamy(a_, b_, texts):
    a, b = mpf(a_), mpf(b_)
    case = f"Kumaraswamy({a_}, {b_})"
    lp = lambda x: log(a * b) + (a - 1) * log(x) + (b - 1) * log(1 - x**a)
    points(case, texts, lp, lambda x: -mp.expm1(b * mp.log1p(-(x**a))), lambda x: (1 - x**a) ** b)
    quantiles(
        case,
        "1e-30 0.125 0.75",
        lambda p: (-mp.expm1(mp.log1p(-p) / b)) ** (1 / a),
        lambda q: (1 - q ** (1 / b)) ** (1 / a),
    )
    # over u = P(X > x), which is uniform, in its logarithm
    at = lambda t: (-mp.expm1(-t / b)) ** (1 / a)
    e = lambda f: mp.quad(lambda t: f(t) * exp(-t), [0, 1, 10, 300])
    mean = e(at)
    rest = lambda t: -(log(a * b) + (a - 1) * log(at(t)) - (b - 1) * t / b)
    moments(case, mean, e(lambda t: (at(t) - mean) ** 2), e(rest))


# ---- bounded


def uniform(low, high, texts):
    a, b = mpf(low), mpf(high)
    case = f"Uniform({low}, {high})"
    points(case, texts, lambda x: -log(b - a), lambda x: (x - a) / (b - a), lambda x: (b - x) / (b - a))
    moments(case, (a + b) / 2, (b - a) ** 2 / 12, log(b - a))


def triangular(low, peak, high, texts):
    a, c, b = mpf(low), mpf(peak), mpf(high)
    case = f"Triangular({low}, {peak}, {high})"
    rise, fall = 2 / ((b - a) * (c - a)), 2 / ((b - a) * (b - c))
    lp = lambda x: log(rise * (x - a) if x <= c else fall * (b - x))
    cdf = lambda x: rise * (x - a) ** 2 / 2 if x <= c else 1 - fall * (b - x) ** 2 / 2
    points(case, texts, lp, cdf, lambda x: 1 - cdf(x))
    q = lambda p: a + mp.sqrt(2 * p / rise) if p <= (c - a) / (b - a) else b - mp.sqrt(2 * (1 - p) / fall)
    quantiles(case, "1e-30 0.125 0.75", q, lambda p: q(1 - p))
    integrals(case, lp, [a, c, b])


def continuous_bernoulli(label, eta, texts, breaks):
    lp = lambda x: eta * x - log((exp(eta) - 1) / eta)
    below = lambda x: mp.expm1(eta * x) / mp.expm1(eta)
    above = lambda x: (exp(eta) - exp(eta * x)) / mp.expm1(eta)
    points(label, texts, lp, below, above)
    quantiles(
        label,
        "1e-30 0.125 0.75",
        lambda p: mp.log1p(p * mp.expm1(eta)) / eta,
        lambda q: mp.log1p((1 - q) * mp.expm1(eta)) / eta,
    )
    integrals(label, lp, breaks)


def relaxed_bernoulli(label, tau_, logit, texts):
    tau = mpf(tau_)
    w = lambda x: tau * log(x / (1 - x)) - logit
    lp = lambda x: log(tau) - w(x) - 2 * mp.log1p(exp(-w(x))) - log(x * (1 - x))
    points(label, texts, lp, lambda x: 1 / (1 + exp(-w(x))), lambda x: 1 / (1 + exp(w(x))))
    q = lambda p: 1 / (1 + exp(-(logit + log(p / (1 - p))) / tau))
    quantiles(label, "1e-30 0.125 0.75", q, lambda p: q(1 - p))


print("# mpmath", mp.__version__, "50 digits; python3 continuous.py; 2026-11-24")
normal("0", "1", "0 0.5 -1.5 8 -37 40")
normal("0.5", "2", "0.5 -3.25 17 -60")
half_normal("1.5", "0 1e-20 0.75 3 40 55")
half_normal("1e-3", "1e-5 0.001 0.02")
laplace("-0.5", "0.75", "-0.5 -300 -1 0.25 400")
laplace("10", "1e-3", "9.5 10.25")
logistic("0", "1", "0 -700 -2 0.5 30 700")
logistic("300", "0.125", "250 299.75 301 380")
cauchy("0.25", "2", "-1e150 -1e200 -3 0.25 0.5 1e20")
cauchy("0", "1e-3", "-2 0.0005 1e100")
half_cauchy("0.25", "0 1e-30 0.125 4 1e180")
half_cauchy("100", "50 1e9")
gumbel("-2", "3", "-20 -15 -2 0.5 40 1500")
gumbel("1", "0.125", "0.25 1 2 70")
exponential("2.5", "0 1e-30 0.5 250")
exponential("1e-5", "1 1e5 6e7")
weibull("2", "1.5", "1e-20 0.5 2 7 90", ["0", "0.01", "2", "20", "80"])
weibull("0.5", "0.5", "1e-30 0.25 3 20000")
weibull("3", "200", "2 2.5 2.984375 3.0625 3.09375")
pareto("2", "5", "2 2.0000000298023223876953125 3 1e40")
pareto("0.0625", "0.8", "0.0625 0.125 1e150")
generalized_pareto("0.5", "2", "0", "0.5 0.75 3 900", None)
generalized_pareto("0", "1", "0.25", "0 1e-20 0.5 1e60", None)
generalized_pareto("-1", "0.5", "1.25", "-1 0.5 1e100", None)
generalized_pareto("0", "1", "-0.5", "0 1e-20 0.5 1.5 1.9990234375", None)
generalized_pareto("0", "1", "1e-12", "0 1e-20 0.5 300", None)
student("5", "0.25", "2", "0.25 -1 3 1e5 1e50 -1e60", [-inf, mpf(-3), mpf("0.25"), 3, inf])
student("0.1", "-1", "0.5", "-1 0 1e10 1e100 -1e200")
student("1e10", "0", "1", "0 0.5 -3 9 37")
student("300", "10", "0.125", "10 9.5 12 18")
student("1.5", "0", "1", "1e-10 1 -4 1e6")
generalized_normal("0.5", "2", "1.5", "0.5 1 -4 150")
generalized_normal("0", "1", "0.4", "1e-20 0.5 100 1e6")
generalized_normal("3", "1", "40", "3.0009765625 2.5 3.96875 4.125")
gamma("Gamma", "2.5", "3", "1e-100 1e-5 0.5 2 100", [0, mpf("0.1"), 1, 5, inf])
gamma("Gamma", "1", "5", "1e-20 0.5 100", [0, 1, inf])
gamma("Gamma", "1e-3", "1", "1e-300 1e-20 0.5 20 600")
gamma("Gamma", "50", "0.125", "1 100 400 1000 5000")
gamma("Gamma", "1e8", "1", "99700000 99960000 99990000 100001000 100050000 100300000")
gamma("Gamma", "20000", "2", "8000 9700 10010 10400 12000")
gamma("ChiSquared", "3.5", "0.5", "1e-30 2 7 1000", [0, 1, 7, 50, inf], "ChiSquared(7)")
gamma("ChiSquared", "0.25", "0.5", "1e-100 0.5 1 1000", None, "ChiSquared(0.5)")
inverse_gamma("3.5", "2", "0.003 0.25 1 1e20 1e80", [0, mpf("0.25"), 1, 10, inf], "v")
inverse_gamma("0.75", "1", "0.0015 0.5 4 1e100")
inverse_gamma("300", "1e-3", "1e-6 3e-6 3.5e-6 1e-5")
fisher("3", "9", "1e-60 0.125 1 8 1e40", [0, mpf("0.5"), 2, 20, inf], "v")
fisher("0.5", "1", "1e-100 0.25 4 1e200")
fisher("2000", "40", "0.03125 0.5 1 4 1000")
beta("2", "3.5", "1e-60 0.125 0.5 0.9990234375", [0, mpf("0.25"), mpf("0.5"), 1])
beta("0.01", "0.01", "1e-300 1e-20 0.125 0.5 0.9990234375")
beta("1e6", "1e6", "0.4921875 0.4990234375 0.5 0.5001220703125 0.50390625 0.5126953125")
beta("0.5", "0.5", "1e-20 0.125 0.75")
beta("1000", "0.75", "0.5 0.9990234375 0.99999904632568359375")
beta("40", "2000", "0.001 0.01953125 0.03125 0.25")
kumaraswamy("2", "3.5", "1e-60 0.125 0.5 0.9990234375")
kumaraswamy("0.5", "0.75", "1e-100 0.125 0.5 0.9990234375")
kumaraswamy("20", "300", "0.25 0.75 0.8125 0.9375")
uniform("-0.5", "2", "-0.5 0 1.75 2")
uniform("1e300", "1.5e300", "1.25e300")
triangular("-1", "0.5", "1.25", "-1 -0.9990234375 0 0.5 0.75 1.24999904632568359375")
triangular("0", "0.0078125", "3", "1e-30 0.0078125 2.5")
continuous_bernoulli("ContinuousBernoulli.of(0.25)", -log(3), "1e-30 0.25 0.75 0.9990234375", [0, 1])
half = mpf("0.5") + mpf(2) ** -30
continuous_bernoulli("ContinuousBernoulli.of(0.5 + 2^-30)", log(half / (1 - half)), "1e-30 0.25 0.9990234375", [0, 1])
continuous_bernoulli("ContinuousBernoulli.ofLogit(30)", mpf(30), "1e-30 0.25 0.9990234375", [0, mpf("0.5"), 1])
continuous_bernoulli("ContinuousBernoulli.ofLogit(-800)", mpf(-800), "1e-30 0.001 0.25 0.75", [0, mpf("0.01"), mpf("0.1"), 1])
relaxed_bernoulli("RelaxedBernoulli.of(0.5, 0.25)", "0.5", -log(3), "1e-100 0.125 0.5 0.9990234375")
relaxed_bernoulli("RelaxedBernoulli.ofLogit(2.25, 3)", "2.25", mpf(3), "1e-100 0.125 0.5 0.9990234375")
