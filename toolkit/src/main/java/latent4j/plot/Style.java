package latent4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;

/** How every chart looks: one font, a light grid, nothing that carries no information. */
final class Style {

    /** Wide enough for any tick label, so that charts below each other line up. */
    private static final int AXIS_WIDTH = 66;

    private Style() {}

    static void apply(AxesChartStyler styler) {
        styler.setPlotGridLinesColor(Palette.GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickMarksColor(Palette.grey(0.6))
                .setAxisTickLabelsColor(Palette.grey(0.35))
                .setAxisTickLabelsFont(LabelledChart.FONT.deriveFont(11f))
                .setAxisTitleFont(LabelledChart.FONT)
                .setAxisTitlePadding(6)
                .setAxisTickPadding(3)
                .setAxisTickMarkLength(3)
                .setAxisTicksLineVisible(false)
                .setPlotMargin(0)
                .setXAxisTickMarkSpacingHint(74)
                .setYAxisTickMarkSpacingHint(36)
                .setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right)
                .setXAxisTickLabelsFormattingFunction(Numbers::tick)
                .setYAxisTickLabelsFormattingFunction(Numbers::tick);
        styler.setYAxisLeftWidthHint(AXIS_WIDTH)
                .setBaseFont(LabelledChart.FONT)
                .setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(Palette.INK)
                .setChartPadding(8)
                .setChartTitleVisible(false)
                .setLegendVisible(false)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLocale(Locale.ROOT);
    }
}
