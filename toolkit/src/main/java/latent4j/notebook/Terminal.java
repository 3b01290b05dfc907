package latent4j.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** No notebook: text is printed, and pictures are saved, with their path printed. */
final class Terminal implements Host {

    static final Terminal INSTANCE = new Terminal();

    private Path folder;
    private int saved;

    private Terminal() {}

    @Override
    public synchronized String display(Bundle bundle) {
        var text = bundle.text();
        if (bundle.file() != null) {
            text += ": " + save(bundle.file());
        }
        System.out.println(text);
        return "";
    }

    @Override
    public void update(String id, Bundle bundle) {
        display(bundle);
    }

    /** A terminal prints values by itself. */
    @Override
    public void register(List<Class<?>> types, Function<Object, Bundle> rendering) {}

    @Override
    public boolean isLive() {
        return false;
    }

    private Path save(Bundle.File file) {
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("latent4j");
            }
            return Files.write(folder.resolve("figure-" + ++saved + "." + file.suffix()), file.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("could not save a figure in " + folder + ": " + e, e);
        }
    }
}
