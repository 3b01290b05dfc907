package latent4j.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {

    @Test
    void numbersStandRightWithTheDigitsThatMatter() {
        var html = Tables.html(Table.create(
                "models",
                StringColumn.create("model", "VAE", "<GAN> & co"),
                DoubleColumn.create("negative ELBO", 104.3149, 98),
                IntColumn.create("epochs", 10, 200)));
        assertTrue(html.contains("<td style=\"text-align:right\">104.31</td>"), html);
        assertTrue(html.contains("<td style=\"text-align:right\">98.00</td>"), html);
        assertTrue(html.contains("<td style=\"text-align:right\">200</td>"), html);
        assertTrue(html.contains("<td style=\"text-align:left\">&lt;GAN&gt; &amp; co</td>"), html);
        assertTrue(html.contains("<th style=\"text-align:right\">negative ELBO</th>"), html);
    }

    @Test
    void noColumnHasZerosAllTheWayDown() {
        var html = Tables.html(Table.create(
                "settings",
                DoubleColumn.create("beta", 0.5, 1, 4),
                DoubleColumn.create("rate", 1e-3, 1e25, 0),
                DoubleColumn.create("loss", 121.31, 98, 2e7)));
        for (var text : List.of("0.5", "1.0", "4.0", "0.001", "1.00e+25", "0.000", "121.31", "2.00e+07")) {
            assertTrue(html.contains(">" + text + "<"), text + ": " + html);
        }
    }

    @Test
    void roundedNumbersGetNoZerosThatNobodyMeasured() {
        var html = Tables.html(Table.create(
                "rounded", DoubleColumn.create("distance", 2.4, 0.18), DoubleColumn.create("share", 0, 0.5)));
        assertTrue(html.contains(">2.40<") && html.contains(">0.18<"), html);
        assertTrue(html.contains(">0.0<") && html.contains(">0.5<"), html);
    }

    @Test
    void longTablesAreCutAndSaySo() {
        var numbers = IntColumn.create("n");
        for (int i = 0; i < 1000; i++) {
            numbers.append(i);
        }
        var html = Tables.html(Table.create("long", numbers));
        assertTrue(html.contains(">24<") && !html.contains(">25<"));
        assertTrue(html.contains("The first 25 of 1000 rows."));
        assertFalse(Tables.html(Table.create("short", numbers.first(25))).contains("rows."));
    }

    @Test
    void missingValuesAreADash() {
        var column = DoubleColumn.create("v", 0.5);
        column.appendMissing();
        assertTrue(Tables.html(Table.create("t", column)).contains(">–<"));
    }

    @Test
    void aNumberThatRanAwaySpoilsNoOther() {
        var html = Tables.html(Table.create("losses", DoubleColumn.create("loss", 121.3, 7762.8, 9.22e17)));
        assertTrue(html.contains(">121.3<") && html.contains(">7762.8<") && html.contains(">9.22e+17<"), html);
    }

    @Test
    void noZerosAreAddedThatNoNumberOfTheColumnNeeds() {
        var html = Tables.html(
                Table.create("t", DoubleColumn.create("share", 0.93, 0.7), DoubleColumn.create("rate", 1e-4, 3e-3)));
        assertTrue(html.contains(">0.93<") && html.contains(">0.70<"), html);
        assertTrue(html.contains(">0.0001<") && html.contains(">0.0030<"), html);
    }

    @Test
    void numbersReadWell() {
        assertEquals("105.8", Numbers.plain(105.83));
        assertEquals("1.386", Numbers.plain(Math.log(4)));
        assertEquals("0.01230", Numbers.plain(0.0123));
        assertEquals("1.23e-07", Numbers.plain(1.23e-7));
        assertEquals("0", Numbers.plain(0));
        assertEquals("NaN", Numbers.plain(Double.NaN));
        assertEquals("\u22120.5", Numbers.tick(-0.5));
        assertEquals("120", Numbers.tick(120));
        assertEquals("0.3", Numbers.tick(0.1 + 0.2));
        assertEquals("2.219", Numbers.tick(2.21928, 4));
    }
}
