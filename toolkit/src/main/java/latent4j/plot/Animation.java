package latent4j.plot;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/** Pictures shown one after the other, for ever: a GIF. */
public final class Animation {

    private final byte[] gif;
    private final BufferedImage first;
    private final int frames;
    private final double framesPerSecond;

    private Animation(byte[] gif, BufferedImage first, int frames, double framesPerSecond) {
        this.gif = gif;
        this.first = first;
        this.frames = frames;
        this.framesPerSecond = framesPerSecond;
    }

    /**
     * An animation of the given frames.
     *
     * @param frames pictures of one size
     * @param framesPerSecond greater than 0 and at most 50, which is what browsers show
     */
    public static Animation of(List<BufferedImage> frames, double framesPerSecond) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("an animation needs at least one frame, got none");
        }
        if (!(framesPerSecond > 0 && framesPerSecond <= 50)) {
            throw new IllegalArgumentException("framesPerSecond must be > 0 and <= 50, got " + framesPerSecond);
        }
        var first = frames.get(0);
        for (int i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            if (frame.getWidth() != first.getWidth() || frame.getHeight() != first.getHeight()) {
                throw new IllegalArgumentException("all frames must be " + first.getWidth() + " x " + first.getHeight()
                        + " pixels as the first, got " + frame.getWidth() + " x " + frame.getHeight() + " in frame "
                        + i);
            }
        }
        return new Animation(encode(frames, framesPerSecond), first, frames.size(), framesPerSecond);
    }

    /** The GIF file's bytes: a copy. */
    public byte[] gif() {
        return gif.clone();
    }

    /** The first frame, for where nothing moves. */
    public BufferedImage first() {
        return first;
    }

    public int frames() {
        return frames;
    }

    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "animation of %d frames, %.3g a second", frames, framesPerSecond);
    }

    private static byte[] encode(List<BufferedImage> frames, double framesPerSecond) {
        ImageIO.setUseCache(false);
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (var frame : frames) {
                // greys keep all their 256 levels; colours are reduced to the frame's best 256
                var reduced = Pixels.grey(frame).map(Animation::indexed).orElse(frame);
                writer.writeToSequence(new IIOImage(reduced, null, timing(writer, reduced, framesPerSecond)), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException("no GIF could be made of " + frames.size() + " frames", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage indexed(BufferedImage grey) {
        var levels = new byte[256];
        for (int i = 0; i < 256; i++) {
            levels[i] = (byte) i;
        }
        var model = new IndexColorModel(8, 256, levels, levels, levels);
        return new BufferedImage(model, grey.getRaster(), false, null);
    }

    private static IIOMetadata timing(ImageWriter writer, BufferedImage frame, double framesPerSecond)
            throws IIOInvalidTreeException {
        // not createFromRenderedImage, which takes another palette for the frame's own
        var metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
        var format = metadata.getNativeMetadataFormatName();
        var root = (IIOMetadataNode) metadata.getAsTree(format);
        var control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", Long.toString(Math.round(100 / framesPerSecond)));
        var loop = new IIOMetadataNode("ApplicationExtension");
        loop.setAttribute("applicationID", "NETSCAPE");
        loop.setAttribute("authenticationCode", "2.0");
        // sub-block 1, then the number of repetitions as two bytes: 0 is for ever
        loop.setUserObject(new byte[] {1, 0, 0});
        child(root, "ApplicationExtensions").appendChild(loop);
        metadata.setFromTree(format, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        for (int i = 0; i < root.getLength(); i++) {
            if (root.item(i).getNodeName().equals(name)) {
                return (IIOMetadataNode) root.item(i);
            }
        }
        var node = new IIOMetadataNode(name);
        root.appendChild(node);
        return node;
    }
}
