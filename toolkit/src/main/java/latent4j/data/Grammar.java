package latent4j.data;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import latent4j.tensor.RandomStream;
import latent4j.tensor.Seed;

/**
 * Sums over the letters a, b and c with brackets, such as {@code a-(b+c)}: a context-free language small enough to check.
 *
 * <pre>
 * sum     →  operand | operand + sum | operand - sum
 * operand →  a | b | c | ( sum )
 * </pre>
 *
 * <p>A record has shape {@code (steps, symbols)} = ({@value #STEPS}, 8): one row a character with a 1 at its place in
 * {@link #SYMBOLS} and 0 elsewhere; blanks fill the end. Factors: {@code length} in characters and {@code depth}, how many
 * brackets lie within each other. A string that is drawn has from {@value #SHORTEST} to {@value #STEPS} characters.
 */
public final class Grammar {

    /** The characters, in the order of a row; the last is the blank. */
    public static final String SYMBOLS = "abc+-() ";

    /** The longest string. */
    public static final int STEPS = 13;

    private static final int SHORTEST = 5;
    private static final Shape SHAPE = new Shape(STEPS, SYMBOLS.length());

    private Grammar() {}

    /** Whether a string belongs to the language; blanks at its end do not count. */
    public static boolean accepts(String text) {
        var rest = text.stripTrailing();
        return sum(rest, 0) == rest.length();
    }

    /**
     * The strings as records, with their length and depth where all belong to the language.
     *
     * @throws IllegalArgumentException for a string that is longer than {@value #STEPS}, or has another character
     */
    public static Samples encode(List<String> texts) {
        var values = Samples.room(texts.size(), SHAPE);
        var factors = new float[texts.size()][];
        for (int i = 0; i < factors.length; i++) {
            var text = texts.get(i);
            if (text.length() > STEPS) {
                throw new IllegalArgumentException(
                        "a string has at most " + STEPS + " characters, got " + text.length() + ": '" + text + "'");
            }
            for (int t = 0; t < STEPS; t++) {
                int symbol = SYMBOLS.indexOf(t < text.length() ? text.charAt(t) : ' ');
                if (symbol < 0) {
                    throw new IllegalArgumentException(
                            "the characters are '" + SYMBOLS + "', got '" + text.charAt(t) + "' in '" + text + "'");
                }
                values[(i * STEPS + t) * SYMBOLS.length() + symbol] = 1;
            }
            factors[i] = new float[] {text.stripTrailing().length(), depth(text)};
        }
        return Samples.of(SHAPE, values).withFactors(new Samples.Factors(List.of("length", "depth"), factors));
    }

    /** What records say: at every step the character of the largest value; blanks at the end are dropped. */
    public static List<String> decode(Samples samples) {
        if (!samples.shape().equals(SHAPE)) {
            throw new IllegalArgumentException("expected records of shape " + SHAPE + ", got " + samples.shape());
        }
        return IntStream.range(0, samples.size())
                .mapToObj(i -> decode(samples.row(i)))
                .toList();
    }

    private static String decode(float[] row) {
        var text = new StringBuilder();
        for (int t = 0; t < STEPS; t++) {
            int best = 0;
            for (int k = 1; k < SYMBOLS.length(); k++) {
                best = row[t * SYMBOLS.length() + k] > row[t * SYMBOLS.length() + best] ? k : best;
            }
            text.append(SYMBOLS.charAt(best));
        }
        return text.toString().stripTrailing();
    }

    /** The first {@code n} strings of an endless sequence. */
    static Samples sequence(int n, long seed, int split) {
        var texts = new ArrayList<String>(n);
        for (int i = 0; i < n; i++) {
            var random = new Seed(seed).child(split, i).stream();
            var text = new StringBuilder();
            do {
                text.setLength(0);
                write(text, random);
            } while (text.length() < SHORTEST || text.length() > STEPS);
            texts.add(text.toString());
        }
        return encode(texts);
    }

    /** Appends a random sum; one that is too long for a record ends early, since it will be thrown away. */
    private static void write(StringBuilder text, RandomStream random) {
        boolean more;
        do {
            if (random.uniform() < 0.33) {
                text.append('(');
                write(text, random);
                text.append(')');
            } else {
                text.append(SYMBOLS.charAt(random.integer(3)));
            }
            more = random.uniform() < 0.65 && text.length() <= STEPS;
            if (more) {
                text.append(random.integer(2) == 0 ? '+' : '-');
            }
        } while (more);
    }

    /** Where the sum that begins here ends, or −1 where none does. */
    private static int sum(String text, int from) {
        int end = operand(text, from);
        while (end >= 0 && end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
            end = operand(text, end + 1);
        }
        return end;
    }

    private static int operand(String text, int from) {
        if (from >= text.length()) {
            return -1;
        }
        char first = text.charAt(from);
        if (first >= 'a' && first <= 'c') {
            return from + 1;
        }
        int end = first == '(' ? sum(text, from + 1) : -1;
        return end >= 0 && end < text.length() && text.charAt(end) == ')' ? end + 1 : -1;
    }

    private static int depth(String text) {
        int open = 0;
        int deepest = 0;
        for (char c : text.toCharArray()) {
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            deepest = Math.max(deepest, open);
        }
        return deepest;
    }
}
