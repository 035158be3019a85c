#!/usr/bin/env python3
"""Writes structured.csv: values and log-determinants of maps of vectors and matrices by mpmath, 1600 digits.

Values come from the textbook definitions (sums, remainders 1 - sum, square roots, matrix products), which need the
digits far out; log-determinants from central differences of them with a step of 1e-500 and a determinant, so from no
formula for log-determinants at all. None from Fluvial. Run: python3 structured.py > structured.csv

A line is: case; quantity; x; value. Quantity y: all numbers of y. Quantity logDet: to the free numbers of y, which the
calls below list, or to the surface.
"""

import mpmath as mp

mp.mp.dps = 1600
STEP = mp.mpf(10) ** -500


def show(x):
    return mp.nstr(x, 25)


def stick_breaking(x):
    n = len(x) + 1
    y, left = [], mp.mpf(1)
    for k, number in enumerate(x):
        odds = mp.exp(number) / (n - 1 - k)
        y.append(left * odds / (1 + odds))
        left = 1 - sum(y)
    return y + [left]


def ordered(x):
    return [x[0] + sum(mp.exp(s) for s in x[1 : k + 1]) for k in range(len(x))]


def positive_ordered(x):
    return [sum(mp.exp(s) for s in x[: k + 1]) for k in range(len(x))]


def lower(x, n, f):
    at, rows = 0, []
    for i in range(n):
        rows.append([f(x[at + j]) if j == i else x[at + j] if j < i else mp.mpf(0) for j in range(n)])
        at += i + 1 if i + 1 <= n else 0
    return rows


def flat(rows):
    return [number for row in rows for number in row]


def square(rows):
    n = len(rows)
    return [[sum(rows[i][k] * rows[j][k] for k in range(n)) for j in range(n)] for i in range(n)]


def pad(x, n):
    return list(x) + [mp.mpf(0)] * n


def lower_cholesky(n):
    return lambda x: flat(lower(pad(x, n), n, mp.exp))


def positive_definite(n):
    return lambda x: flat(square(lower(pad(x, n), n, mp.exp)))


def correlation_rows(x, n):
    at, rows = 0, []
    for i in range(n):
        row = []
        for j in range(i):
            row.append(mp.tanh(x[at]) * mp.sqrt(1 - sum(number**2 for number in row)))
            at += 1
        row.append(mp.sqrt(1 - sum(number**2 for number in row)))
        rows.append(row + [mp.mpf(0)] * (n - 1 - i))
    return rows


def correlation_cholesky(n):
    return lambda x: flat(correlation_rows(x, n))


def correlation_matrix(n):
    return lambda x: flat(square(correlation_rows(x, n)))


def sphere(x):
    r2 = sum(number**2 for number in x)
    return [2 * number / (1 + r2) for number in x] + [1 - 2 / (1 + r2)]


def ball(x):
    return [number / mp.sqrt(1 + sum(other**2 for other in x)) for number in x]


def zero_sum(x):
    n = len(x) + 1
    v = [-1 / mp.sqrt(n)] * (n - 1) + [1 - 1 / mp.sqrt(n)]  # reflection along e_n - (1, ..., 1)/sqrt(n)
    z = list(x) + [mp.mpf(0)]
    share = 2 * sum(a * b for a, b in zip(v, z)) / sum(a * a for a in v)
    return [a - share * b for a, b in zip(z, v)]


def angles(x):
    y, radius = [], mp.mpf(1)
    for number in x:
        y.append(radius * mp.cos(number))
        radius *= mp.sin(number)
    return y + [radius]


def log_det(f, x, free):
    n = len(x)
    columns = []
    for k in range(n):
        above, below = list(x), list(x)
        above[k] += STEP
        below[k] -= STEP
        columns.append([(a - b) / (2 * STEP) for a, b in zip(f(above), f(below))])
    if free is None:
        gram = mp.matrix(n, n)
        for i in range(n):
            for j in range(n):
                gram[i, j] = sum(a * b for a, b in zip(columns[i], columns[j]))
        return mp.log(abs(mp.det(gram))) / 2
    jacobian = mp.matrix(n, n)
    for i, number in enumerate(free):
        for j in range(n):
            jacobian[i, j] = columns[j][number]
    return mp.log(abs(mp.det(jacobian)))


def check(case, f, free, points):
    for text in points:
        x = [mp.mpf(float(number)) for number in text.split()]  # the double that Java reads
        print(f"{case}; y; {text}; {' '.join(show(y) for y in f(x))}")
        print(f"{case}; logDet; {text}; {show(log_det(f, x, free))}")


print("# mpmath", mp.__version__, "1600 digits; python3 structured.py; 2026-11-24")
three = ["0 0 0", "0.5 -1.25 2", "40 -40 40", "-40 40 -40", "-800 1 2", "3 -800 -800", "1 800 2"]
check("StickBreaking(4)", stick_breaking, [0, 1, 2], three)
check("StickBreaking(2)", stick_breaking, [0], ["0", "-30.5", "700"])
check("IntoOrdered(3)", ordered, [0, 1, 2], ["0 0 0", "-3.5 1.25 -2", "0 -40 40", "-800 1 600"])
check("IntoPositiveOrdered(3)", positive_ordered, [0, 1, 2], ["0 0 0", "-3.5 1.25 -2", "-700 -40 40"])
packed = ["0 0 0 0 0 0", "0.5 -1.25 2 3 0.75 -1", "-40 0.5 40 -3 800 20", "30 800 -30 -800 1 -300"]
check("IntoLowerCholesky(3)", lower_cholesky(3), [0, 3, 4, 6, 7, 8], packed)
check("IntoPositiveDefinite(3)", positive_definite(3), [0, 3, 4, 6, 7, 8], packed)
check("IntoPositiveDefinite(1)", positive_definite(1), [0], ["0", "-1.5", "300"])
check("IntoCorrelationCholesky(3)", correlation_cholesky(3), [3, 6, 7], three)
check("IntoCorrelationCholesky(2)", correlation_cholesky(2), [2], ["0", "0.7", "-20", "800"])
check("IntoCorrelationMatrix(3)", correlation_matrix(3), [3, 6, 7], three)
six = ["0 0 0 0 0 0", "0.5 -1.25 2 0.3 0.75 -1", "20 1 -1 -20 0.1 20"]
check("IntoCorrelationCholesky(4)", correlation_cholesky(4), [4, 8, 9, 12, 13, 14], six)
check("IntoCorrelationMatrix(4)", correlation_matrix(4), [4, 8, 9, 12, 13, 14], six)
check("IntoSphere(4)", sphere, None, three + ["1e-200 0 1e-200", "1e200 0 1"])
check("IntoBall(3)", ball, [0, 1, 2], three + ["1e-200 0 1e-200", "1e200 0 1"])
check("IntoZeroSum(4)", zero_sum, None, three)
check("SphericalAngles(4)", angles, None, ["1 2 3", "1e-9 3.1415 -3", "1.5 1e-200 0"])
check("SphericalAngles(2)", angles, None, ["0.5", "-3.125"])
