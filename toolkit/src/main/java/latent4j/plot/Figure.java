package latent4j.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * One chart, or several below each other, of a fixed size.
 *
 * @param charts XChart's charts, from top to bottom; restyle them as you like before the figure is shown
 * @param width in pixels of the page
 * @param height in pixels of the page
 * @param alternative what the figure shows, in words, for readers who cannot see it
 */
public record Figure(List<IChart> charts, int width, int height, String alternative) {

    public Figure {
        if (charts.isEmpty() || width <= 0 || height <= 0) {
            throw new IllegalArgumentException("a figure needs at least one chart and a positive size, got "
                    + charts.size() + " charts, " + width + " x " + height);
        }
        charts = List.copyOf(charts);
    }

    /** A figure of any one XChart chart. */
    public static Figure of(IChart chart, String alternative) {
        return new Figure(List.of(chart), chart.getWidth(), chart.getHeight(), alternative);
    }

    /** The same figure in another size. */
    public Figure size(int width, int height) {
        return new Figure(charts, width, height, alternative);
    }

    /** The figure drawn, with twice its size in pixels, so that it is sharp in print and on fine screens. */
    public BufferedImage image() {
        var image = Images.page(width, height, alternative);
        var g = Images.pen(image);
        paint(g);
        g.dispose();
        return image;
    }

    /** Draws the figure at the origin. */
    public void paint(Graphics2D g) {
        for (int i = 0; i < charts.size(); i++) {
            int top = height * i / charts.size();
            int bottom = height * (i + 1) / charts.size();
            var panel = (Graphics2D) g.create(0, top, width, bottom - top);
            charts.get(i).paint(panel, width, bottom - top);
            panel.dispose();
        }
    }

    @Override
    public String toString() {
        return alternative;
    }
}
