package latent4j.study;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before any process is started; the rest is tested on a cluster, beside the launcher's tests. */
class SparkSubmitTest {

    @Test
    void jarsAreKnownByNameAndMajorVersion() {
        assertEquals("commons-io-2", SparkSubmit.nameAndMajor(Path.of("lib/commons-io-2.16.1.jar")));
        assertEquals("guava-33", SparkSubmit.nameAndMajor(Path.of("guava-33.0.0-jre.jar")));
        assertEquals(
                "pytorch-native-cpu-2", SparkSubmit.nameAndMajor(Path.of("pytorch-native-cpu-2.7.1-linux-x86_64.jar")));
        assertEquals("mine.jar", SparkSubmit.nameAndMajor(Path.of("mine.jar")));
    }

    @Test
    void whatSparkHasIsNotShipped(@TempDir Path folder) throws IOException {
        var spark = jars(folder.resolve("spark"), "gson-2.11.0.jar", "opencsv-2.3.jar", "slf4j-api-2.0.16.jar");
        var ours = jars(
                folder.resolve("ours"),
                "api-0.35.1.jar",
                "gson-2.13.1.jar",
                "opencsv-5.9.jar",
                "slf4j-simple-2.0.17.jar");
        assertEquals(
                List.of("api-0.35.1.jar", "opencsv-5.9.jar"),
                SparkSubmit.shipped(spark, SparkSubmit.jars(ours)).stream()
                        .map(jar -> jar.getFileName().toString())
                        .toList());
    }

    private static Path jars(Path folder, String... names) throws IOException {
        Files.createDirectories(folder);
        for (var name : names) {
            Files.createFile(folder.resolve(name));
        }
        return folder;
    }

    @Test
    void aMasterThatIsNoneOrNotThereIsRefused() throws IOException {
        assertRefused("nonsense", "expected a master of Spark", "'nonsense'");
        assertRefused("spark://host-without-port", "expected host:port");
        assertRefused("spark://127.0.0.1:7077/path", "expected spark://host:port");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            SparkSubmit.requireMaster("spark://127.0.0.1:1,127.0.0.1:" + port); // one of them is enough
        }
        assertRefused(
                "spark://127.0.0.1:" + port,
                "no Spark master at spark://127.0.0.1:" + port,
                "refused",
                "cluster start");
        assertDoesNotThrow(() -> SparkSubmit.requireMaster("yarn"));
        assertDoesNotThrow(() -> SparkSubmit.requireMaster("local[1]"));
    }

    private static void assertRefused(String master, String... said) {
        var error = assertThrows(IllegalArgumentException.class, () -> SparkSubmit.requireMaster(master));
        for (var words : said) {
            assertTrue(error.getMessage().contains(words), error.getMessage());
        }
    }

    @Test
    void aFolderWithoutSparkAndOneOfAnotherVersionAreNamed(@TempDir Path folder) throws IOException {
        assertTrue(refusedHome(folder).contains("found no jars/spark-core_"));
        jars(folder.resolve("jars"), "spark-core_2.12-3.5.1.jar");
        assertTrue(refusedHome(folder).contains("expected Spark 4"));
        assertTrue(refusedHome(folder).contains("found spark-core_2.12-3.5.1.jar"));
    }

    private static String refusedHome(Path folder) {
        return assertThrows(IllegalStateException.class, () -> SparkSubmit.home(folder))
                .getMessage();
    }

    @Test
    void parquetWithoutSparkIsRefusedBeforeAnythingRuns(@TempDir Path folder) throws IOException {
        var file = folder.resolve("study.json");
        Files.writeString(file, SmallStudies.study().toJson());
        var before = System.getProperty("SPARK_HOME");
        System.setProperty("SPARK_HOME", folder.toString());
        try {
            var results = folder.resolve("results");
            var error = assertThrows(IllegalStateException.class, () -> StudyCommand.run(file, "here", results, true));
            assertEquals("expected a Spark in " + folder + ", found no jars/spark-core_…jar there", error.getMessage());
            assertFalse(Files.exists(results));
        } finally {
            if (before == null) {
                System.clearProperty("SPARK_HOME");
            } else {
                System.setProperty("SPARK_HOME", before);
            }
        }
    }
}
