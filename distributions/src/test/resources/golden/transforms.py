#!/usr/bin/env python3
"""Writes transforms.csv: scalar transforms, their inverses, log-derivatives and slopes of those by mpmath, 60 digits.

A transform is given by its definition alone; the inverse is the definition's inverse in 60 digits, ℓ and its slope are
central differences of the definition in 700 digits. The last column is the error that the Javadoc
of the transform allows, in units of 2⁻⁵² relative to the number before it (the value, or what the Javadoc names).
Run: python3 transforms.py > transforms.csv
"""

import mpmath as mp

mp.mp.dps = 60


def show(x):
    return mp.nstr(x, 25)


def line(case, quantity, x, value, scale, ulps):
    if abs(value) > mp.mpf("1.79e308"):
        return
    print(f"{case}; {quantity}; {x!r}; {show(value)}; {show(mp.mpf(scale))}; {mp.nstr(mp.mpf(ulps), 5)}")


def derivative(f, x, n):
    """Central differences, of relative step 1e-40 in 700 digits."""
    with mp.workdps(700):  # 1 - tanh(300) is 1e-260
        h = mp.mpf(10) ** -40 * (abs(x) if x != 0 else 1)
        if n == 1:
            return (f(x + h) - f(x - h)) / (2 * h)
        return (f(x + h) - 2 * f(x) + f(x - h)) / (h * h)


def case(name, f, xs, forward, inverse=None, inv=None, ys=(), ell=None, slopes=True, slope_scale=lambda x: 0):
    """forward, inverse, ell: functions of (x, y) that give (scale, ulps)."""
    for x in xs:
        m = mp.mpf(x)
        y = f(m)
        line(name, "forward", x, y, *forward(m, y))
        d = derivative(f, m, 1)
        l = mp.log(abs(d))
        line(name, "logDerivative", x, l, *(ell or (lambda x, y, l: (max(abs(l), mp.mpf(1)), 4)))(m, y, l))
        if slopes:
            s = derivative(f, m, 2) / d
            line(name, "slope", x, s, max(abs(s), mp.mpf("1e-12"), slope_scale(m)), 16)
    for y in ys:
        m = mp.mpf(y)
        x = inv(m)
        line(name, "inverse", y, x, *inverse(x, m))


def rel(ulps):
    return lambda x, y: (abs(y), ulps)


def relx(ulps):
    return lambda x, y: (abs(x), ulps)


print("# mpmath", mp.__version__, "60 digits; python3 transforms.py; 2026-11-24")
print("# case; quantity; argument; value; scale of the error; allowed error in 2^-52 of the scale")
line_points = [-3.7, -1.0, -0.3, -1e-9, 1e-12, 0.25, 1.5, 6.0]

case("AffineTransform(0.5, -3)", lambda x: mp.mpf("0.5") - 3 * x, line_points,
     lambda x, y: (abs(y) + mp.mpf("0.5"), 1), lambda x, y: (abs(x) + mp.mpf("0.5"), 2), lambda y: (mp.mpf("0.5") - y) / 3,
     line_points, slopes=False)

positive = [5e-324, 1e-300, 0.003, 0.999999, 1.0000001, 2.5, 700.0, 1e300]
case("Log", mp.log, positive, rel(1), relx(1), mp.exp, [-744.0, -3.0, -1e-9, 0.5, 700.0])
case("Exp", mp.exp, [-700.0, -3.0, -1e-9, 0.5, 700.0], rel(1), relx(1), mp.log, positive, slopes=False)
for p in ["2", "0.5", "-1.5", "0.001", "3"]:
    e = mp.mpf(float(p))
    case(f"Power({p})", lambda x: x**e, [0.003, 0.999999, 1.0000001, 2.5, 700.0, 1e90], rel(2),
         lambda x, y: (abs(x), 2 + abs(mp.log(x))), lambda y: y ** (1 / e), [0.7, 0.999999, 1.0000001, 1.5],
         ell=lambda x, y, l: (max(abs(l), mp.mpf(1), abs(mp.log(x))), 4))
for p in ["2", "0.4", "1"]:
    e = mp.mpf(float(p))
    case(f"SignedPower({p})", lambda x: mp.sign(x) * abs(x) ** e, [-700.0, -0.003, 1e-30, 2.5], rel(2),
         lambda x, y: (abs(x), 2 + abs(mp.log(abs(x)))), lambda y: mp.sign(y) * abs(y) ** (1 / e),
         [-5.0, -1e-9, 0.3, 1e12], ell=lambda x, y, l: (max(abs(l), mp.mpf(1), abs(mp.log(abs(x)))), 4), slopes=p != "1")
for p in ["0", "1e-12", "-1e-12", "0.5", "1", "-2", "3"]:
    e = mp.mpf(float(p))
    f = (lambda x: mp.log(x)) if e == 0 else (lambda x: (x**e - 1) / e)
    g = (lambda y: mp.exp(y)) if e == 0 else (lambda y: mp.exp(mp.log1p(e * y) / e))
    case(f"BoxCox({p})", f, [1e-100, 0.003, 0.999999, 1.0000001, 2.5, 700.0, 1e30],
         lambda x, y: (abs(y), 2 + abs(e * mp.log(x)) + 1 * abs(1)),
         lambda x, y: (abs(x), 3 + 2 * abs(mp.log(x))), g,
         [y for y in [-0.4, -1e-9, 1e-5, 0.2, 4.0, 50.0] if e * y > -0.5],
         ell=lambda x, y, l: (max(abs(l), mp.mpf("1e-300")), 4), slopes=p != "1")


def yeo(e):
    def f(x):
        if x >= 0:
            return mp.log1p(x) if e == 0 else ((1 + x) ** e - 1) / e
        return -mp.log1p(-x) if e == 2 else -((1 - x) ** (2 - e) - 1) / (2 - e)

    def g(y):
        if y >= 0:
            return mp.expm1(y) if e == 0 else mp.expm1(mp.log1p(e * y) / e)
        return -mp.expm1(-y) if e == 2 else -mp.expm1(mp.log1p(-(2 - e) * y) / (2 - e))

    return f, g


for p in ["0", "1e-12", "0.5", "1", "2", "1.999999999999", "-1", "3"]:
    e = mp.mpf(float(p))
    f, g = yeo(e)
    case(f"YeoJohnson({p})", f, [-1e20, -7.0, -0.3, -1e-9, 1e-12, 0.25, 4.0, 1e20],
         lambda x, y: (abs(y), 3 + abs((e if x > 0 else 2 - e) * mp.log1p(abs(x)))),
         lambda x, y: (abs(x), 4 + 2 * mp.log1p(abs(x))), g,
         [y for y in [-0.4, -1e-9, 1e-5, 0.2, 4.0] if (e if y > 0 else e - 2) * y > -0.6],
         ell=lambda x, y, l: (max(abs(l), mp.mpf("1e-300")), 4), slopes=p != "1")

wide = [-740.0, -40.0, -3.0, -1e-9, 1e-12, 0.25, 3.0, 35.0]
case("Sigmoid", lambda x: 1 / (1 + mp.exp(-x)), wide, rel(4), relx(4), lambda y: mp.log(y / (1 - y)),
     [5e-324, 1e-20, 0.1, 0.26, 0.49999999, 0.5000001, 0.74, 0.76, 0.999, 1 - 2**-53],
     ell=lambda x, y, l: (abs(l), 4))
line("Sigmoid", "logDerivative", 800.0, mp.mpf(-800), 800, 1)
line("Sigmoid", "logDerivative", -800.0, mp.mpf(-800), 800, 1)
case("Tanh", mp.tanh, [-300.0, -19.0, -3.0, -0.6, -0.4, -1e-9, 1e-12, 0.25, 3.0, 18.0], rel(4), relx(4), mp.atanh,
     [-1 + 2**-53, -0.9, -1e-9, 1e-300, 0.3, 0.5, 0.99], ell=lambda x, y, l: (abs(l), 4))
case("Softplus", lambda x: mp.log1p(mp.exp(x)), [-744.0, -40.0, -3.0, -1e-9, 1e-12, 0.25, 3.0, 35.0, 800.0], rel(3),
     lambda x, y: (max(abs(x), mp.mpf(1)), 2), lambda y: mp.log(mp.expm1(y)),
     [5e-324, 1e-20, 0.1, 0.69, 0.7, 3.0, 800.0], ell=lambda x, y, l: (abs(l), 4))


def clip(lower, upper):
    c, b = (mp.mpf(lower) + upper) / 2, (mp.mpf(upper) - lower) / 2
    return (lambda x: c + (x - c) / (1 + abs(x - c) / b)), (lambda y: c + (y - c) / (1 - abs(y - c) / b))


for lower, upper in [(-11, 11), (2, 5)]:
    f, g = clip(lower, upper)
    case(f"SoftClip({lower}, {upper})", f, [-1e9, -30.0, -0.3, 1e-12, 3.25, 20.0, 1e9],
         lambda x, y: (max(abs(y), mp.mpf(abs(lower + upper)) / 2), 2),
         lambda x, y: (abs(x) + abs(lower + upper), 4), g, [lower + 2**-45, lower + 1.25, upper - 2**-45, upper - 0.5])


def softplus_clip(lower, upper, c):
    z = lambda t: c * mp.log1p(mp.exp(t / c))
    zi = lambda t: c * mp.log(mp.expm1(t / c))
    if upper is None:
        return (lambda x: lower + z(x - lower)), (lambda y: lower + zi(y - lower))
    if lower is None:
        return (lambda x: upper - z(upper - x)), (lambda y: upper - zi(upper - y))
    w = mp.mpf(upper) - lower
    return ((lambda x: upper - w * z(w - z(x - lower)) / z(w)),
            (lambda y: lower + zi(w - zi((upper - y) * z(w) / w))))


for lower, upper, c in [(-10, 10, "1"), (-5, 5, "10"), (2, 5, "0.1"), (0, None, "0.5"), (None, 3, "2")]:
    f, g = softplus_clip(lower, upper, mp.mpf(float(c)))
    name = f"SoftplusClip({'-inf' if lower is None else lower}, {'inf' if upper is None else upper}, {c})"
    ends = max(abs(lower or 0), abs(upper or 0)) + mp.mpf(float(c))
    near = [] if lower is None else [lower + 2**-40, lower + 0.75]
    near += [] if upper is None else [upper - 2**-40, upper - 0.75]
    case(name, f, [-60.0, -15.0, -1.0, 0.3, 2.5, 9.0, 20.0, 60.0],
         lambda x, y: (max(abs(y), abs(lower or 0) * 1e-3), 6) if lower == 0 else (abs(y) + ends, 2),
         lambda x, y: (abs(x) + ends, 8), g, near,
         ell=lambda x, y, l: (max(abs(l), mp.mpf(1)), 4 + 2 * abs(l)))

for skew, tail in [("0", "1"), ("0.5", "2"), ("-2", "0.3"), ("1", "30")]:
    s, t = mp.mpf(float(skew)), mp.mpf(float(tail))
    m = 2 / mp.sinh(mp.asinh(2) * t)
    z = lambda x: (mp.asinh(x) + s) * t
    case(f"SinhArcsinh({skew}, {tail})", lambda x: m * mp.sinh(z(x)), [-1e12, -7.0, -0.3, -1e-9, 1e-12, 0.25, 4.0, 1e9],
         lambda x, y: (abs(y), 4 + 2 * abs(z(x)) + 2 * t * abs(s)),
         lambda x, y: (abs(x) + abs(mp.sinh(s)), 4 + 2 * abs(mp.asinh(y / m) / t) + abs(mp.asinh(x))),
         lambda y: mp.sinh(mp.asinh(y / m) / t - s),
         [-1e12, -7.0, -1e-9, 1e-12, 0.25, 1e9], ell=lambda x, y, l: (1 + abs(z(x)) + abs(l) + mp.log1p(abs(x)) + t, 4),
         slope_scale=lambda x: (1 + t) / (1 + abs(x)))

for delta in ["0", "1e-6", "0.2", "3"]:
    d = mp.mpf(float(delta))
    inv = (lambda y: y) if d == 0 else (lambda y: mp.sign(y) * mp.sqrt(mp.lambertw(d * y * y).real / d))
    case(f"LambertWTail({delta})", lambda x: x * mp.exp(d * x * x / 2), [-9.0, -0.3, 1e-12, 0.25, 4.0],
         lambda x, y: (abs(y), 2 + d * x * x), relx(6), inv, [-1e300, -7.0, -1e-9, 1e-100, 0.9, 1.3, 1e9],
         ell=lambda x, y, l: (max(abs(l), mp.mpf("1e-300")), 3), slopes=delta != "0")
