package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.kernel.ColumnKernel;
import java.util.Arrays;

/// The pullback through the inverse of any scalar map, from its forward pullback V: gY = (gX + V(0, gℓ).x) / f′ with
/// f′ = V(1, 0).x > 0, and gφ = V(−gY, gℓ).φ (implicit function theorem). Nobody who writes a map writes this.
final class ScalarPullback {

    private ScalarPullback() {}

    /// From gX in `g.data()[x ..)`: overwrites gY at y and gφ at phi.
    static void inverse(ColumnKernel column, Pass p, Pullback g, int x, int y, int phi) {
        float[] d = p.data();
        float[] gd = g.data();
        float[] spare = g.spare();
        int stride = p.lanes();
        int n = p.active();
        System.arraycopy(gd, x, spare, 0, n);
        Arrays.fill(gd, y, y + n, 0f);
        column.forwardVjp(d, gd, g.gLogDet(), x, y, phi, stride, n);
        for (int i = 0; i < n; i++) {
            spare[i] += gd[x + i];
        }
        Arrays.fill(gd, y, y + n, 1f);
        column.forwardVjp(d, gd, g.zeros(), x, y, phi, stride, n);
        for (int i = 0; i < n; i++) {
            spare[i] /= gd[x + i]; // f′ > 0: the map is increasing
            gd[y + i] = -spare[i];
        }
        column.forwardVjp(d, gd, g.gLogDet(), x, y, phi, stride, n);
        System.arraycopy(spare, 0, gd, y, n);
    }
}
