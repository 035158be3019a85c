# Writes the golden files of the rational-quadratic spline beside it: python3 spline.py
#
# The formulas are those of Durkan et al. 2019 (arXiv:1906.04032, eq. 4-5), not the rearranged ones of the library;
# log f' is that of eq. 5.
import datetime
import random
import struct
import mpmath as m

m.mp.dps = 50
HEADER = "# mpmath {}, 50 digits, {}, python3 spline.py\n".format(m.__version__, datetime.date.today())
MIN = m.mpf(1e-3)  # the double


def f32(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def knots(raw, bound):
    e = [m.exp(m.mpf(a)) for a in raw]
    at = [-bound]
    for a in e:
        at.append(at[-1] + 2 * bound * (MIN + (1 - len(e) * MIN) * a / sum(e)))
    return at


def slope(raw):
    return MIN + m.log1p(m.exp(raw + m.log(m.expm1(1 - MIN))))


def spline(x, phi, bins, bound, tails):
    w, h, d = phi[:bins], phi[bins:2 * bins], [slope(m.mpf(a)) for a in phi[2 * bins:]]
    if tails == "linear":
        d = [m.mpf(1)] + d + [m.mpf(1)]
    if tails == "circular":
        d = d + d[:1]
    if abs(x) > bound:
        return x, m.mpf(0)
    xs, ys = knots(w, bound), knots(h, bound)
    k = max(j for j in range(bins) if xs[j] <= x or j == 0)
    xi = (x - xs[k]) / (xs[k + 1] - xs[k])
    s = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k])
    q = xi * (1 - xi)
    den = s + (d[k + 1] + d[k] - 2 * s) * q
    y = ys[k] + (ys[k + 1] - ys[k]) * (s * xi ** 2 + d[k] * q) / den
    return y, m.log(s ** 2 * (d[k + 1] * xi ** 2 + 2 * s * q + d[k] * (1 - xi) ** 2) / den ** 2)


def affine(x, phi, bins, bound):
    cx, sx, cy, sy = [m.mpf(a) for a in phi[3 * bins - 1:]]
    sx, sy = 3 * m.tanh(sx / 3), 3 * m.tanh(sy / 3)
    v, log = spline((x - cx) / m.exp(sx), phi[:3 * bins - 1], bins, bound, "linear")
    return cy + m.exp(sy) * v, log + sy - sx


def write(tails, count, bound, points):
    bins = 3
    rng = random.Random(1)
    with open("spline-{}.csv".format(tails), "w") as f:
        f.write(HEADER)
        f.write("# x," + ",".join("phi{}".format(k) for k in range(count)) + ",y,logDerivative\n")
        for size in [0, 0.7, 0.7, 3, 10]:
            phi = [round(8 * rng.gauss(0, size)) / 8 for _ in range(count)]
            for x in points:
                x = m.mpf(f32(x))
                y, log = affine(x, phi, bins, bound) if tails == "affine" else spline(x, phi, bins, bound, tails)
                f.write(",".join(m.nstr(m.mpf(v), 20) for v in [x] + phi + [y, log]) + "\n")


INSIDE = [-3, -2.999, -2.3, -1, -0.2, 0.5, 1, 1.7, 2.5, 2.999, 3]
write("linear", 8, m.mpf(3), INSIDE + [-3.001, 3.001, 12, -1e30])
write("affine", 12, m.mpf(3), INSIDE + [-3.001, 3.001, 12, -1e20])
write("none", 10, m.mpf(3), INSIDE)
write("circular", 9, m.mpf(f32(m.pi)), [-f32(m.pi), -3, -1, 0.25, 1, 2, 3.125, f32(m.pi)])
