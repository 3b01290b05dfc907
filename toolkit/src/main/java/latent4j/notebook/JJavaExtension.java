package latent4j.notebook;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Prepares a starting JJava kernel: renderers and live view, without a word and without loading the engine. */
public final class JJavaExtension implements Extension {

    @Override
    public void install(BaseKernel kernel) {
        Notebook.prepare();
    }
}
