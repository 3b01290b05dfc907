package latent4j.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a downloaded set lies on this machine: in the folder named by the environment variable
 * {@code LATENT4J_DATA} (or its sub-folder for the set), else in the project's {@code data} folder,
 * seen from the project's root or from a folder in it, such as {@code notebooks}.
 */
final class DataFolder {

    static final String VARIABLE = "LATENT4J_DATA";

    private DataFolder() {}

    /** The folders to look in for a set, best first. */
    static List<Path> candidates(String set) {
        return candidates(set, Optional.ofNullable(System.getenv(VARIABLE)), Path.of(""));
    }

    static List<Path> candidates(String set, Optional<String> variable, Path here) {
        var folders = new ArrayList<Path>();
        variable.filter(value -> !value.isBlank()).ifPresent(value -> {
            folders.add(Path.of(value).resolve(set));
            folders.add(Path.of(value));
        });
        var root = here.toAbsolutePath().normalize();
        folders.add(root.resolve("data").resolve(set));
        if (root.getParent() != null) {
            folders.add(root.getParent().resolve("data").resolve(set));
        }
        return folders;
    }

    /** The first of these folders that holds one of the files. */
    static Optional<Path> holding(List<Path> folders, List<String> files) {
        return folders.stream()
                .filter(folder ->
                        files.stream().anyMatch(file -> find(folder, file).isPresent()))
                .findFirst();
    }

    /** The file in the folder, plain or with the suffix {@code .gz}; some copies of MNIST write {@code .idx} for {@code -idx}. */
    static Optional<Path> find(Path folder, String file) {
        return Stream.of(file, file + ".gz", file.replace("-idx", ".idx"), file.replace("-idx", ".idx") + ".gz")
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The file in the folder, plain or gzipped, or an error that says what is missing. */
    static Path require(Path folder, String file) {
        return find(folder, file)
                .orElseThrow(() -> new IllegalArgumentException("expected the file " + file + " (or " + file
                        + ".gz) in " + folder.toAbsolutePath() + ", found "
                        + (Files.isDirectory(folder) ? "none" : "no such folder")));
    }

    /** Where the reader of an error should put the files: the project's own folder for the set. */
    static Path suggested(List<Path> folders) {
        return folders.stream()
                .filter(folder -> folder.getParent() != null && Files.isDirectory(folder.getParent()))
                .findFirst()
                .orElse(folders.get(0));
    }
}
