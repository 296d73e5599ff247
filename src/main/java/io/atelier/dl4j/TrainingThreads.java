package io.atelier.dl4j;

import java.util.concurrent.Callable;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many threads ND4J's native code takes for a training step: all cores but one, unless {@code OMP_NUM_THREADS} says
 * otherwise.
 *
 * <p>A step is hundreds of small operations, after each of which OpenMP's and OpenBLAS's threads wait for each other by
 * turning in circles. On the last core they turn in the way of those that have work, and of the JVM: on two cores, a step
 * of a small network takes twice as long with both as with one.
 */
final class TrainingThreads {
    private static final boolean IS_TOLD = System.getenv("OMP_NUM_THREADS") != null;
    private static final int COUNT = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private TrainingThreads() {}

    /** Computes something with these threads. */
    static <T> T use(Callable<T> computation) throws Exception {
        if (IS_TOLD) {
            return computation.call();
        }
        // OpenMP's number is the calling thread's own; the others are the whole process's, and are given back.
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(COUNT);
        Environment environment = Nd4j.getEnvironment();
        Blas blas = Nd4j.factory().blas();
        int ofOperations = environment.maxMasterThreads();
        int ofBlas = blas.getMaxThreads();
        try {
            environment.setMaxMasterThreads(Math.min(COUNT, ofOperations));
            blas.setMaxThreads(Math.min(COUNT, ofBlas));
            return computation.call();
        } finally {
            environment.setMaxMasterThreads(ofOperations);
            blas.setMaxThreads(ofBlas);
        }
    }
}
