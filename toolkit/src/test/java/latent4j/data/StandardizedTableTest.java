package latent4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class StandardizedTableTest {

    private static Table people() {
        var height = DoubleColumn.create("height");
        var age = IntColumn.create("age");
        var name = StringColumn.create("name");
        for (int i = 0; i < 50; i++) {
            height.append(1.5 + 0.01 * ((i * 7) % 50));
            age.append(20 + (i * 13) % 50);
            name.append("person " + i);
        }
        return Table.create("people", name, height, age);
    }

    @Test
    void trainingRowsHaveMeanZeroAndStandardDeviationOne() {
        var table = Datasets.table(people(), "height", "age");
        var train = table.dataset().train();
        assertEquals(new Shape(2), table.dataset().shape());
        assertEquals(40, train.size());
        assertEquals(10, table.dataset().test().size());
        for (int k = 0; k < 2; k++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < train.size(); i++) {
                sum += train.value(i, k);
                squares += train.value(i, k) * train.value(i, k);
            }
            assertEquals(0, sum / 40, 1e-6);
            assertEquals(1, squares / 40, 1e-5);
        }
    }

    @Test
    void goesBackToTheColumnsUnits() {
        var people = people();
        var table = Datasets.table(people, 0, 0, "age", "height");
        var restored = table.toTable(table.dataset().train());
        assertEquals(List.of("age", "height"), restored.columnNames());
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    people.intColumn("age").get(i), restored.doubleColumn("age").get(i), 1e-5);
            assertEquals(
                    people.doubleColumn("height").get(i),
                    restored.doubleColumn("height").get(i),
                    1e-6);
        }
        Refusal.expect(() -> table.toTable(Samples.of(new Shape(3), new float[3])), "(2)", "[age, height]", "(3)");
    }

    @Test
    void withoutNamesTakesAllNumericColumns() {
        assertEquals(List.of("height", "age"), Datasets.table(people()).columns());
    }

    @Test
    void transformationIsThatOfTheTrainingRowsOnly() {
        var table = Datasets.table(people(), 0.5, 3, "age");
        var train = table.toTable(table.dataset().train()).doubleColumn("age");
        assertEquals(train.mean(), table.mean()[0], 1e-5);
        assertEquals(Math.sqrt(train.populationVariance()), table.sd()[0], 1e-4);
        table.mean()[0] = 99;
        assertEquals(train.mean(), table.mean()[0], 1e-5, "the record hands out copies");
    }

    @Test
    void splitDependsOnTheSeed() {
        var first = Datasets.table(people(), 0.2, 1, "age").dataset();
        assertEquals(
                first.hash(), Datasets.table(people(), 0.2, 1, "age").dataset().hash());
        org.junit.jupiter.api.Assertions.assertNotEquals(
                first.hash(), Datasets.table(people(), 0.2, 2, "age").dataset().hash());
        assertArrayEquals(new int[] {0}, Split.of(1, 0.9, 0).train(), "one record stays to train on");
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        Refusal.expect(() -> Datasets.table(people(), "weight"), "people", "'weight'", "height");
        Refusal.expect(() -> Datasets.table(people(), "name"), "'name'", "STRING", "[height, age]");
        Refusal.expect(() -> Datasets.table(Table.create("empty")), "empty", "0 numeric columns");
        var constant = Table.create("flat", DoubleColumn.create("c", new double[] {2, 2, 2}));
        Refusal.expect(() -> Datasets.table(constant, "c"), "flat", "'c'", "same value (2.0)", "leave it out");
    }

    @Test
    void refusesMissingValues() {
        var people = people();
        people.doubleColumn("height").setMissing(17);
        Refusal.expect(() -> Datasets.table(people), "people", "'height'", "missing value", "row 17");
        var ages = people();
        ages.intColumn("age").setMissing(3);
        Refusal.expect(() -> Datasets.table(ages, "age"), "'age'", "missing value", "row 3");
        var infinite = Table.create("x", DoubleColumn.create("c", new double[] {1, Double.POSITIVE_INFINITY}));
        Refusal.expect(() -> Datasets.table(infinite, "c"), "'c'", "Infinity", "row 1");
    }
}
