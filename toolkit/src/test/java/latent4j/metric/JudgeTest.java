package latent4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import latent4j.data.Dataset;
import latent4j.data.Datasets;
import latent4j.data.GaussianMixture;
import latent4j.data.Refusal;
import latent4j.data.Samples;
import latent4j.model.Conditional;
import latent4j.model.vae.Vae;
import latent4j.nn.Net;
import latent4j.tensor.Seed;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;

class JudgeTest {

    private static final Dataset GRID = GaussianMixture.grid(3, 2, 0.05).dataset(900, 1);

    /**
     * Two Gaussians a distance δ apart are told apart with probability Φ(δ/2) at best, here Φ(1) = 0.841: the linear judge reaches
     * it, since the best border is a line.
     */
    @Test
    void logisticRegressionReachesTheBestOfTwoGaussians() {
        int n = 8000;
        var values = new Seed(1).normal(2 * n);
        var labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 2;
            values[2 * i] += 2 * labels[i];
            values[2 * i + 1] = 100 + 1000 * values[2 * i + 1]; // a column that says nothing, loudly
        }
        var all = Samples.of(new Shape(2), values).withLabels(labels);
        double accuracy = Probe.ofCodes(
                all.head(n / 2),
                all.rows(java.util.stream.IntStream.range(n / 2, n).toArray()),
                1);
        System.out.println("logistic regression on two Gaussians: " + accuracy + ", best 0.841");
        assertEquals(0.841, accuracy, 0.012); // two standard deviations of 4,000 tests
    }

    @Test
    void aForestPartsWhatLinesDoNot() {
        var train = chessboard(GRID.train());
        var test = chessboard(GRID.test());
        double forest = Judge.randomForest(10).accuracy(train, test, 1);
        double lines = Judge.logisticRegression().accuracy(train, test, 1);
        System.out.println("chessboard of 9: forest " + forest + ", lines " + lines);
        assertTrue(forest > 0.98, "forest " + forest);
        assertTrue(lines < forest - 0.2, "lines " + lines);
    }

    private static Samples chessboard(Samples grid) {
        return grid.withLabels(
                Arrays.stream(grid.labels().orElseThrow()).map(mode -> mode % 2).toArray());
    }

    /** Draws each class's real records, all of them or only the first so many. */
    private record Memory(Samples records, int kinds) implements Recorded, Conditional {

        @Override
        public int classes() {
            return records.classes();
        }

        @Override
        public Samples draw(int n, int label, long seed) {
            var own = records.ofClass(label);
            var rows = new int[n];
            Arrays.setAll(rows, i -> (i + (int) (seed & 7)) % Math.min(kinds, own.size()));
            return own.rows(rows);
        }

        @Override
        public Samples draw(int n, long seed) {
            return draw(n, 0, seed);
        }
    }

    @Test
    void aModelThatDrawsTheDataReachesTheCeilingAndOneOfFewKindsDoesNot() {
        var digits = Datasets.digits(500, 300);
        var judge = Judge.logisticRegression();
        var all = TrainOnSynthetic.of(new Memory(digits.train(), 10_000), digits, judge, 3);
        var few = TrainOnSynthetic.of(new Memory(digits.train(), 3), digits, judge, 3);
        System.out.println(all + "\n" + few + "\n" + few.measure());
        assertEquals(all.ceiling(), all.accuracy(), 0.03);
        assertTrue(few.accuracy() < few.ceiling() - 0.08, few.toString());
        assertEquals(few.ceiling(), few.measure().floor().orElseThrow());
        assertEquals(5, few.toTable().rowCount());
        assertEquals(List.of(), TrainOnSynthetic.metric(judge).measure(new Identity(digits.shape()), digits, 1));
    }

    @Test
    void tablesAreJudgedByTheirColumns() {
        var real = GRID.train().toTable();
        var words = StringColumn.create("mode");
        for (int label : GRID.train().labels().orElseThrow()) {
            words.append("mode " + label);
        }
        var table = real.removeColumns("label").addColumns(words);
        var result = TrainOnSynthetic.of(
                table.first(450), table.inRange(450, 900), table.inRange(0, 450), "mode", Judge.randomForest(10), 1);
        System.out.println(result);
        assertTrue(result.accuracy() > 0.97 && result.ceiling() > 0.95, result.toString());
        var wrong = table.copy().removeColumns("x1");
        Refusal.expect(
                () -> TrainOnSynthetic.of(wrong, table, table, "mode", Judge.randomForest(1), 1), "[x0, x1]", "mode");
    }

    @Test
    void theProbesFloorIsTheSameEncoderWithRandomWeightsWhichComeBack() {
        var digits = Datasets.digits(600, 300);
        var vae = Vae.mlp(digits.shape(), 8);
        vae.nets().forEach(net -> net.initialise(new Seed(9).child(net.name())));
        var before = vae.nets().stream().map(Net::values).toList();
        var codes = vae.encode(digits.test()).toArray();
        var probe = Probe.of(vae, digits, 1);
        System.out.println(probe + "\n" + probe.measure());
        assertArrayEquals(codes, vae.encode(digits.test()).toArray());
        for (int i = 0; i < before.size(); i++) {
            for (int k = 0; k < before.get(i).size(); k++) {
                assertArrayEquals(
                        before.get(i).get(k), vae.nets().get(i).values().get(k));
            }
        }
        // no training on either side: the two differ by chance only
        assertEquals(probe.random(), probe.accuracy(), 0.2);
        assertTrue(probe.accuracy() > probe.majority(), probe.toString());
        assertEquals(3, probe.toTable().rowCount());
        assertEquals(
                1, Probe.metric().measure(new Identity(GRID.shape()), GRID, 1).size());
    }

    @Test
    void refusals() {
        var unlabelled =
                new Dataset("plain", Samples.of(new Shape(2), new float[200]), Samples.of(new Shape(2), new float[0]));
        Refusal.expect(() -> Probe.of(new Identity(new Shape(2)), unlabelled, 1), "labelled", "no labels");
        assertEquals(List.of(), Probe.metric().measure(new Identity(new Shape(2)), unlabelled, 1));
        var few = new Dataset("few", GRID.train(), GRID.test().head(20));
        Refusal.expect(() -> Probe.of(new Identity(new Shape(2)), few, 1), "at least 50", "got 20");
        var one = GRID.train().ofClass(3);
        Refusal.expect(() -> Probe.ofCodes(one, one, 1), "at least 2 classes", "only class 3");
        var judge = Judge.logisticRegression();
        Refusal.expect(() -> TrainOnSynthetic.of(List.of(), GRID.train(), GRID.test(), judge, 1), "at least one draw");
        Refusal.expect(
                () -> TrainOnSynthetic.of(List.of(GRID.train()), GRID.train().head(100), GRID.test(), judge, 1),
                "at least 900",
                "got 100");
    }
}
