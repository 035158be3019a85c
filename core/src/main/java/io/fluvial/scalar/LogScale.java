package io.fluvial.scalar;

/// How a network's raw output a becomes the log-scale s of an affine map: the choices in use, all with s(0) = 0, so
/// that a flow starts as the identity, and all bounded away from a scale of zero.
public sealed interface LogScale {

    /// s(a).
    double logScale(double a);

    /// ds/da.
    double slope(double a);

    /// s = limit · tanh(a / limit), |s| < limit (RealNVP's own choice: Dinh et al. 2017, arXiv:1605.08803, section
    /// 4.1).
    record Tanh(double limit) implements LogScale {
        public Tanh {
            checkLimit(limit);
        }

        @Override
        public double logScale(double a) {
            return limit * Math.tanh(a / limit);
        }

        @Override
        public double slope(double a) {
            double t = Math.tanh(a / limit);
            return 1 - t * t;
        }
    }

    /// s = a / (1 + |a / limit|), |s| < limit: the cheapest bound, with slower tails than tanh (zuko's choice,
    /// limit ln 1000).
    record SoftClip(double limit) implements LogScale {
        public SoftClip {
            checkLimit(limit);
        }

        @Override
        public double logScale(double a) {
            return a / (1 + Math.abs(a / limit));
        }

        @Override
        public double slope(double a) {
            double r = 1 / (1 + Math.abs(a / limit));
            return r * r;
        }
    }

    /// scale = min + (max − min) · σ(a + b), with b such that the scale is 1 at a = 0 (Glow and nflows use max ≈ 1
    /// and a bias of 2, whose scale can never exceed 1; the bias is absorbed by the network, the bound is a choice
    /// here).
    record Sigmoid(double min, double max) implements LogScale {
        public Sigmoid {
            if (!(min > 0 && min < 1 && max > 1 && max < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("sigmoid scale needs 0 < min < 1 < max, got " + min + " and " + max);
            }
        }

        /// b = logit((1 − min) / (max − min)); both arguments of the logarithm are positive since min < 1 < max.
        public double offset() {
            return Math.log((1 - min) / (max - 1));
        }

        @Override
        public double logScale(double a) {
            return Math.log(min + (max - min) / (1 + Math.exp(-a - offset())));
        }

        @Override
        public double slope(double a) {
            double sigma = 1 / (1 + Math.exp(-a - offset()));
            return (max - min) * sigma * (1 - sigma) / (min + (max - min) * sigma);
        }
    }

    /// scale = min + softplus(a + b), with b such that the scale is 1 at a = 0 (nflows and FlowJAX, without b).
    record Softplus(double min) implements LogScale {
        public Softplus {
            if (!(min > 0 && min < 1)) {
                throw new IllegalArgumentException("softplus scale needs 0 < min < 1, got " + min);
            }
        }

        /// b = log(exp(1 − min) − 1), positive argument since min < 1.
        public double offset() {
            return Math.log(Math.expm1(1 - min));
        }

        @Override
        public double logScale(double a) {
            return Math.log(min + softplus(a + offset()));
        }

        @Override
        public double slope(double a) {
            double t = a + offset();
            return 1 / (1 + Math.exp(-t)) / (min + softplus(t));
        }

        private static double softplus(double t) {
            return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
        }
    }

    private static void checkLimit(double limit) {
        if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the bound of a log-scale must be positive, got " + limit);
        }
    }
}
