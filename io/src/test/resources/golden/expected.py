"""Log-densities of the golden RealNVP in double precision, from its tensors alone. See README.md."""
import json
import sys
import numpy as np

file = open(sys.argv[1], "rb").read()
start = 8 + int.from_bytes(file[:8], "little")
t = {}
for name, tensor in json.loads(file[8:start]).items():
    if name != "__metadata__":
        a, b = tensor["data_offsets"]
        t[name] = np.frombuffer(file[start + a : start + b], "<f4").reshape(tensor["shape"]).astype(np.float64)
HALF_LOG_TWO_PI = 0.5 * np.log(2 * np.pi)


def coupling(part, x, c, moved, bound):
    """y = x exp(s) + t on the moved features, s = 3 tanh(a / 3); a and t from a tanh network of the others and c."""
    kept = [j for j in range(3) if j not in moved]
    h = np.concatenate([x[kept] / np.sqrt(1 + (x[kept] / bound) ** 2), c])
    h = np.tanh(t[f"bijector.{part}.0.weight"] @ h + t[f"bijector.{part}.0.bias"])
    phi = t[f"bijector.{part}.1.weight"] @ h + t[f"bijector.{part}.1.bias"]
    y, log_det = x.copy(), 0.0
    for m, j in enumerate(moved):
        s = 3 * np.tanh(phi[2 * m + 1] / 3)
        y[j] = x[j] * np.exp(s) + phi[2 * m]
        log_det += s
    return y, log_det


def log_prob(x, c):
    deviation = t["bijector.0.deviation"]
    x, total = (x - t["bijector.0.mean"]) / deviation, -np.sum(np.log(deviation))
    for part, moved, bound in ((1, [0, 2], np.inf), (2, [1], 2.0), (None, None, None), (4, [0, 2], np.inf)):
        if part is None:
            x = x[::-1]
        else:
            x, log_det = coupling(part, x, c, moved, bound)
            total += log_det
    return total - 3 * HALF_LOG_TWO_PI - 0.5 * np.sum(x * x)


rng = np.random.default_rng(1)
rows = np.concatenate([rng.normal(0, 1.5, (8, 5)), np.zeros((1, 5)), np.full((1, 5), -4.0)]).astype(np.float32)
print("x0,x1,x2,c0,c1,logProb")
for r in rows.astype(np.float64):
    print(",".join(repr(float(v)) for v in r) + "," + repr(float(log_prob(r[:3], r[3:]))))
