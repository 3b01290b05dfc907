package latent4j.notebook;

import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import latent4j.data.Samples;
import latent4j.data.Sound;
import latent4j.plot.Animation;
import latent4j.plot.Charts;
import latent4j.plot.Figure;
import latent4j.plot.Images;
import latent4j.plot.Tables;
import latent4j.study.Compared;
import latent4j.study.Studied;
import latent4j.train.History;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;

/**
 * Values as outputs.
 *
 * <p>A picture goes out twice. As HTML, because JupyterLab drops the alternative text of a bare image, and because
 * neither JupyterLab nor nbconvert takes a caption with one; JupyterLab shows it in notebooks it does not trust, too.
 * And as {@code image/png}, with size and alternative text in the metadata where nbconvert looks for them, for the
 * tools that take pictures out of notebooks. A GIF goes out as HTML with its first frame as PNG, since nbconvert does
 * not know {@code image/gif}. A sound goes out as HTML with a player that holds it, so that a saved notebook plays it, too.
 */
final class Rendering {

    /** The types with a form of their own; all others show as text. */
    static final List<Class<?>> TYPES = List.of(
            Figure.class,
            IChart.class,
            BufferedImage.class,
            Animation.class,
            Samples.class,
            Sound.class,
            Table.class,
            History.class,
            Compared.class,
            Studied.class,
            Markup.class);

    private static final String MEANS = "Means over the seeds, with one standard error to either side.";

    private Rendering() {}

    static Bundle of(Object value) {
        return of(value, "");
    }

    /** The value with a caption below it; the caption of what is no picture is dropped. */
    static Bundle of(Object value, String caption) {
        if (value instanceof Figure figure) {
            return picture(figure.image(), caption);
        } else if (value instanceof IChart chart) {
            return picture(Figure.of(chart, describe(chart)).image(), caption);
        } else if (value instanceof BufferedImage image) {
            return picture(image, caption);
        } else if (value instanceof Animation animation) {
            return animation(animation, caption);
        } else if (value instanceof Samples samples) {
            return samples(samples, caption);
        } else if (value instanceof Sound sound) {
            return sound(sound, caption);
        } else if (value instanceof History history) {
            return of(Charts.lossChart(history), caption);
        } else if (value instanceof Compared compared) {
            return compared(compared);
        } else if (value instanceof Studied studied) {
            return studied(studied);
        } else if (value instanceof Table table) {
            return Bundle.of("text/html", Tables.html(table), table.print(25));
        } else if (value instanceof Markup markup) {
            return Bundle.of(markup.type(), markup.source(), markup.source());
        } else if (value instanceof Throwable error) {
            return Bundle.text(Notebook.explain(error));
        }
        return Bundle.text(String.valueOf(value));
    }

    /** Whether the value shows as a picture or a sound, which can have a caption. */
    static boolean takesCaption(Object value) {
        return value instanceof Figure
                || value instanceof IChart
                || value instanceof BufferedImage
                || value instanceof Animation
                || value instanceof Samples
                || value instanceof Sound
                || value instanceof History;
    }

    /** A picture of the given size on the page. */
    static Bundle picture(byte[] png, int width, int height, String alternative, String caption) {
        var base64 = Base64.getEncoder().encodeToString(png);
        return new Bundle(
                Map.of(
                        "text/html",
                        figure("image/png", base64, width, height, alternative, caption),
                        "image/png",
                        base64,
                        "text/plain",
                        caption.isEmpty() ? alternative : caption + " (" + alternative + ")"),
                metadata(width, height, alternative),
                new Bundle.File(png, "png"));
    }

    private static Bundle picture(BufferedImage image, String caption) {
        int scale = Images.scale(image);
        return picture(
                Images.png(image),
                image.getWidth() / scale,
                image.getHeight() / scale,
                Images.alternative(image),
                caption);
    }

    private static Bundle animation(Animation animation, String caption) {
        var first = animation.first();
        int width = first.getWidth() / Images.scale(first);
        int height = first.getHeight() / Images.scale(first);
        var gif = animation.gif();
        var alternative = animation.toString();
        return new Bundle(
                Map.of(
                        "text/html",
                                figure(
                                        "image/gif",
                                        Base64.getEncoder().encodeToString(gif),
                                        width,
                                        height,
                                        alternative,
                                        caption),
                        "image/png", Base64.getEncoder().encodeToString(Images.png(first)),
                        "text/plain", caption.isEmpty() ? alternative : caption + " (" + alternative + ")"),
                metadata(width, height, alternative),
                new Bundle.File(gif, "gif"));
    }

    /** In one output: the table, what it cannot say, the chart, and draws of each model. */
    private static Bundle compared(Compared compared) {
        var html = new StringBuilder(Tables.html(compared.toTable()));
        compared.notes()
                .forEach(note -> html.append("<p>").append(Tables.escape(note)).append("</p>"));
        if (!compared.names().isEmpty()) {
            html.append(picture(compared.chart().image(), MEANS).data().get("text/html"));
        }
        compared.pictures()
                .ifPresent(pictures -> html.append(picture(pictures, "Draws of each model, from its first seed.")
                        .data()
                        .get("text/html")));
        return Bundle.of("text/html", html.toString(), compared.toString());
    }

    /** In one output: the table of settings, what it cannot say, and the chart. */
    private static Bundle studied(Studied studied) {
        var html = new StringBuilder(Tables.html(studied.toTable()));
        studied.notes()
                .forEach(note -> html.append("<p>").append(Tables.escape(note)).append("</p>"));
        if (!studied.names().isEmpty()) {
            html.append(picture(studied.chart().image(), MEANS).data().get("text/html"));
        }
        return Bundle.of("text/html", html.toString(), studied.toString());
    }

    private static Bundle samples(Samples samples, String caption) {
        if (samples.isImage() && samples.size() > 0) {
            int most = 100;
            if (samples.size() > most) {
                var note = "the first " + most + " of " + samples.size() + " images";
                return of(Images.grid(samples.head(most)), caption.isEmpty() ? note : caption + ": " + note);
            }
            return of(Images.grid(samples), caption);
        } else if (samples.shape().dimension() == 1 && samples.shape().get(0) == 2 && samples.size() > 0) {
            return of(Charts.scatter(samples), caption);
        }
        return Bundle.text(samples.toString());
    }

    private static Bundle sound(Sound sound, String caption) {
        var wav = sound.wav();
        var alternative = Tables.escape(sound.toString());
        var player = "<audio controls aria-label=\"" + alternative + "\" title=\"" + alternative
                + "\" src=\"data:audio/wav;base64," + Base64.getEncoder().encodeToString(wav) + "\"></audio>";
        return new Bundle(
                Map.of(
                        "text/html",
                        figure(player, caption),
                        "text/plain",
                        caption.isEmpty() ? sound.toString() : caption + " (" + sound + ")"),
                Map.of(),
                new Bundle.File(wav, "wav"));
    }

    private static String figure(
            String type, String base64, int width, int height, String alternative, String caption) {
        return figure(
                "<img width=\"" + width + "\" height=\"" + height + "\" alt=\"" + Tables.escape(alternative)
                        + "\" src=\"data:" + type + ";base64," + base64 + "\">",
                caption);
    }

    private static String figure(String content, String caption) {
        return "<figure style=\"margin:0\">" + content
                + (caption.isEmpty() ? "" : "<figcaption>" + Tables.escape(caption) + "</figcaption>")
                + "</figure>";
    }

    private static Map<String, Object> metadata(int width, int height, String alternative) {
        return Map.of("image/png", Map.of("width", width, "height", height, "alt", alternative));
    }

    private static String describe(IChart chart) {
        return chart instanceof AxesChart<?, ?> axes
                ? "chart of " + axes.getYAxisTitle() + " over " + axes.getXAxisTitle()
                : "chart";
    }
}
