package latent4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.XYChart;

/**
 * An XChart chart in this toolkit's style whose lines and point clouds carry their names themselves, since a legend
 * makes the eye travel.
 */
final class LabelledChart extends XYChart {

    static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private static final double LINE_HEIGHT = 15;

    private record Label(String text, double x, double y, Color color) {}

    private record Beside(Label label, boolean above) {}

    private final List<Label> ends = new ArrayList<>();
    private final List<Label> middles = new ArrayList<>();
    private final List<Beside> besides = new ArrayList<>();
    private final double[] x;
    private final double[] y;
    private String note = "";
    private int leastGutter;

    /**
     * An empty chart.
     *
     * @param xTitle the x axis' title, with its unit
     * @param yTitle the y axis' title, with its unit
     * @param x least and greatest x shown
     * @param y least and greatest y shown
     */
    LabelledChart(int width, int height, String xTitle, String yTitle, double[] x, double[] y) {
        super(width, height);
        this.x = x;
        this.y = y;
        setXAxisTitle(xTitle);
        setYAxisTitle(yTitle);
        Style.apply(getStyler());
        getStyler().setPlotContentSize(1);
        getStyler().setXAxisMin(x[0]).setXAxisMax(x[1]).setYAxisMin(y[0]).setYAxisMax(y[1]);
    }

    /** Writes {@code text} to the right of the plot, at the height of {@code value}. */
    void labelEnd(String text, double value, Color color) {
        ends.add(new Label(text, x[1], value, Palette.text(color)));
    }

    /** Writes {@code text} around a point of the plot. */
    void labelPoint(String text, double px, double py, Color color) {
        middles.add(new Label(text, px, py, Palette.text(color)));
    }

    /** Writes a small {@code text} at a point of the plot: to the right above it, or to the left below it. */
    void labelBeside(String text, double px, double py, Color color, boolean above) {
        besides.add(new Beside(new Label(text, px, py, Palette.text(color)), above));
    }

    /** Writes a remark into the plot's upper right corner. */
    void note(String text) {
        note = text;
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        int gutter = gutter();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        super.paint(g, width - gutter, height);
        setWidth(width);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        paintEnds(g);
        var places = places();
        for (int i = 0; i < places.length; i++) {
            paintMiddle(g, middles.get(i), places[i]);
        }
        for (var beside : besides) {
            var label = beside.label();
            var layout = new TextLayout(label.text(), FONT.deriveFont(10.5f), g.getFontRenderContext());
            g.setColor(label.color());
            layout.draw(
                    g,
                    (float) getScreenXFromChart(label.x()) + (beside.above() ? 5 : -5 - layout.getAdvance()),
                    (float) getScreenYFromChart(label.y()) + (beside.above() ? -5 : 5 + layout.getAscent()));
        }
        if (!note.isEmpty()) {
            var layout = new TextLayout(note, FONT.deriveFont(11f), g.getFontRenderContext());
            g.setColor(Palette.grey(0.45));
            layout.draw(g, (float) (getScreenXFromChart(x[1]) - layout.getAdvance() - 6), (float)
                    (getScreenYFromChart(y[1]) + 14));
        }
    }

    /** Room for the longest label, in steps, so that a changing digit does not move the plot. */
    int gutter() {
        var context = new FontRenderContext(null, true, true);
        double widest = ends.stream()
                .mapToDouble(label -> new TextLayout(label.text(), FONT, context).getAdvance())
                .max()
                .orElse(0);
        int own = ends.isEmpty() ? 4 : (int) (Math.ceil((widest + 8) / 24) * 24);
        return Math.max(own, leastGutter);
    }

    /** Keeps at least this much room free to the right, so that charts below each other line up. */
    void reserve(int gutter) {
        leastGutter = gutter;
    }

    private void paintEnds(Graphics2D g) {
        double top = getScreenYFromChart(y[1]);
        double bottom = getScreenYFromChart(y[0]);
        var sorted = new ArrayList<>(ends);
        sorted.sort(Comparator.comparingDouble(Label::y).reversed());
        var heights = new double[sorted.size()];
        double apart = Math.min(LINE_HEIGHT, (bottom - top) / Math.max(1, heights.length - 1));
        for (int i = 0; i < heights.length; i++) {
            double wanted = Math.min(
                    bottom, Math.max(top, getScreenYFromChart(sorted.get(i).y())));
            heights[i] = i == 0 ? wanted : Math.max(wanted, heights[i - 1] + apart);
        }
        for (int i = heights.length - 1; i >= 0; i--) {
            double limit = i == heights.length - 1 ? bottom : heights[i + 1] - apart;
            heights[i] = Math.min(heights[i], limit);
        }
        var font = FONT.deriveFont(
                (float) (FONT.getSize() * Math.max(0.75, apart / LINE_HEIGHT))); // smaller where they are many
        for (int i = 0; i < heights.length; i++) {
            g.setColor(sorted.get(i).color());
            new TextLayout(sorted.get(i).text(), font, g.getFontRenderContext())
                    .draw(g, (float) getScreenXFromChart(x[1]) + 7, (float) heights[i] + 4);
        }
    }

    /** Where the points' labels go: on their points, but pushed apart where they would cover each other. */
    private double[][] places() {
        var places = middles.stream()
                .map(label -> new double[] {getScreenXFromChart(label.x()), getScreenYFromChart(label.y())})
                .toArray(double[][]::new);
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < places.length; i++) {
                for (int j = 0; j < i; j++) {
                    double dx = places[i][0] - places[j][0];
                    double dy = places[i][1] - places[j][1];
                    double apart = Math.hypot(dx, dy);
                    if (apart < LINE_HEIGHT) {
                        double push = (LINE_HEIGHT - apart) / 2;
                        double ux = apart == 0 ? 1 : dx / apart;
                        double uy = apart == 0 ? 0 : dy / apart;
                        places[i][0] += push * ux;
                        places[i][1] += push * uy;
                        places[j][0] -= push * ux;
                        places[j][1] -= push * uy;
                    }
                }
            }
        }
        return places;
    }

    /** A white rim keeps the text readable on top of the points. */
    private static void paintMiddle(Graphics2D g, Label label, double[] place) {
        var layout = new TextLayout(label.text(), FONT.deriveFont(Font.BOLD, 15f), g.getFontRenderContext());
        var bounds = layout.getBounds();
        var pen = (Graphics2D) g.create();
        pen.translate(place[0] - bounds.getCenterX(), place[1] - bounds.getCenterY());
        var outline = layout.getOutline(null);
        pen.setColor(new Color(255, 255, 255, 220));
        pen.setStroke(new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(outline);
        pen.setColor(label.color());
        pen.fill(outline);
        pen.dispose();
    }
}
