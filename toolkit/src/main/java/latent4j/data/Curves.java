package latent4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.function.DoubleBinaryOperator;

/**
 * Polylines in the plane: what is left of curves once they are cut into short straight pieces.
 *
 * @param lines one array {@code x0, y0, x1, y1, ...} for each line
 */
record Curves(List<double[]> lines) {

    private static final int PIECES = 10;

    /**
     * Reads the path language of SVG, as far as it is needed: {@code M x y} lifts the pen, {@code L x
     * y} draws a straight line and {@code C x1 y1 x2 y2 x y} a cubic Bezier curve, all in absolute
     * coordinates.
     */
    static Curves parse(String path) {
        var lines = new ArrayList<double[]>();
        var line = new ArrayList<Double>();
        double x = 0;
        double y = 0;
        try (var words = new Scanner(path)) {
            while (words.hasNext()) {
                var command = words.next();
                double a = Double.parseDouble(words.next());
                double b = Double.parseDouble(words.next());
                switch (command) {
                    case "M" -> {
                        keep(line, lines);
                        add(line, a, b);
                    }
                    case "L" -> add(line, a, b);
                    case "C" -> {
                        double c = Double.parseDouble(words.next());
                        double d = Double.parseDouble(words.next());
                        double endX = Double.parseDouble(words.next());
                        double endY = Double.parseDouble(words.next());
                        for (int i = 1; i <= PIECES; i++) {
                            double t = (double) i / PIECES;
                            add(line, bezier(t, x, a, c, endX), bezier(t, y, b, d, endY));
                        }
                    }
                    default -> throw new IllegalArgumentException("expected M, L or C, got " + command);
                }
                x = line.get(line.size() - 2);
                y = line.get(line.size() - 1);
            }
        }
        keep(line, lines);
        return new Curves(List.copyOf(lines));
    }

    /** The same lines with every point {@code (x, y)} moved to {@code (newX(x, y), newY(x, y))}. */
    Curves map(DoubleBinaryOperator newX, DoubleBinaryOperator newY) {
        var moved = new ArrayList<double[]>(lines.size());
        for (var line : lines) {
            var target = new double[line.length];
            for (int i = 0; i < line.length; i += 2) {
                target[i] = newX.applyAsDouble(line[i], line[i + 1]);
                target[i + 1] = newY.applyAsDouble(line[i], line[i + 1]);
            }
            moved.add(target);
        }
        return new Curves(moved);
    }

    /** The squared distance from a point to the straight piece between {@code (x0, y0)} and {@code (x1, y1)}. */
    static double squaredDistance(double x, double y, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = dx * dx + dy * dy;
        double along = length == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
        double t = Math.max(0, Math.min(1, along));
        double offX = x - (x0 + t * dx);
        double offY = y - (y0 + t * dy);
        return offX * offX + offY * offY;
    }

    private static double bezier(double t, double p0, double p1, double p2, double p3) {
        double s = 1 - t;
        return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
    }

    private static void add(List<Double> line, double x, double y) {
        line.add(x);
        line.add(y);
    }

    private static void keep(List<Double> line, List<double[]> lines) {
        if (!line.isEmpty()) {
            lines.add(line.stream().mapToDouble(Double::doubleValue).toArray());
            line.clear();
        }
    }
}
