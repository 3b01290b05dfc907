package latent4j.data;

/** How an image file's pixels are read. */
public enum Colour {
    /** One channel: luma, 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    GREY(1),
    /** Three channels: red, green and blue. */
    RGB(3);

    private final int channels;

    Colour(int channels) {
        this.channels = channels;
    }

    /** Numbers a pixel: 1 or 3. */
    public int channels() {
        return channels;
    }
}
