package latent4j.plot;

import ai.djl.ndarray.types.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.GenerativeAdversarialNetwork;
import latent4j.tensor.Tape;
import latent4j.train.History;
import latent4j.train.History.Series;
import latent4j.train.Run;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The toolkit's charts: of training, of codes, of numbers to compare. */
public final class Charts {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 340;
    private static final BasicStroke THIN = new BasicStroke(0.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke THICK = new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke DASHED =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);

    /**
     * A line to draw.
     *
     * @param name stands at the line's end
     * @param x where
     * @param y what; NaN leaves a gap
     */
    public record Line(String name, double[] x, double[] y) {
        public Line {
            if (x.length != y.length || x.length == 0) {
                throw new IllegalArgumentException("line '" + name + "' needs as many x as y and at least one, got "
                        + x.length + " x and " + y.length + " y");
            }
        }
    }

    /**
     * A number with its error to draw.
     *
     * @param name stands at the right
     * @param value where the dot is
     * @param error how far the bar reaches to either side; NaN for none
     */
    public record Dot(String name, double value, double error) {
        double low() {
            return error > 0 ? value - error : value;
        }

        double high() {
            return error > 0 ? value + error : value;
        }
    }

    private Charts() {}

    /**
     * What was measured while training, over epochs: the training values thin and light with their running mean, the
     * held-out values with markers. Quantities of different units have panels of their own.
     */
    public static Figure lossChart(History history) {
        return lossChart(history, last(history), Integer.MAX_VALUE);
    }

    /** The same of a training that still runs: the axis reaches to its end, and there are at most {@code panels}. */
    public static Figure lossChart(History history, double epochs, int panels) {
        var charts = new ArrayList<LabelledChart>();
        int color = 0;
        for (var panel : panels(history)) {
            if (charts.size() < panels) {
                charts.add(panel(panel, epochs, color, Map.of()));
                color += (int) panel.stream().map(Series::name).distinct().count();
            }
        }
        if (charts.isEmpty()) {
            charts.add(empty(epochs));
        }
        int gutter = charts.stream().mapToInt(LabelledChart::gutter).max().orElse(0);
        charts.forEach(chart -> chart.reserve(gutter));
        int height = charts.size() == 1 ? HEIGHT : 240 * charts.size();
        return new Figure(List.copyOf(charts), WIDTH, height, describe(history.series()));
    }

    /**
     * The losses of players who train against each other, such as a generator and its discriminator.
     *
     * @throws IllegalArgumentException when the history holds no two series of one unit on training data
     */
    public static Figure playersChart(History history) {
        return playersChart(history, Map.of());
    }

    /**
     * The losses of a generator and its discriminator, each with the loss at which neither is ahead: where all scores
     * are 0, that is, where the discriminator cannot tell. For the original losses that is log 4 for the discriminator. A
     * run from a file has no model to ask for it.
     */
    public static Figure playersChart(Run run) {
        if (!(run.trained().orElse(null) instanceof GenerativeAdversarialNetwork gan)) {
            return playersChart(run.history());
        }
        try (var tape = Tape.evaluation()) {
            var undecided = latent4j.tensor.Arrays.of(new float[1], new Shape(1, 1));
            return playersChart(
                    run.history(),
                    Map.of(
                            "discriminator",
                            (double) gan.discriminatorLoss(undecided, undecided).getFloat(),
                            "generator",
                            (double) gan.generatorLoss(undecided).getFloat()));
        }
    }

    /**
     * The losses of players who train against each other.
     *
     * @param equilibrium for each player's series the loss at which neither is ahead, drawn dashed: log 4 for the
     *     original discriminator
     */
    public static Figure playersChart(History history, Map<String, Double> equilibrium) {
        var players = history.series().stream()
                .filter(s -> isPlayer(s.name()) || equilibrium.containsKey(s.name()))
                .toList();
        if (players.stream().filter(s -> !s.validation()).count() < 2) {
            throw new IllegalArgumentException("expected the training losses of two players, "
                    + (equilibrium.isEmpty()
                            ? "named generator and discriminator or critic"
                            : "named " + equilibrium.keySet())
                    + "; got "
                    + history.series().stream().map(Series::name).distinct().toList());
        }
        return new Figure(List.of(panel(players, last(history), 0, equilibrium)), WIDTH, HEIGHT, describe(players));
    }

    /** Points in the plane, such as a set of 2-D samples or codes, coloured by class where there are classes. */
    public static Figure scatter(Samples points) {
        if (points.shape().dimension() != 1 || points.shape().get(0) != 2) {
            throw new IllegalArgumentException(
                    "a scatter chart needs points of 2 numbers, got " + points + "; project them to 2 first");
        }
        var rows = IntStream.range(0, points.size()).mapToObj(points::row).toArray(float[][]::new);
        return scatter(rows, points.labels().orElse(null), points.classNames());
    }

    /**
     * Points in the plane, coloured by class, each class named at its median.
     *
     * @param points two numbers each
     * @param labels each point's class, or null
     */
    public static Figure scatter(float[][] points, int[] labels) {
        return scatter(points, labels, List.of());
    }

    private static Figure scatter(float[][] points, int[] labels, List<String> names) {
        if (labels != null && labels.length != points.length) {
            throw new IllegalArgumentException(
                    "expected " + points.length + " labels, one a point, got " + labels.length);
        }
        for (var point : points) {
            if (point.length != 2) {
                throw new IllegalArgumentException("a scatter chart needs points of 2 numbers, got one of "
                        + point.length + "; project them to 2 first");
            }
        }
        var classes = IntStream.range(0, points.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> labels == null ? 0 : labels[i], TreeMap::new, Collectors.toList()));
        var x = range(Arrays.stream(points).mapToDouble(p -> p[0]).toArray());
        var y = range(Arrays.stream(points).mapToDouble(p -> p[1]).toArray());
        // one length on both axes, else distances would lie
        double reach = Math.max(x[1] - x[0], y[1] - y[0]) * 0.54;
        var chart = new LabelledChart(
                500,
                480,
                "first coordinate",
                "second coordinate",
                around((x[0] + x[1]) / 2, reach),
                around((y[0] + y[1]) / 2, reach));
        chart.getStyler().setMarkerSize(points.length > 2000 ? 3 : 5);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        int alpha = points.length > 2000 ? 130 : 190;
        classes.forEach((label, members) -> {
            var px = members.stream().mapToDouble(i -> points[i][0]).toArray();
            var py = members.stream().mapToDouble(i -> points[i][1]).toArray();
            var color = Palette.of(label);
            var series = chart.addSeries("class " + label, px, py);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
            if (labels != null) {
                chart.labelPoint(className(label, names), median(px), median(py), color);
            }
        });
        return Figure.of(
                chart,
                points.length + " points in the plane"
                        + (labels == null
                                ? ""
                                : ", coloured by class: "
                                        + classes.keySet().stream()
                                                .map(label -> className(label, names))
                                                .collect(Collectors.joining(", "))));
    }

    private static String className(int label, List<String> names) {
        return label < names.size() ? names.get(label) : Integer.toString(label);
    }

    /**
     * One bar for each value, named at its left, the number at its end.
     *
     * @param axis what the bars measure, with its unit
     * @param values by name, in this order from the top; use a map that keeps its order
     */
    public static Figure bars(String axis, Map<String, ? extends Number> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a bar chart needs at least one value, got none");
        }
        var chart = new HorizontalBarChart(WIDTH, 70 + 34 * values.size());
        Style.apply(chart.getStyler());
        chart.getStyler()
                .setLabelsVisible(true)
                .setLabelsPosition(1.1)
                .setLabelsFont(LabelledChart.FONT)
                .setLabelsFontColorAutomaticEnabled(false)
                .setLabelsFontColor(Palette.INK)
                .setAvailableSpaceFill(0.7)
                .setXAxisMaxLabelCount(Math.max(2, values.size()))
                .setPlotGridHorizontalLinesVisible(false);
        // names, not numbers; and XChart takes the count for the names' axis too, and would leave some out
        chart.getStyler().setYAxisTickLabelsFormattingFunction(null).setYAxisTickMarksColor(Color.WHITE);
        // the bars' numbers are written as the axis' are
        chart.getStyler().setXAxisTickLabelsFormattingFunction(value -> Numbers.tick(value, 4));
        chart.setXAxisTitle(axis);
        var reach =
                range(values.values().stream().mapToDouble(Number::doubleValue).toArray());
        // room for the numbers at the bars' ends
        chart.getStyler().setXAxisMin(Math.min(0, reach[0] * 1.15)).setXAxisMax(Math.max(0, reach[1] * 1.15));
        var names = new ArrayList<>(values.keySet());
        var numbers = new ArrayList<Number>(values.values());
        chart.addSeries(axis, numbers, names).setFillColor(Palette.of(0));
        return Figure.of(
                chart,
                axis + ": "
                        + values.entrySet().stream()
                                .map(e -> e.getKey() + " " + number(e.getValue().doubleValue()))
                                .collect(Collectors.joining(", ")));
    }

    /**
     * Numbers with their errors: in each panel one line for each dot, from the top, its name at the right; two panels in a row.
     *
     * @param panels what is measured, with its unit, and its dots; use a map that keeps its order
     */
    public static Figure dots(Map<String, List<Dot>> panels) {
        if (panels.values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a chart of dots needs at least one, got none");
        }
        var charts = new ArrayList<IChart>();
        panels.forEach((title, dots) -> charts.add(dots(title, dots)));
        int columns = Math.min(2, charts.size());
        var rows = new ArrayList<IChart>();
        for (int i = 0; i < charts.size(); i += columns) {
            rows.add(new SideBySide(List.copyOf(charts.subList(i, Math.min(i + columns, charts.size()))), columns));
        }
        int most = panels.values().stream().mapToInt(List::size).max().orElse(1);
        return new Figure(
                rows,
                WIDTH * (columns == 1 ? 3 : 4) / 3,
                rows.size() * (70 + 17 * most),
                panels.entrySet().stream()
                        .map(panel -> panel.getKey() + ": "
                                + panel.getValue().stream()
                                        .map(dot -> dot.name() + " " + number(dot.value())
                                                + (dot.error() > 0 ? " ± " + number(dot.error()) : ""))
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; ")));
    }

    private static LabelledChart dots(String title, List<Dot> dots) {
        var reach = range(dots.stream()
                .flatMapToDouble(dot -> DoubleStream.of(dot.low(), dot.high()))
                .toArray());
        var chart = new LabelledChart(
                WIDTH, HEIGHT, title, " ", padded(reach, 0.04), new double[] {-dots.size() + 0.4, 0.6});
        chart.getStyler()
                .setYAxisTicksVisible(false)
                .setYAxisTitleVisible(false)
                .setYAxisLeftWidthHint(8);
        chart.getStyler().setPlotGridHorizontalLinesVisible(false).setMarkerSize(7);
        for (int i = 0; i < dots.size(); i++) {
            var dot = dots.get(i);
            var y = new double[] {-i, -i, -i};
            var series = chart.addSeries(i + " " + dot.name(), new double[] {dot.low(), dot.value(), dot.high()}, y);
            series.setLineStyle(THICK);
            series.setLineColor(Palette.of(0));
            series.setMarker(SeriesMarkers.NONE);
            var mean = chart.addSeries(i + " mean", new double[] {dot.value()}, new double[] {-i});
            mean.setLineStyle(SeriesLines.NONE);
            mean.setMarker(SeriesMarkers.CIRCLE);
            mean.setMarkerColor(Palette.of(0));
            chart.labelEnd(dot.name(), -i, Palette.INK);
        }
        return chart;
    }

    /**
     * Any lines, each named at its end.
     *
     * @param xTitle what the x axis measures, with its unit
     * @param yTitle what the y axis measures, with its unit
     */
    public static Figure lines(String xTitle, String yTitle, Line... lines) {
        if (lines.length == 0) {
            throw new IllegalArgumentException("a line chart needs at least one line, got none");
        }
        var x = range(
                Arrays.stream(lines).flatMapToDouble(l -> Arrays.stream(l.x())).toArray());
        var y = range(
                Arrays.stream(lines).flatMapToDouble(l -> Arrays.stream(l.y())).toArray());
        var chart = new LabelledChart(WIDTH, HEIGHT, xTitle, yTitle, padded(x, 0.012), padded(y, 0.05));
        for (int i = 0; i < lines.length; i++) {
            var values = Smooth.values(lines[i].x(), lines[i].y());
            draw(chart, lines[i].name(), values, Palette.of(i), THICK);
            chart.labelEnd(lines[i].name(), lastFinite(lines[i].y()), Palette.of(i));
        }
        return Figure.of(
                chart,
                yTitle + " over " + xTitle + ": "
                        + Arrays.stream(lines).map(Line::name).collect(Collectors.joining(", ")));
    }

    /**
     * A point with its errors, on one of several {@link #curves}.
     *
     * @param x where
     * @param y what
     * @param xError how far its bar reaches to either side; NaN for none
     * @param yError how far its bar reaches up and down; NaN for none
     * @param name stands at the point
     */
    public record Spot(double x, double y, double xError, double yError, String name) {}

    /**
     * Points with bars in both directions, joined by lines: how two measures move together while a setting changes.
     *
     * @param xTitle what the x axis measures, with its unit
     * @param yTitle what the y axis measures, with its unit
     * @param curves by name, which stands at the line's end; use a map that keeps its order
     */
    public static Figure curves(String xTitle, String yTitle, Map<String, List<Spot>> curves) {
        if (curves.values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a chart of curves needs at least one point, got none");
        }
        var spots = curves.values().stream().flatMap(List::stream).toList();
        var x = range(spots.stream()
                .flatMapToDouble(s -> DoubleStream.of(s.x() - reach(s.xError()), s.x() + reach(s.xError())))
                .toArray());
        var y = range(spots.stream()
                .flatMapToDouble(s -> DoubleStream.of(s.y() - reach(s.yError()), s.y() + reach(s.yError())))
                .toArray());
        var chart = new LabelledChart(WIDTH, HEIGHT, xTitle, yTitle, padded(x, 0.05), padded(y, 0.08));
        int number = 0;
        for (var curve : curves.entrySet()) {
            var color = Palette.of(number++);
            var points = curve.getValue();
            if (points.isEmpty()) {
                continue;
            }
            var series = chart.addSeries(
                    number + " " + curve.getKey(),
                    points.stream().mapToDouble(Spot::x).toArray(),
                    points.stream().mapToDouble(Spot::y).toArray());
            series.setLineStyle(THIN);
            series.setLineColor(color);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(color);
            for (int i = 0; i < points.size(); i++) {
                var s = points.get(i);
                bar(chart, number + "-" + i + " x", color, s.x() - s.xError(), s.y(), s.x() + s.xError(), s.y());
                bar(chart, number + "-" + i + " y", color, s.x(), s.y() - s.yError(), s.x(), s.y() + s.yError());
                chart.labelBeside(s.name(), s.x(), s.y(), color, number % 2 == 1);
            }
            if (!curve.getKey().isEmpty()) {
                var last =
                        points.stream().max(Comparator.comparingDouble(Spot::x)).orElseThrow();
                chart.labelEnd(curve.getKey(), last.y(), color);
            }
        }
        chart.getStyler().setMarkerSize(6);
        return Figure.of(
                chart,
                yTitle + " over " + xTitle + ": "
                        + curves.entrySet().stream()
                                .map(curve -> curve.getKey() + " through "
                                        + curve.getValue().stream()
                                                .map(s -> s.name() + " at " + number(s.x()) + " and " + number(s.y()))
                                                .collect(Collectors.joining(", ")))
                                .collect(Collectors.joining("; ")));
    }

    private static double reach(double error) {
        return Double.isNaN(error) ? 0 : error;
    }

    private static void bar(LabelledChart chart, String name, Color color, double x1, double y1, double x2, double y2) {
        if (Double.isNaN(x1) || Double.isNaN(y1)) {
            return;
        }
        var series = chart.addSeries(name, new double[] {x1, x2}, new double[] {y1, y2});
        series.setLineStyle(THICK);
        series.setLineColor(color);
        series.setMarker(SeriesMarkers.NONE);
    }

    /** Where a flow leads: to a point of the plane, the direction and speed there. */
    @FunctionalInterface
    public interface Flow {
        double[] at(double x, double y);
    }

    /**
     * A vector field on a square, such as the players' gradients in a game of two numbers, with paths on it.
     *
     * @param xTitle what the x axis measures
     * @param yTitle what the y axis measures
     * @param reach the square reaches from −reach to reach on both axes
     * @param flow the direction at each point; arrows show it by their direction, and by their length how fast it is there
     *     compared with the fastest place
     * @param paths what moves there; a dot marks where each ends, and at its height stands its name
     */
    public static Figure field(String xTitle, String yTitle, double reach, Flow flow, Line... paths) {
        if (!(reach > 0)) {
            throw new IllegalArgumentException("reach must be > 0, got " + reach);
        }
        var chart = new LabelledChart(560, 480, xTitle, yTitle, around(0, reach), around(0, reach));
        drawArrows(chart, reach, flow);
        for (int i = 0; i < paths.length; i++) {
            var path = paths[i];
            var color = Palette.of(i);
            draw(chart, path.name(), new Smooth.Points(path.x(), path.y()), color, THICK);
            int end = path.x().length - 1;
            var last = new Smooth.Points(new double[] {path.x()[end]}, new double[] {path.y()[end]});
            draw(chart, path.name() + ", end", last, color, THICK);
            chart.getSeries(path.name() + ", end")
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(color);
            chart.labelEnd(path.name(), path.y()[end], color);
        }
        return Figure.of(
                chart,
                "vector field of " + yTitle + " over " + xTitle
                        + Arrays.stream(paths)
                                .map(p -> ", path " + p.name() + " from " + point(p, 0) + " to "
                                        + point(p, p.x().length - 1))
                                .collect(Collectors.joining()));
    }

    /** All arrows as one line with gaps: shaft and head of each. */
    private static void drawArrows(LabelledChart chart, double reach, Flow flow) {
        int side = 15;
        var tails = new ArrayList<double[]>();
        double fastest = 0;
        for (int i = 0; i < side * side; i++) {
            double x = reach * (2.0 * (i % side) + 1 - side) / side;
            double y = reach * (2.0 * (i / side) + 1 - side) / side;
            var v = flow.at(x, y);
            tails.add(new double[] {x, y, v[0], v[1]});
            fastest = Math.max(fastest, Math.hypot(v[0], v[1]));
        }
        double longest = 1.7 * reach / side;
        var x = new ArrayList<Double>();
        var y = new ArrayList<Double>();
        for (var tail : tails) {
            double speed = Math.hypot(tail[2], tail[3]);
            if (speed > 0) {
                double length = longest * (0.3 + 0.7 * speed / fastest);
                double ux = tail[2] / speed;
                double uy = tail[3] / speed;
                double fromX = tail[0] - ux * length / 2;
                double fromY = tail[1] - uy * length / 2;
                double toX = tail[0] + ux * length / 2;
                double toY = tail[1] + uy * length / 2;
                double head = 0.25 * longest;
                x.addAll(List.of(fromX, toX, toX - head * (ux + 0.6 * uy), toX, toX - head * (ux - 0.6 * uy), toX));
                y.addAll(List.of(fromY, toY, toY - head * (uy - 0.6 * ux), toY, toY - head * (uy + 0.6 * ux), toY));
                x.add(Double.NaN);
                y.add(Double.NaN);
            }
        }
        if (!x.isEmpty()) {
            var arrows = new Smooth.Points(
                    x.stream().mapToDouble(Double::doubleValue).toArray(),
                    y.stream().mapToDouble(Double::doubleValue).toArray());
            draw(chart, "field", arrows, Palette.grey(0.6), THIN);
        }
    }

    private static String point(Line path, int i) {
        return "(" + number(path.x()[i]) + ", " + number(path.y()[i]) + ")";
    }

    /** Series that can share an axis: those of one unit; without unit, what only held-out data has stands alone. */
    private static List<List<Series>> panels(History history) {
        var all = history.series();
        var panels = new LinkedHashMap<String, List<Series>>();
        for (var series : all) {
            boolean alone = series.unit().isEmpty()
                    && all.stream().noneMatch(s -> s.name().equals(series.name()) && !s.validation());
            panels.computeIfAbsent(alone ? "alone " + series.name() : "unit " + series.unit(), k -> new ArrayList<>())
                    .add(series);
        }
        return List.copyOf(panels.values());
    }

    private static LabelledChart panel(
            List<Series> series, double epochs, int firstColor, Map<String, Double> equilibrium) {
        var names = series.stream().map(Series::name).distinct().toList();
        var unit = series.get(0).unit();
        var title = names.size() == 1
                ? names.get(0) + (unit.isEmpty() ? "" : " (" + unit + ")")
                : unit.isEmpty() ? "loss (no unit)" : unit;
        var range = settled(series, equilibrium);
        var chart = new LabelledChart(WIDTH, HEIGHT, "epoch", title, time(epochs), range);
        double greatest = range[1];
        for (var s : series) {
            if (!s.validation()) {
                var color = Palette.of(firstColor + names.indexOf(s.name()));
                drawSteps(chart, s, color);
                greatest = Arrays.stream(drawn(s).y()).filter(Double::isFinite).reduce(greatest, Math::max);
            }
        }
        equilibrium.forEach((name, value) -> {
            if (names.contains(name)) {
                var color = Palette.of(firstColor + names.indexOf(name));
                var level = new Smooth.Points(new double[] {0, epochs}, new double[] {value, value});
                draw(chart, name + ", balance", level, color, DASHED);
                chart.labelEnd("balance " + number(value), value, color);
            }
        });
        for (var s : series) {
            var color = Palette.of(firstColor + names.indexOf(s.name()));
            var where = s.validation() ? "held-out" : "training";
            boolean both = series.stream().anyMatch(o -> o.name().equals(s.name()) && o.validation() != s.validation());
            var line = line(s);
            draw(
                    chart,
                    s.name() + ", " + where,
                    line,
                    s.validation() ? Palette.text(color) : color,
                    s.validation() ? THIN : THICK);
            if (s.validation() && chart.getSeries(s.name() + ", " + where) != null) {
                chart.getSeries(s.name() + ", " + where)
                        .setMarker(SeriesMarkers.CIRCLE)
                        .setMarkerColor(Palette.text(color));
            }
            var label = names.size() == 1 ? where : both && s.validation() ? s.name() + ", " + where : s.name();
            double end = lastFinite(line.y());
            chart.labelEnd(label + " " + number(end), end, color);
        }
        if (greatest > range[1]) {
            chart.note("reaches " + number(greatest) + ", above the frame");
        }
        return chart;
    }

    /** The line by which a series is read: each held-out value, and the course that training takes. */
    private static Smooth.Points line(Series s) {
        return s.validation() ? Smooth.values(s.epochs(), s.values()) : Smooth.course(s.epochs(), s.values());
    }

    /** From the beginning to the end, with a little room so that the marks at both ends are whole. */
    private static double[] time(double epochs) {
        return new double[] {-0.012 * epochs, 1.012 * epochs};
    }

    private static LabelledChart empty(double epochs) {
        var chart = new LabelledChart(WIDTH, HEIGHT, "epoch", " ", time(Math.max(epochs, 1)), new double[] {0, 1});
        chart.getStyler().setYAxisTickLabelsFormattingFunction(value -> " ");
        return chart;
    }

    /** Each step's value as a thin line, or, when there are very many, the band that they fill. */
    private static void drawSteps(LabelledChart chart, Series s, Color color) {
        var name = s.name() + ", each step";
        if (!Smooth.isDense(s.values())) {
            draw(chart, name, Smooth.values(s.epochs(), s.values()), Palette.light(color, 0.4), THIN);
            return;
        }
        draw(chart, name, Smooth.band(s.epochs(), s.values()), color, SeriesLines.NONE);
        if (chart.getSeries(name) != null) {
            chart.getSeries(name)
                    .setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea)
                    .setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 64));
        }
    }

    private static void draw(LabelledChart chart, String name, Smooth.Points points, Color color, BasicStroke stroke) {
        if (Arrays.stream(points.y()).anyMatch(Double::isFinite)) {
            var series = chart.addSeries(name, points.x(), points.y());
            series.setLineStyle(stroke);
            series.setLineColor(color);
            series.setMarker(SeriesMarkers.NONE);
        }
    }

    /**
     * The range of all values, but without the steep beginning (the first tenth) where that would press all that
     * follows flat.
     */
    private static double[] settled(List<Series> series, Map<String, Double> equilibrium) {
        double reached = series.stream()
                .mapToDouble(s -> s.epochs()[s.epochs().length - 1])
                .max()
                .orElse(0);
        var later = DoubleStream.builder();
        for (var s : series) {
            var drawn = drawn(s);
            for (int i = 0; i < drawn.y().length; i++) {
                if (s.validation() || drawn.x()[i] >= reached / 10) {
                    later.add(drawn.y()[i]);
                }
            }
            if (equilibrium.containsKey(s.name())) {
                later.add(equilibrium.get(s.name()));
            }
        }
        var range = range(later.build().toArray());
        var whole = range(series.stream()
                .flatMapToDouble(s -> Arrays.stream(drawn(s).y()))
                .toArray());
        double bearable = (range[1] - range[0]) / 2;
        return padded(
                new double[] {
                    whole[0] >= range[0] - bearable ? Math.min(whole[0], range[0]) : range[0],
                    whole[1] <= range[1] + bearable ? Math.max(whole[1], range[1]) : range[1]
                },
                0.05);
    }

    /** What is drawn of a series: a dense one is a band, which leaves out single outliers. */
    private static Smooth.Points drawn(Series s) {
        return !s.validation() && Smooth.isDense(s.values())
                ? Smooth.band(s.epochs(), s.values())
                : Smooth.values(s.epochs(), s.values());
    }

    private static double[] range(double[] values) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            if (Double.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
        if (least > greatest) {
            return new double[] {0, 1};
        }
        return least < greatest ? new double[] {least, greatest} : around(least, Math.max(0.5, Math.abs(least) / 10));
    }

    private static double[] padded(double[] range, double share) {
        double room = (range[1] - range[0]) * share;
        return new double[] {range[0] - room, range[1] + room};
    }

    private static double[] around(double middle, double reach) {
        return new double[] {middle - reach, middle + reach};
    }

    private static double last(History history) {
        double last = history.series().stream()
                .mapToDouble(s -> s.epochs()[s.epochs().length - 1])
                .max()
                .orElse(1);
        return last > 0 ? last : 1;
    }

    private static double lastFinite(double[] values) {
        for (int i = values.length - 1; i >= 0; i--) {
            if (Double.isFinite(values[i])) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static boolean isPlayer(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("generator") || lower.startsWith("discriminator") || lower.startsWith("critic");
    }

    private static String describe(List<Series> series) {
        return series.isEmpty()
                ? "chart of a training that has not begun"
                : "chart over epochs: "
                        + series.stream()
                                .map(s -> s.name() + (s.validation() ? " (held-out)" : "") + " ends at "
                                        + number(lastFinite(line(s).y()))
                                        + (s.unit().isEmpty() ? "" : " " + s.unit()))
                                .collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        return Numbers.plain(value);
    }
}
