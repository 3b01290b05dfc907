package latent4j.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import latent4j.tensor.Require;

/**
 * A factor that changes while a model trains: of its learning rates, or of a term of a loss. It is a function of the time
 * alone, so that a resumed training finds the same factor.
 */
public sealed interface Schedule {

    /**
     * The factor at a time.
     *
     * @param epoch how long training has lasted, in epochs (2.5: in the middle of the third)
     * @param epochs how long it lasts in all, in epochs
     */
    double factor(double epoch, double epochs);

    /** Always 1. */
    record Constant() implements Schedule {
        @Override
        public double factor(double epoch, double epochs) {
            return 1;
        }
    }

    /**
     * 1 for a share of the training, then a straight line.
     *
     * @param hold for which share of the training the factor stays 1, in [0, 1)
     * @param end the factor at the end
     */
    record LinearDecay(double hold, double end) implements Schedule {
        public LinearDecay {
            Require.belowOne("hold", hold);
            Require.notNegative("end", end);
        }

        @Override
        public double factor(double epoch, double epochs) {
            return 1 - (1 - end) * Math.max(0, (share(epoch, epochs) - hold) / (1 - hold));
        }
    }

    /**
     * Half a cosine wave from 1 to the end: end + (1 − end)·½(1 + cos(π·epoch/epochs)) (Loshchilov and Hutter 2017,
     * equation 5, without restarts).
     *
     * @param end the factor at the end
     */
    record Cosine(double end) implements Schedule {
        public Cosine {
            Require.notNegative("end", end);
        }

        @Override
        public double factor(double epoch, double epochs) {
            return end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * share(epoch, epochs)));
        }
    }

    /**
     * max(end, exp(−rate·epoch)), as temperatures fall (Jang et al. 2017, section 4).
     *
     * @param rate how fast it falls, per epoch
     * @param end the least factor
     */
    record Exponential(double rate, double end) implements Schedule {
        public Exponential {
            Require.notNegative("rate", rate);
            Require.notNegative("end", end);
        }

        @Override
        public double factor(double epoch, double epochs) {
            return Math.max(end, Math.exp(-rate * epoch));
        }
    }

    /**
     * At each of some times the factor is multiplied by the same number.
     *
     * @param factor by what it is multiplied
     * @param at when, in epochs, ascending
     */
    record Steps(double factor, List<Double> at) implements Schedule {
        public Steps {
            Require.positive("factor", factor);
            at = List.copyOf(at);
            for (int i = 0; i < at.size(); i++) {
                Require.positive("at", at.get(i));
                if (i > 0 && at.get(i) <= at.get(i - 1)) {
                    throw new IllegalArgumentException("at must be ascending epochs, got " + at);
                }
            }
        }

        @Override
        public double factor(double epoch, double epochs) {
            return Math.pow(factor, at.stream().filter(time -> time <= epoch).count());
        }
    }

    /**
     * One factor after the other, each for a time of its own; the last one stays.
     *
     * @param factors in their order, each ≥ 0
     * @param lengths how long each holds, in epochs
     */
    record Stages(List<Double> factors, List<Double> lengths) implements Schedule {
        public Stages {
            Require.atLeast("number of factors", 1, factors.size());
            if (lengths.size() != factors.size()) {
                throw new IllegalArgumentException("each factor needs a length, got " + factors.size() + " factors and "
                        + lengths.size() + " lengths");
            }
            factors.forEach(factor -> Require.notNegative("factor", factor));
            lengths.forEach(length -> Require.positive("length", length));
            factors = List.copyOf(factors);
            lengths = List.copyOf(lengths);
        }

        @Override
        public double factor(double epoch, double epochs) {
            double end = 0;
            for (int i = 0; i < factors.size(); i++) {
                end += lengths.get(i);
                if (epoch < end) {
                    return factors.get(i);
                }
            }
            return factors.get(factors.size() - 1);
        }
    }

    /**
     * A straight line from 0 up to where another schedule begins, whose time starts then (Goyal et al. 2017, section 2.2,
     * for learning rates; Bowman et al. 2016, section 3.1, for the KL term of a VAE).
     *
     * @param length how long the way up takes, in epochs
     * @param then the schedule that follows, over the rest of the training
     */
    record WarmUp(double length, Schedule then) implements Schedule {
        public WarmUp {
            Require.positive("length", length);
        }

        @Override
        public double factor(double epoch, double epochs) {
            double rest = Math.max(0, epochs - length);
            return epoch < length ? epoch / length * then.factor(0, rest) : then.factor(epoch - length, rest);
        }
    }

    /**
     * Cycles of equal length over the whole training; in each, a straight line from 0 to 1 and then 1 (Fu et al. 2019,
     * equations 6 and 7). After the end of training it stays 1.
     *
     * @param cycles how many, ≥ 1; M in the paper
     * @param rising the share of each cycle in which the factor rises, in (0, 1]; R in the paper
     */
    record Cyclical(int cycles, double rising) implements Schedule {
        public Cyclical {
            Require.atLeast("cycles", 1, cycles);
            if (!(rising > 0 && rising <= 1)) {
                throw new IllegalArgumentException("rising must be in (0, 1], got " + rising);
            }
        }

        @Override
        public double factor(double epoch, double epochs) {
            double time = share(epoch, epochs);
            double inCycle = time * cycles - Math.floor(time * cycles);
            return time >= 1 ? 1 : Math.min(1, inCycle / rising);
        }
    }

    /** Always 1. */
    static Schedule constant() {
        return new Constant();
    }

    /** A straight line from 1 to 0 at the end of the training. */
    static Schedule linearDecay() {
        return new LinearDecay(0, 0);
    }

    /** 1 for a share of the training, such as the first half (0.5), then a straight line to 0 at its end. */
    static Schedule linearDecay(double hold) {
        return new LinearDecay(hold, 0);
    }

    /** A straight line from 0 to 1 at the end of the training. */
    static Schedule linearRise() {
        return new Cyclical(1, 1);
    }

    /** Cycles of equal length, in whose first half the factor rises from 0 to 1. */
    static Schedule cyclical(int cycles) {
        return new Cyclical(cycles, 0.5);
    }

    /** Half a cosine wave from 1 to 0 at the end of the training. */
    static Schedule cosine() {
        return new Cosine(0);
    }

    /** max(end, exp(−rate·epoch)). */
    static Schedule exponential(double rate, double end) {
        return new Exponential(rate, end);
    }

    /** Multiplied by the factor at each of these times, in epochs. */
    static Schedule steps(double factor, double... at) {
        return new Steps(factor, Arrays.stream(at).boxed().toList());
    }

    /** These factors one after the other, each for so many epochs. */
    static Schedule stages(double epochs, double... factors) {
        var lengths = Collections.nCopies(factors.length, epochs);
        return new Stages(Arrays.stream(factors).boxed().toList(), lengths);
    }

    /** This schedule after a straight line from 0 over so many epochs. */
    default Schedule warmUp(double epochs) {
        return new WarmUp(epochs, this);
    }

    private static double share(double epoch, double epochs) {
        return epochs > 0 ? Math.min(1, epoch / epochs) : 0;
    }
}
