package latent4j.gallery;

import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures side by side, each with its name and a few lines below it. */
final class Sheet {

    private static final int COLUMNS = 5;
    private static final int SIDE = 480;
    private static final int GAP = 40;
    private static final int LINE = 26;
    private static final int TEXT = 6 * LINE;

    private Sheet() {}

    record Tile(BufferedImage picture, String name, List<String> lines) {}

    static BufferedImage of(List<Tile> tiles) {
        int columns = Math.min(COLUMNS, Math.max(1, tiles.size()));
        int rows = Math.max(1, (tiles.size() + columns - 1) / columns);
        int high = SIDE + TEXT + GAP;
        var sheet = new BufferedImage(GAP + columns * (SIDE + GAP), GAP + rows * high, BufferedImage.TYPE_BYTE_GRAY);
        var g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        g.setColor(Color.DARK_GRAY);
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            int left = GAP + i % columns * (SIDE + GAP);
            int top = GAP + i / columns * high;
            var picture = tile.picture();
            double scale = (double) SIDE / Math.max(picture.getWidth(), picture.getHeight());
            g.drawImage(
                    picture,
                    left,
                    top,
                    (int) Math.round(scale * picture.getWidth()),
                    (int) Math.round(scale * picture.getHeight()),
                    null);
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 24));
            g.drawString(tile.name(), left, top + SIDE + LINE);
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
            for (int line = 0; line < tile.lines().size(); line++) {
                g.drawString(tile.lines().get(line), left, top + SIDE + (line + 2) * LINE);
            }
        }
        g.dispose();
        return sheet;
    }
}
