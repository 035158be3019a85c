# Writes the golden files beside it: python3 golden.py
import datetime
import mpmath as m

m.mp.dps = 50
HEADER = "# mpmath {}, 50 digits, {}, python3 golden.py\n".format(m.__version__, datetime.date.today())


def f32(x):
    """x rounded to float, exactly: what the Java side reads."""
    import struct
    return struct.unpack("f", struct.pack("f", x))[0]


def write(name, columns, rows):
    with open(name, "w") as f:
        f.write(HEADER)
        f.write("# " + ",".join(columns) + "\n")
        for row in rows:
            f.write(",".join(m.nstr(m.mpf(v), 20) for v in row) + "\n")


def sinh_arcsinh():
    limit = m.log(4)
    for x in [0, 1e-30, 1e-3, 0.5, -0.75, 3, -40, 1e3, -1e6, 1e6]:
        for p0, p1 in [(0, 0), (0.5, 0.75), (-1.25, -2), (7, 3), (-3, 0.25)]:
            x = f32(x)
            delta = m.exp(limit * m.tanh(p1 / limit))
            u = delta * m.asinh(x) + p0
            yield x, p0, p1, m.sinh(u), m.log(delta * m.cosh(u) / m.sqrt(1 + m.mpf(x) ** 2))


def parameter_free(name, y, slope, points):
    def rows():
        for x in points:
            x = m.mpf(f32(x))
            yield x, y(x), m.log(slope(x))
    write(name, ["x", "y", "logDerivative"], rows())


write("sinh-arcsinh.csv", ["x", "phi0", "phi1", "y", "logDerivative"], sinh_arcsinh())
parameter_free("exp.csv", m.exp, m.exp, [-87, -20, -1, -1e-6, 0, 0.5, 3, 40, 88.7])
parameter_free("log.csv", m.log, lambda x: 1 / x, [1.4e-45, 1e-40, 1.2e-38, 1e-10, 0.5, 1, 1.000001, 3, 1e20, 3.4e38])
parameter_free("sigmoid.csv", lambda x: 1 / (1 + m.exp(-x)), lambda x: m.exp(-x) / (1 + m.exp(-x)) ** 2,
               [-87, -40, -16, -1, -1e-6, 0, 0.5, 3, 16])
parameter_free("logit.csv", lambda x: m.log(x / (1 - x)), lambda x: 1 / (x * (1 - x)),
               [1.4e-45, 1e-38, 1e-20, 0.1, 0.5, 0.75, 0.999, 0.9999999])
parameter_free("softplus.csv", lambda x: m.log1p(m.exp(x)), lambda x: 1 / (1 + m.exp(-x)),
               [-87, -40, -16, -1, -1e-6, 0, 0.5, 3, 16, 40, 100, 1e30])
parameter_free("inverse-softplus.csv", lambda x: m.log(m.expm1(x)), lambda x: 1 / -m.expm1(-x),
               [1.4e-45, 1e-38, 1e-20, 0.1, 0.5, 0.69, 0.7, 3, 16, 40, 100, 1e30])


def gamma():
    for x in ["0.001", "0.25", "0.5", "0.75", "1", "1.25", "1.5", "1.75", "2", "2.25", "3.5", "6.999", "7.001", "10",
              "33.3", "100", "499.9", "500.1", "1e4", "1e8", "1e15"]:
        x = m.mpf(float(x))
        yield x, m.loggamma(x), m.digamma(x), m.loggamma(x + 0.5) - m.loggamma(x), m.digamma(x + 0.5) - m.digamma(x)


m.mp.dps = 60
write("gamma.csv", ["x", "logGamma", "digamma", "logHalfStep", "logHalfStepSlope"], gamma())
m.mp.dps = 50


def softplus(t):
    return m.log1p(m.exp(t))


def student_t():
    # nu = 1 + softplus(phi2 + b), b such that nu(0) = 10; scale = exp(7 tanh(phi1 / 7))
    b = m.log(m.expm1(9))
    for p0, p1, p2 in [(0, 0, 0), (0.5, -0.75, -8), (-1.25, 1.5, -12), (0, 0.25, 40), (2, -20, -3), (0, 0, 1e9)]:
        for x in [0, 0.75, -3, 40, 1e4]:
            nu = 1 + softplus(p2 + b)
            scale = m.exp(7 * m.tanh(m.mpf(p1) / 7))
            z = (x - m.mpf(p0)) / scale
            log = (m.loggamma((nu + 1) / 2) - m.loggamma(nu / 2) - m.log(nu * m.pi) / 2 - m.log(scale)
                   - (nu + 1) / 2 * m.log1p(z * z / nu))
            yield x, p0, p1, p2, log


write("student-t.csv", ["x", "phi0", "phi1", "phi2", "logProb"], student_t())


def mixture():
    # two components in one dimension; phi = logits, then mean and log-scale of each
    for phi in [(0, 0, 0, 0, 0, 0), (1, -0.5, -2, 0.25, 1.5, -1), (-30, 30, 0, 0, 50, -3), (0.5, 0.25, -0.125, 6, 1e3, 0.5)]:
        for x in [0, 0.75, -3, 40, 1e4]:
            weights = [m.exp(phi[0]), m.exp(phi[1])]
            total = sum(weights)
            p = 0
            for k in range(2):
                scale = m.exp(7 * m.tanh(m.mpf(phi[3 + 2 * k]) / 7))
                z = (x - m.mpf(phi[2 + 2 * k])) / scale
                p += weights[k] / total * m.exp(-z * z / 2) / scale / m.sqrt(2 * m.pi)
            yield (x,) + phi + (m.log(p),)


write("normal-mixture.csv", ["x", "phi0", "phi1", "phi2", "phi3", "phi4", "phi5", "logProb"], mixture())


def upper(z):
    return m.erfc(z / m.sqrt(2)) / 2


def normal_tail():
    for z in [0, 1e-10, 0.1, 0.5, 1, 2, 3, 4, 5, 7.5, 12, 30, 38, 100, 1e3, 1e5, 1e6]:
        z = m.mpf(z)
        yield z, m.sqrt(m.pi / 2) * m.exp(z * z / 2) * m.erfc(z / m.sqrt(2)), m.log(upper(z))


write("normal-tail.csv", ["z", "mills", "logTail"], normal_tail())


def log_quantile(log):
    # Newton on log(1 - Phi(z)) = log <= log(1/2)
    z = m.sqrt(-2 * log)
    for _ in range(200):
        tail = upper(z)
        step = (m.log(tail) - log) * tail / (m.exp(-z * z / 2) / m.sqrt(2 * m.pi))
        z += step
        if abs(step) < m.mpf(10) ** -40:
            return z
    raise ArithmeticError(log)


def spread(k, width, variance):
    means = [width * (m.mpf(2 * j + 1) / k - 1) for j in range(k)]
    return means, m.sqrt(1 - sum(mean ** 2 for mean in means) / k / variance)


def softmax(logits):
    weights = [m.exp(m.mpf(a)) for a in logits]
    return [w / sum(weights) for w in weights]


MIXTURES = [(0, 0, 0, 0, 0, 0), (0.5, -0.25, 1.5, -0.75, 0.5, -1), (-3, 2, 10, -4, -2, 1), (0, 0, 50, -50, 0, 0),
            (100, -100, 0, 8, 0, -3), (0.25, 0, -1, 1, -2.5, -2.5)]
PLACES = [0, 1e-3, 0.5, -0.75, 3, -7.5, 15, -30, 49, 60, -1e3, 1e6, -1e6]


def gaussianization():
    means, start = spread(2, m.mpf(1) / 2, 1)
    for phi in MIXTURES:
        weights = softmax(phi[:2])
        for x in PLACES:
            x = m.mpf(f32(x))
            scales = [start * m.exp(7 * m.tanh(m.mpf(phi[4 + k]) / 7)) for k in range(2)]
            z = [(x - means[k] - phi[2 + k]) / scales[k] for k in range(2)]
            above = sum(weights[k] * upper(z[k]) for k in range(2))
            below = sum(weights[k] * upper(-z[k]) for k in range(2))
            y = log_quantile(m.log(above)) if above < below else -log_quantile(m.log(below))
            p = sum(weights[k] * m.exp(-z[k] ** 2 / 2) / scales[k] for k in range(2))
            yield (x,) + phi + (y, m.log(p) + y * y / 2)


def logistic_map(weights, centers, slopes, x):
    z = [a * (x - c) for a, c in zip(slopes, centers)]
    below = sum(w / (1 + m.exp(-t)) for w, t in zip(weights, z))
    above = sum(w / (1 + m.exp(t)) for w, t in zip(weights, z))
    p = sum(w * a / (1 + m.exp(-t)) / (1 + m.exp(t)) for w, a, t in zip(weights, slopes, z))
    return m.log(below / above), m.log(p / below / above)


def mixture_of_logistics():
    means, start = spread(2, 1, m.pi ** 2 / 3)
    for phi in MIXTURES:
        for x in PLACES:
            x = m.mpf(f32(x))
            scales = [start * m.exp(7 * m.tanh(m.mpf(phi[4 + k]) / 7)) for k in range(2)]
            yield (x,) + phi + logistic_map(
                softmax(phi[:2]), [means[k] + phi[2 + k] for k in range(2)], [1 / s for s in scales], x)


def floored_softplus(t):
    # the scale that LogScale.Softplus(0.001) makes, 1 at t = 0
    low = m.mpf(0.001)
    return low + softplus(t + m.log(m.expm1(1 - low)))


def deep_sigmoidal():
    means, start = spread(2, 1, m.pi ** 2 / 3)
    for phi in MIXTURES:
        for x in PLACES:
            x = m.mpf(f32(x))
            slopes = [floored_softplus(m.mpf(phi[2 + k])) / start for k in range(2)]
            offsets = [phi[4 + k] - means[k] / start for k in range(2)]
            yield (x,) + phi + logistic_map(
                softmax(phi[:2]), [-offsets[k] / slopes[k] for k in range(2)], slopes, x)


def bernstein():
    n, bound = 6, m.mpf(5)
    for phi in [(0,) * 5, (0.5, 1, -1, 2, -2), (-3, -6, 4, -6, 0.25), (10, -20, -20, 5, 3)]:
        steps = [floored_softplus(m.mpf(phi[k])) * 2 * bound / n for k in [1, 1, 2, 3, 4, 4]]
        beta = [phi[0] - sum(steps) / 2]
        for d in steps:
            beta.append(beta[-1] + d)

        def f(x):
            u = (x + bound) / (2 * bound)
            return sum(b * m.binomial(n, i) * u ** i * (1 - u) ** (n - i) for i, b in enumerate(beta))
        for x in [0, 1e-3, 0.5, -0.75, 3, -4.5, 5, -5, 5.5, -30, 1e6]:
            x = m.mpf(f32(x))
            slope = m.diff(f, max(min(x, bound), -bound))
            y = f(x) if abs(x) <= bound else beta[0 if x < 0 else n] + slope * (x - m.sign(x) * bound)
            yield (x,) + phi + (y, m.log(slope))


def sum_of_squares():
    low = m.mpf(0.001)
    for phi in [(0,) * 7, (0.5, 1, -1, 2, -2, 0.5, 0.25), (-3, -1, 4, -6, -1.5, 0, 0), (10, 0.5, 0, 0, -0.25, -3, 1)]:
        def g(t):
            u = t / 4
            p = [1 + b * u + sum(phi[at + l] * u ** l for l in range(3)) for b, at in [(-0.25, 1), (0.25, 4)]]
            return low + (1 - low) / 2 * (p[0] ** 2 + p[1] ** 2)
        for x in [0, 1e-3, 0.5, -0.75, 3, -7.5, 15, -30, 1e3, -1e5]:
            x = m.mpf(f32(x))
            yield (x,) + phi + (phi[0] + m.quad(g, [0, x]), m.log(g(x)))  # exact: a polynomial


def positive_integral():
    n, bound = 7, m.mpf(3)
    nodes = [-bound + 2 * bound * i / (n - 1) for i in range(n)]
    for phi in [(0,) * 8, (0.5, 1, -1, 2, -2, 0.5, 0.25, 1.5), (-3, -1, 8, -6, -1.5, 0, 1, -2), (9, -9, 4, 4, 1, 1, 1, 1)]:
        def net(t):
            return phi[1] + sum(phi[2 + k] * m.tanh((1 + phi[4 + k]) * t + phi[6 + k] - c)
                                for k, c in enumerate([-bound / 4, bound / 4]))
        g = [floored_softplus(net(t)) for t in nodes]

        def slope(x):
            if abs(x) >= bound:
                return g[0 if x < 0 else n - 1]
            i = int(x + bound)
            return g[i] + (g[i + 1] - g[i]) * (x + bound - i)
        for x in [0, 1e-3, 0.5, -0.75, 2.5, -2.75, 3, -3, 7.5, -1e3, 1e6]:
            x = m.mpf(f32(x))
            inner = [t for t in nodes if 0 < t * m.sign(x) < abs(x)]
            knots = [m.mpf(0)] + sorted(inner, key=abs) + [x]
            area = sum((b - a) * (slope(a) + slope(b)) / 2 for a, b in zip(knots, knots[1:]))
            yield (x,) + phi + (phi[0] + area, m.log(slope(x)))


m.mp.dps = 80  # y^2 / 2 and log p cancel to 30 digits less
HEADER = HEADER.replace("50 digits", "80 digits")
write("gaussianization.csv", ["x", "phi0", "phi1", "phi2", "phi3", "phi4", "phi5", "y", "logDerivative"],
      gaussianization())


def write_map(name, count, rows):
    write(name, ["x"] + ["phi%d" % k for k in range(count)] + ["y", "logDerivative"], rows)


m.mp.dps = 50
HEADER = HEADER.replace("80 digits", "50 digits")
write_map("bernstein.csv", 5, bernstein())
write_map("sum-of-squares.csv", 7, sum_of_squares())
write_map("positive-integral.csv", 8, positive_integral())
write_map("mixture-of-logistics.csv", 6, mixture_of_logistics())
write_map("deep-sigmoidal.csv", 6, deep_sigmoidal())
