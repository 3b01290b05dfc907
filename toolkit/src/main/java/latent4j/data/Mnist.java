package latent4j.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MNIST (LeCun, Cortes and Burges, 1998): from files, or else downloaded through DJL; in both cases
 * checked against the published MD5 sums of the unpacked files.
 */
final class Mnist {

    private static final Map<String, String> MD5 = Map.of(
            IdxFolder.TRAIN_IMAGES, "6bbc9ace898e44ae57da46a324031adb",
            IdxFolder.TRAIN_LABELS, "a25bea736e30d166cdddb491f175f624",
            IdxFolder.TEST_IMAGES, "2646ac647ad5339dbf082846283269ea",
            IdxFolder.TEST_LABELS, "27ae3e4e09519cfbb04c329615203637");

    /** What DJL's repository calls the files. */
    private static final Map<String, String> ITEMS = Map.of(
            IdxFolder.TRAIN_IMAGES, "train_data",
            IdxFolder.TRAIN_LABELS, "train_labels",
            IdxFolder.TEST_IMAGES, "test_data",
            IdxFolder.TEST_LABELS, "test_labels");

    private Mnist() {}

    static Dataset load(List<Path> folders, Download download) {
        var folder = DataFolder.holding(folders, IdxFolder.FILES);
        return folder.isPresent() ? checked(IdxFolder.read(folder.get())) : checked(downloaded(folders, download));
    }

    private static Map<String, IdxFolder.Content> downloaded(List<Path> folders, Download download) {
        var contents = new LinkedHashMap<String, IdxFolder.Content>();
        for (var file : IdxFolder.FILES) {
            var bytes = Download.orExplain(download, "mnist", ITEMS.get(file), "MNIST", IdxFolder.FILES, folders);
            contents.put(file, new IdxFolder.Content("the downloaded " + file, bytes));
        }
        return contents;
    }

    private static Dataset checked(Map<String, IdxFolder.Content> contents) {
        // The structure first: "truncated" helps more than a sum that differs.
        var dataset = IdxFolder.dataset("mnist", contents, 10);
        contents.forEach((file, content) -> {
            var found = Hash.md5(content.bytes());
            if (!found.equals(MD5.get(file))) {
                throw new IllegalArgumentException(content.name() + ": this is not MNIST: its unpacked content has the "
                        + "MD5 sum " + found + ", expected " + MD5.get(file)
                        + "; for another set in this format, such as Fashion-MNIST, use Datasets.idx(folder)");
            }
        });
        return dataset;
    }
}
