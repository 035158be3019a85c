"""Log-densities of the golden RealNVP in double precision, from its tensors alone. See README.md."""
import sys
import numpy as np
from safetensors.numpy import load_file

t = {k: v.astype(np.float64) for k, v in load_file(sys.argv[1]).items()}
HALF_LOG_TWO_PI = 0.5 * np.log(2 * np.pi)


def coupling(part, x, c, moved):
    """y = x exp(s) + t on the moved features, s = 3 tanh(a / 3); a and t from a tanh network of the others and c."""
    kept = [j for j in range(3) if j not in moved]
    h = np.concatenate([x[kept], c])
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
    for part, moved in ((1, [0, 2]), (2, [1]), (None, None), (4, [0, 2])):
        if part is None:
            x = x[::-1]
        else:
            x, log_det = coupling(part, x, c, moved)
            total += log_det
    return total - 3 * HALF_LOG_TWO_PI - 0.5 * np.sum(x * x)


rng = np.random.default_rng(1)
rows = np.concatenate([rng.normal(0, 1.5, (8, 5)), np.zeros((1, 5)), np.full((1, 5), -4.0)]).astype(np.float32)
print("x0,x1,x2,c0,c1,logProb")
for r in rows.astype(np.float64):
    print(",".join(repr(float(v)) for v in r) + "," + repr(float(log_prob(r[:3], r[3:]))))
