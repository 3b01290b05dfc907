package latent4j.plot;

import java.awt.Graphics2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/** Charts of equal width in one row. */
record SideBySide(List<IChart> charts, int columns) implements IChart {

    @Override
    public void paint(Graphics2D g, int width, int height) {
        for (int i = 0; i < charts.size(); i++) {
            int left = width * i / columns;
            int right = width * (i + 1) / columns;
            var panel = (Graphics2D) g.create(left, 0, right - left, height);
            charts.get(i).paint(panel, right - left, height);
            panel.dispose();
        }
    }

    @Override
    public int getWidth() {
        return charts.stream().mapToInt(IChart::getWidth).max().orElse(0) * columns;
    }

    @Override
    public int getHeight() {
        return charts.stream().mapToInt(IChart::getHeight).max().orElse(0);
    }

    @Override
    public String getTitle() {
        return "";
    }
}
