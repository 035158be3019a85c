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


m.mp.dps = 80  # y^2 / 2 and log p cancel to 30 digits less
HEADER = HEADER.replace("50 digits", "80 digits")
write("gaussianization.csv", ["x", "phi0", "phi1", "phi2", "phi3", "phi4", "phi5", "y", "logDerivative"],
      gaussianization())
