package latent4j.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import latent4j.data.Samples;
import latent4j.model.gan.MinimaxGan;
import latent4j.train.History;
import latent4j.train.Progress.State;
import latent4j.train.Run;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

class ChartsTest {

    private static XYChart chart(Figure figure, int panel) {
        return (XYChart) figure.charts().get(panel);
    }

    private static List<String> names(XYChart chart) {
        return chart.getSeriesCollection().stream().map(XYSeries::getName).toList();
    }

    @Test
    void oneQuantityIsNamedWithItsUnitOnTheAxis() {
        var chart = chart(Charts.lossChart(Examples.elbo(4, 100)), 0);
        assertEquals("epoch", chart.getXAxisTitle());
        assertEquals("negative ELBO (nats per example)", chart.getYAxisTitle());
        assertEquals(
                List.of("negative ELBO, each step", "negative ELBO, training", "negative ELBO, held-out"),
                names(chart));
    }

    @Test
    void quantitiesOfOneUnitShareAPanelAndOthersHaveTheirOwn() {
        assertEquals(1, Charts.lossChart(Examples.vae(2, 100)).charts().size());
        assertEquals(
                "nats per example",
                chart(Charts.lossChart(Examples.vae(2, 100)), 0).getYAxisTitle());
        var gan = Charts.lossChart(Examples.gan(4, 50));
        assertEquals(2, gan.charts().size());
        assertEquals("loss (no unit)", chart(gan, 0).getYAxisTitle());
        assertEquals("MMD²", chart(gan, 1).getYAxisTitle());
        assertEquals(List.of("MMD², held-out"), names(chart(gan, 1)));
        assertEquals(1, Charts.lossChart(Examples.gan(4, 50), 4, 1).charts().size());
    }

    @Test
    void theHeldOutMarkersAreWhereTheValuesAre() {
        var figure = Charts.lossChart(Examples.elbo(4, 100));
        var image = figure.image();
        var chart = chart(figure, 0);
        var heldOut = Examples.elbo(4, 100).validation("negative ELBO");
        for (int i = 0; i < 4; i++) {
            int x = (int) (2 * chart.getScreenXFromChart(heldOut.epochs()[i]));
            int y = (int) (2 * chart.getScreenYFromChart(heldOut.values()[i]));
            assertEquals(Palette.text(Palette.of(0)).getRGB(), image.getRGB(x, y), "epoch " + (i + 1));
        }
    }

    @Test
    void linesAreNamedAtTheirEnds() {
        var figure = Charts.lossChart(Examples.elbo(4, 100));
        var image = figure.image();
        int right = (int) (2 * chart(figure, 0).getScreenXFromChart(4)) + 20;
        int row = (int) (2
                * chart(figure, 0)
                        .getScreenYFromChart(Examples.elbo(4, 100)
                                .validation("negative ELBO")
                                .last()));
        assertTrue(count(image.getSubimage(right, row - 20, image.getWidth() - right, 40), Palette.text(Palette.of(0)))
                > 50);
    }

    @Test
    void theSizeDoesNotChangeWhileTheHistoryGrows() {
        var sizes = List.of(new History(), Examples.elbo(1, 3), Examples.elbo(1, 50), Examples.elbo(3, 400)).stream()
                .map(h -> Charts.lossChart(h, 3, 2).size(500, 300).image())
                .map(i -> i.getWidth() + " x " + i.getHeight())
                .distinct()
                .toList();
        assertEquals(List.of("1000 x 600"), sizes);
    }

    @Test
    void theSteepBeginningIsCutAndSaidSo() {
        var chart = chart(Charts.lossChart(Examples.elbo(10, 400)), 0);
        assertTrue(chart.getStyler().getYAxisMax() < 150, "begins at 545, settles at 106");
        var image = Charts.lossChart(Examples.elbo(10, 400)).image();
        var corner = image.getSubimage(image.getWidth() / 2, 0, image.getWidth() / 4, 60);
        assertTrue(count(corner, Palette.grey(0.45)) > 50, "the remark");
        assertTrue(
                chart(Charts.lossChart(Examples.gan(4, 100)), 0).getStyler().getYAxisMin() < 0.5,
                "a low start is shown");
    }

    @Test
    void valuesThatAreNotFiniteLeaveAGap() {
        var history = Examples.elbo(1, 100);
        history.add("negative ELBO", "nats per example", false, 1.01, Double.NaN);
        history.add("negative ELBO", "nats per example", false, 1.02, Double.POSITIVE_INFINITY);
        assertTrue(count(Charts.lossChart(history).image(), Palette.of(0)) > 500);
        var nothing = new History();
        nothing.add("loss", "", false, 1, Double.NaN);
        assertEquals(0, count(Charts.lossChart(nothing).image(), Palette.of(0)));
    }

    @Test
    void playersHaveTheirBalanceDrawn() {
        var figure = Charts.playersChart(
                Examples.gan(6, 100), Map.of("discriminator", Math.log(4), "generator", Math.log(2)));
        var balance = chart(figure, 0).getSeries("discriminator, balance");
        assertNotNull(balance);
        assertEquals(Math.log(4), balance.getYData()[0]);
        assertTrue(names(chart(Charts.playersChart(Examples.gan(6, 100)), 0))
                .containsAll(List.of("discriminator, training", "generator, training", "generator, held-out")));
    }

    @Test
    void aHistoryWithoutPlayersIsRefusedByName() {
        var error = assertThrows(IllegalArgumentException.class, () -> Charts.playersChart(Examples.elbo(1, 10)));
        assertTrue(error.getMessage().contains("[negative ELBO]"), error.getMessage());
    }

    @Test
    void aScatterChartHasOneLengthOnBothAxes() {
        var labels = new int[200];
        var figure = Charts.scatter(Examples.codes(200, labels), labels);
        var image = figure.image();
        var chart = chart(figure, 0);
        double across = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
        double up = chart.getScreenYFromChart(0) - chart.getScreenYFromChart(1);
        assertEquals(1, across / up, 0.04);
        assertEquals(10, chart.getSeriesCollection().size());
        for (int label = 0; label < 10; label++) {
            assertTrue(count(image, Palette.text(Palette.of(label))) > 20, "the name of class " + label);
        }
    }

    @Test
    void namesOfClassesAtOnePlaceDoNotCoverEachOther() {
        var points = new float[40][];
        var labels = new int[40];
        for (int i = 0; i < 40; i++) {
            points[i] = new float[] {i % 4 * 1e-3f + (i < 20 ? 0 : 5), i < 20 ? 0 : 5};
            labels[i] = i % 4;
        }
        var image = Charts.scatter(points, labels).image();
        for (int label = 0; label < 4; label++) {
            assertTrue(count(image, Palette.text(Palette.of(label))) > 80, "the name of class " + label);
        }
    }

    @Test
    void aPlayersBalanceIsItsLossWhereTheDiscriminatorCannotTell() {
        var run = new Run(
                Optional.of(MinimaxGan.small(new Shape(2))), null, State.FINISHED, 200, 1, "", Examples.gan(2, 100));
        var chart = chart(Charts.playersChart(run), 0);
        assertEquals(Math.log(4), chart.getSeries("discriminator, balance").getYData()[0], 1e-6);
        assertEquals(-Math.log(2), chart.getSeries("generator, balance").getYData()[0], 1e-6);
    }

    @Test
    void pointsOfOtherThanTwoNumbersAreRefused() {
        var codes = Samples.of(new Shape(3), new float[6]);
        var error = assertThrows(IllegalArgumentException.class, () -> Charts.scatter(codes));
        assertTrue(error.getMessage().contains("project them to 2"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Charts.scatter(new float[][] {{1, 2}}, new int[2]));
        assertThrows(IllegalArgumentException.class, () -> Charts.scatter(new float[][] {{1, 2, 3}}, null));
    }

    @Test
    void barsStandInTheirOrderFromTheTop() {
        var values = new LinkedHashMap<String, Integer>();
        values.put("long", 9);
        values.put("short", 3);
        values.put("none", 0);
        var image = Charts.bars("nats", values).image();
        int first = count(image.getSubimage(0, 0, image.getWidth(), image.getHeight() / 3), Palette.of(0));
        int all = count(image, Palette.of(0));
        assertEquals(0.75, (double) first / all, 0.02, "nine of twelve parts of the ink are in the upper third");
    }

    @Test
    void linesKeepTheirGapsAndNames() {
        var figure = Charts.lines(
                "beta", "nats", new Charts.Line("a", new double[] {1, 2, 3}, new double[] {1, Double.NaN, 2}));
        assertEquals("beta", chart(figure, 0).getXAxisTitle());
        assertEquals("nats", chart(figure, 0).getYAxisTitle());
        assertEquals(List.of("a"), names(chart(figure, 0)));
        assertThrows(IllegalArgumentException.class, () -> new Charts.Line("a", new double[2], new double[3]));
    }

    @Test
    void theAlternativeTextHoldsTheLastValues() {
        var history = new History();
        history.add("loss", "nats", false, 1, 2.5);
        history.add("loss", "nats", true, 1, 3.25);
        assertEquals(
                "chart over epochs: loss ends at 2.500 nats, loss (held-out) ends at 3.250 nats",
                Charts.lossChart(history).alternative());
        assertEquals(
                Charts.lossChart(history).alternative(),
                Images.alternative(Charts.lossChart(history).image()));
    }

    @Test
    void theAlternativeTextSaysOfATrainingWhatItsLabelDoes() {
        var history = new History();
        for (int i = 0; i < 1000; i++) {
            history.add("loss", "nats", false, i / 1000.0, i == 999 ? 50 : 2);
        }
        var text = Charts.lossChart(history).alternative();
        double end = Double.parseDouble(text.replaceAll(".*ends at | nats", ""));
        assertTrue(end > 1.9 && end < 10, "the course, not the last step's value: " + text);
    }

    @Test
    void aLongTrainingIsDrawnInAMoment() {
        var random = new Random(1);
        var history = new History();
        for (int i = 0; i < 1_000_000; i++) {
            history.add("loss", "nats", false, i / 1000.0, random.nextGaussian());
        }
        Charts.lossChart(history).image();
        var clock = ManagementFactory.getThreadMXBean(); // this thread's own time, whatever else the machine does
        long start = clock.getCurrentThreadCpuTime();
        Charts.lossChart(history).image();
        double seconds = (clock.getCurrentThreadCpuTime() - start) / 1e9;
        assertTrue(seconds < 1.5, "a million steps: " + seconds + " s");
    }

    @Test
    void theNamesOfManyLinesStayWithinTheChart() {
        var lines = IntStream.range(0, 10)
                .mapToObj(i -> new Charts.Line("line " + i, new double[] {0, 1}, new double[] {i, i}))
                .toArray(Charts.Line[]::new);
        var image = Charts.lines("x", "y", lines).size(500, 130).image();
        int names = 4 * image.getWidth() / 5;
        for (int i = 0; i < 10; i++) {
            var name = Palette.text(Palette.of(i));
            assertTrue(
                    count(image.getSubimage(names, 0, image.getWidth() - names, image.getHeight()), name) > 3,
                    "the name of line " + i);
        }
    }

    private static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void arrowsOfAFieldPointWhereTheFlowGoes() {
        var figure = Charts.field(
                "θ",
                "ψ",
                2,
                (x, y) -> new double[] {-y, x},
                new Charts.Line("a circle", new double[] {1, 0, -1}, new double[] {0, 1, 0}));
        var arrows = chart(figure, 0).getSeries("field");
        var x = arrows.getXData();
        var y = arrows.getYData();
        int seen = 0;
        for (int i = 0; i + 1 < x.length; i += 7) { // tail, tip, head, gap
            double middleX = (x[i] + x[i + 1]) / 2;
            double middleY = (y[i] + y[i + 1]) / 2;
            double along = -(x[i + 1] - x[i]) * middleY + (y[i + 1] - y[i]) * middleX;
            assertEquals(Math.hypot(middleX, middleY) * Math.hypot(x[i + 1] - x[i], y[i + 1] - y[i]), along, 1e-9);
            assertTrue(Double.isNaN(x[i + 6]));
            seen++;
        }
        assertEquals(15 * 15 - 1, seen, "none where nothing moves");
        assertEquals(
                "vector field of ψ over θ, path a circle from (1.000, 0) to (-1.000, 0)",
                figure.alternative().replace("\u2212", "-"));
        assertThrows(IllegalArgumentException.class, () -> Charts.field("θ", "ψ", 0, (u, v) -> new double[2]));
    }

    @Test
    void classesWithNamesAreNamed() {
        var points =
                Samples.of(new Shape(2), new float[] {0, 0, 1, 1}).withLabels(new int[] {0, 1}, List.of("data", "G"));
        assertEquals(
                "2 points in the plane, coloured by class: data, G",
                Charts.scatter(points).alternative());
    }

    @Test
    void theNamesOfTwoCurvesAtOnePlaceStandOnEitherSideOfIt() {
        var curves = new LinkedHashMap<String, List<Charts.Spot>>();
        curves.put("first", List.of(new Charts.Spot(0, 0, 1, 1, "8888")));
        curves.put("second", List.of(new Charts.Spot(0, 0, 1, 1, "8888")));
        var figure = Charts.curves("x", "y", curves);
        var image = figure.image();
        int x = (int) (2 * chart(figure, 0).getScreenXFromChart(0));
        int y = (int) (2 * chart(figure, 0).getScreenYFromChart(0));
        assertTrue(count(image.getSubimage(x + 8, y - 40, 80, 32), Palette.text(Palette.of(0))) > 20);
        assertTrue(count(image.getSubimage(x - 88, y + 8, 80, 32), Palette.text(Palette.of(1))) > 20);
    }
}
