package latent4j;
import ai.djl.ndarray.types.Shape;
import java.io.*; import java.nio.file.*; import java.util.zip.*;
import latent4j.data.*; import latent4j.model.vae.*; import latent4j.model.gan.*; import latent4j.train.*; import latent4j.model.*; import latent4j.nn.*;
public class Scratch {
    static byte[] gz(String n) throws IOException { try (var s = new GZIPInputStream(new FileInputStream("/work/shared/data/mnist/" + n))) { return s.readAllBytes(); } }
    static Samples mnist(String p) throws IOException {
        var im = gz(p + "-images-idx3-ubyte.gz"); var la = gz(p + "-labels-idx1-ubyte.gz");
        var v = new float[im.length - 16]; for (int i = 0; i < v.length; i++) v[i] = (im[i + 16] & 255) / 255f;
        var l = new int[la.length - 8]; for (int i = 0; i < l.length; i++) l[i] = la[i + 8];
        return Samples.of(new Shape(1, 28, 28), v).withLabels(l);
    }
    static class Log implements Watcher {
        public void epochEnded(Progress p) {
            var sb = new StringBuilder(String.format("epoch %d %.1fs %.1f/s ", p.epoch(), p.seconds(), p.stepsPerSecond()));
            for (var s : p.history().series()) { double m = 0; int k = Math.min(100, s.values().length); for (int i = 0; i < k; i++) m += s.values()[s.values().length - 1 - i] / k; if (s.validation()) m = s.last(); sb.append(String.format("%s%s %.3f; ", s.validation() ? "H:" : "", s.name(), m)); }
            System.out.println(sb);
        }
    }
    public static void main(String[] a) throws Exception {
        System.out.println(latent4j.tensor.Compute.current());
        if (a[0].equals("vae")) {
            var d = new Dataset("mnist", mnist("train"), mnist("t10k"));
            for (int seed = 0; seed < Integer.parseInt(a[1]); seed++) {
                var m = Vae.mlp(d.shape(), 20);
                var run = Trainer.epochs(10).seed(seed).watchedBy(new Log()).fit(m, d);
                System.out.println(run + " test -ELBO " + m.negativeElbo(d.test(), 1));
            }
        }
    }
}
