package latent4j.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class Bfloat16Test {

    private static Optional<String> flags(String flags) {
        return Bfloat16.cpuRefusal(
                "processor\t: 0\nmodel name\t: a CPU\nflags\t\t: fpu vme " + flags + "\nbugs\t\t: none\n");
    }

    @Test
    void aCpuGainsByItsFlags() {
        assertEquals(Optional.empty(), flags("avx512f avx512_bf16 clwb"));
        assertEquals(Optional.empty(), flags("amx_bf16"));
        var refusal = Optional.of("a CPU gains from it with AVX512_BF16 or AMX, which this one does not report");
        assertEquals(refusal, flags("avx2 avx512f not_avx512_bf16"));
        assertEquals(refusal, Bfloat16.cpuRefusal("bugs : avx512_bf16"));
        assertEquals(refusal, Bfloat16.cpuRefusal(""));
    }

    @Test
    void aGpuGainsByItsCapability() {
        assertEquals(Optional.empty(), Bfloat16.gpuRefusal("80"));
        assertEquals(Optional.empty(), Bfloat16.gpuRefusal("120"));
        assertEquals(
                Optional.of("a GPU gains from it from compute capability 8.0 on, this one has 7.5"),
                Bfloat16.gpuRefusal("75"));
    }
}
