package latent4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where MNIST's own files are, for what needs them and is left out without: as {@link Datasets#mnist} looks, or beside the project. */
public final class RealMnist {

    private RealMnist() {}

    /** The folders looked in. */
    static List<Path> folders() {
        var folders = new ArrayList<>(DataFolder.candidates("mnist"));
        folders.add(Path.of("../../shared/data/mnist").toAbsolutePath().normalize());
        return folders;
    }

    /** The folder of the files, where there is one. */
    static Optional<Path> folder() {
        return DataFolder.holding(folders(), IdxFolder.FILES);
    }

    /** The set, where its files are; a run of it says that {@link Datasets#mnist} makes it, and no place of this machine. */
    public static Optional<Dataset> find() {
        return folder().map(
                        folder -> Mnist.load(List.of(folder), Download.djl()).madeBy("mnist"));
    }
}
