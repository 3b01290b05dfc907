package latent4j.tensor;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Whether this machine computes products of bfloat16 numbers (8 bits of mantissa, float32's range) faster than of float32. */
public final class Bfloat16 {

    private static final Set<String> CPU_FLAGS = Set.of("avx512_bf16", "amx_bf16");
    private static final int GPU_CAPABILITY = 80;

    private Bfloat16() {}

    /** Why it gains nothing here; empty where it does. */
    public static Optional<String> refusal() {
        var compute = Compute.current();
        if (!compute.runsTorchScript()) {
            return Optional.of("the engine " + compute.engine() + " computes in float32 only");
        }
        return compute.device().isGpu()
                ? gpuRefusal(CudaUtils.getComputeCapability(compute.device().getDeviceId()))
                : cpuRefusal(cpuInfo());
    }

    static Optional<String> gpuRefusal(String capability) {
        return Integer.parseInt(capability) >= GPU_CAPABILITY
                ? Optional.empty()
                : Optional.of("a GPU gains from it from compute capability 8.0 on, this one has "
                        + new StringBuilder(capability).insert(capability.length() - 1, '.'));
    }

    /** The answer for the text of {@code /proc/cpuinfo}; empty on systems that have none, among them all Macs. */
    static Optional<String> cpuRefusal(String cpuInfo) {
        boolean gains = cpuInfo.lines()
                .filter(line -> line.startsWith("flags"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .anyMatch(CPU_FLAGS::contains);
        return gains
                ? Optional.empty()
                : Optional.of("a CPU gains from it with AVX512_BF16 or AMX, which this one does not report");
    }

    private static String cpuInfo() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }
}
