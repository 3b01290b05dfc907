package latent4j.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another process that works for this one. Its standard input stays open as long as this process lives and wants it, so that it can
 * stop when it closes; what it says on the error stream goes to a log.
 */
final class Child implements AutoCloseable {

    private static final int TAIL = 15;
    private static final long PATIENCE = 30; // seconds, for a checkpoint of a large model

    private final Process process;
    private final Path log;
    private final Thread reader;

    /**
     * Starts it.
     *
     * @param input what it reads first
     * @param lines is called with each line of its standard output, on a thread of its own
     */
    Child(List<String> command, Map<String, String> environment, Path log, String input, Consumer<String> lines) {
        this.log = log;
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
            reader = new Thread(() -> read(lines), "latent4j-child-" + process.pid());
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0) + ": " + e, e);
        }
        try {
            process.getOutputStream().write((input + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // it has ended already, which its exit status says
        }
    }

    private void read(Consumer<String> lines) {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Its exit status, once it has ended and all that it said is read. */
    int status() {
        try {
            reader.join(PATIENCE * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    /** The last lines that it wrote on its error stream. */
    String tail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
        } catch (IOException e) {
            return "its log " + log + " cannot be read: " + e;
        }
    }

    /** Asks it to stop, without waiting for it. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
    }

    /** Stops it: by closing its input, and if that does not help, by force. An interrupt is kept for later. */
    @Override
    public void close() {
        stop();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
