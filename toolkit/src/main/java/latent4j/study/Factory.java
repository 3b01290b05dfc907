package latent4j.study;

import java.io.Serializable;
import latent4j.model.Model;

/**
 * A static method that makes a model, by reference: {@code BetaVae::mlp}. It is never called here; it only says which method it is,
 * so that another process can call it.
 */
public interface Factory extends Serializable {

    /** A method with one argument. */
    interface Of1<A> extends Factory {
        Model make(A a);
    }

    /** A method with two arguments. */
    interface Of2<A, B> extends Factory {
        Model make(A a, B b);
    }

    /** A method with three arguments. */
    interface Of3<A, B, C> extends Factory {
        Model make(A a, B b, C c);
    }

    /** A method with four arguments. */
    interface Of4<A, B, C, D> extends Factory {
        Model make(A a, B b, C c, D d);
    }

    /** A method with five arguments. */
    interface Of5<A, B, C, D, E> extends Factory {
        Model make(A a, B b, C c, D d, E e);
    }
}
