package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

@DisabledIfEnvironmentVariable(named = "OMP_NUM_THREADS", matches = ".*")
class TrainingThreadsTest {
    @Test
    void aStepHasAllCoresButOneAndLeavesTheProcessAsItWas() throws Exception {
        List<Integer> before = ofTheProcess();
        int count = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        assertThat(TrainingThreads.use(() -> {
                    assertThat(ofTheProcess()).allMatch(threads -> threads <= count);
                    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
                }))
                .isEqualTo(count);
        assertThat(ofTheProcess()).isEqualTo(before);
    }

    @Test
    void aStepThatFailsLeavesTheProcessAsItWas() {
        List<Integer> before = ofTheProcess();
        assertThatThrownBy(() -> TrainingThreads.use(() -> {
                    throw new IOException("no");
                }))
                .hasMessage("no");
        assertThat(ofTheProcess()).isEqualTo(before);
    }

    private static List<Integer> ofTheProcess() {
        return List.of(
                Nd4j.getEnvironment().maxMasterThreads(), Nd4j.factory().blas().getMaxThreads());
    }
}
