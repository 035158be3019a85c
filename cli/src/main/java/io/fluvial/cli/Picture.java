package io.fluvial.cli;

import io.fluvial.Samples;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.function.Function;
import javax.imageio.ImageIO;

/// A picture of a window of the plane, as a PNG inside a `data:` address.
final class Picture {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 520;
    private static final double HALF_X = 1.9;
    private static final double HALF_Y = 1.3;

    // White to deep blue, in even steps of lightness; the same ramp for every density, so that they compare.
    private static final int[] RAMP = {0xffffff, 0xd9ebf5, 0x9fcfe6, 0x4f9fcb, 0x1d6aa5, 0x0a3566};

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);

    private Picture() {}

    /// One dot per row, at most `count`.
    static Picture ofPoints(Samples rows, int count) {
        Picture picture = new Picture();
        Graphics2D g = picture.graphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        g.setColor(new Color(29, 106, 165, 110));
        for (int i = 0; i < Math.min(count, rows.count()); i++) {
            g.fill(circle(rows.get(i, 0), rows.get(i, 1), 2.6));
        }
        g.dispose();
        return picture;
    }

    /// The colour of a point is the square root of its density, as a share of `most`.
    static Picture ofDensity(Function<Samples, double[]> logProb, double most) {
        float[][] grid = new float[2][WIDTH * HEIGHT];
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                grid[0][row * WIDTH + column] = (float) (HALF_X * (2 * (column + 0.5) / WIDTH - 1));
                grid[1][row * WIDTH + column] = (float) (HALF_Y * (1 - 2 * (row + 0.5) / HEIGHT));
            }
        }
        double[] values = logProb.apply(Samples.wrap(grid));
        Picture picture = new Picture();
        for (int i = 0; i < values.length; i++) {
            picture.image.setRGB(i % WIDTH, i / WIDTH, colour(Math.exp(0.5 * values[i]) / Math.sqrt(most)));
        }
        return picture;
    }

    /// Marks a point by a ring.
    Picture mark(double x, double y, int rgb) {
        Graphics2D g = graphics();
        g.setStroke(new BasicStroke(9));
        g.setColor(Color.WHITE);
        g.draw(circle(x, y, 15));
        g.setStroke(new BasicStroke(5));
        g.setColor(new Color(rgb));
        g.draw(circle(x, y, 15));
        g.dispose();
        return this;
    }

    private Graphics2D graphics() {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return g;
    }

    private static Ellipse2D circle(double x, double y, double radius) {
        double px = (x / HALF_X + 1) / 2 * WIDTH;
        double py = (1 - y / HALF_Y) / 2 * HEIGHT;
        return new Ellipse2D.Double(px - radius, py - radius, 2 * radius, 2 * radius);
    }

    private static int colour(double share) {
        double at = Math.clamp(share, 0, 1) * (RAMP.length - 1); // NaN gives the first colour
        int k = Math.min((int) at, RAMP.length - 2);
        double t = at - k;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = RAMP[k] >> shift & 0xff;
            int to = RAMP[k + 1] >> shift & 0xff;
            rgb |= (int) Math.round(from + t * (to - from)) << shift;
        }
        return rgb;
    }

    /// `data:image/png;base64,…`
    String address() throws IOException {
        ImageIO.setUseCache(false);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
