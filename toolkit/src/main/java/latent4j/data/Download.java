package latent4j.data;

import ai.djl.Application.CV;
import ai.djl.basicdataset.BasicDatasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Brings one file of a published set. The one in use is DJL's basicdataset repository, which keeps
 * what it brought in DJL's cache; its files are read here, not through {@code
 * ai.djl.basicdataset.cv}, because those classes neither check the content nor work without an
 * engine.
 */
@FunctionalInterface
interface Download {

    /** The unpacked content of an item of an artifact, as DJL's repository names them. */
    byte[] bring(String artifact, String item) throws IOException;

    /** From DJL's basicdataset repository. */
    static Download djl() {
        return (artifact, item) -> {
            var resource = BasicDatasets.REPOSITORY.dataset(CV.ANY, BasicDatasets.GROUP_ID, artifact, "1.0");
            var found = resource.getDefaultArtifact();
            if (found == null) {
                throw new IOException("DJL's repository has no " + artifact);
            }
            resource.prepare(found);
            var file = found.getFiles().get(item);
            if (file == null) {
                throw new IOException("DJL's " + artifact + " has no file " + item + ", only "
                        + found.getFiles().keySet());
            }
            try (var stream = resource.getRepository().openStream(file, null)) {
                return stream.readAllBytes();
            }
        };
    }

    /** The item, or one error that says where to put the files instead. */
    static byte[] orExplain(
            Download download, String artifact, String item, String set, List<String> files, List<Path> folders) {
        try {
            return download.bring(artifact, item);
        } catch (IOException e) {
            throw new UncheckedIOException(explanation(e, set, files, folders), e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(explanation(e, set, files, folders), e);
        }
    }

    private static String explanation(Exception e, String set, List<String> files, List<Path> folders) {
        return set + " is not on this machine (looked in " + folders + ") and could not be downloaded (" + causes(e)
                + "). Put the files " + String.join(", ", files) + ", plain or as .gz, into "
                + DataFolder.suggested(folders) + ", or into a folder that the environment variable "
                + DataFolder.VARIABLE + " names.";
    }

    /** All causes in one line, because notebook kernels print only the outermost message. */
    private static String causes(Throwable e) {
        return e.getCause() == null || e.getCause() == e ? e.toString() : e + ", caused by " + causes(e.getCause());
    }
}
