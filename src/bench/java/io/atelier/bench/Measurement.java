package io.atelier.bench;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Times calls with JMH.
 *
 * <p>JMH does not fork here: each peer has a process of its own already, and stays in it from round to round, so that
 * the rounds of all peers can be interleaved.
 */
@State(Scope.Benchmark)
public class Measurement {
    private static Callable<?> call = () -> {
        throw new IllegalStateException("nothing to measure");
    };

    /** One call of what is measured; JMH keeps the result alive. */
    @Benchmark
    public Object call() throws Exception {
        return Objects.requireNonNull(call.call());
    }

    /** Times one call after the other on one thread; nanoseconds as JSON. */
    static String of(Callable<?> measured, double warmUpSeconds, double seconds) throws RunnerException {
        call = measured;
        System.setProperty("jmh.ignoreLock", "true");
        RunResult result = new Runner(new OptionsBuilder()
                        .include(Measurement.class.getName().replace(".", "\\.") + "\\.call$")
                        .mode(Mode.SampleTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(0)
                        .warmupIterations(1)
                        .warmupTime(time(warmUpSeconds))
                        .measurementIterations(1)
                        .measurementTime(time(seconds))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        Statistics times = result.getPrimaryResult().getStatistics();
        return String.format(
                Locale.ROOT,
                "{\"p50\": %.0f, \"p99\": %.0f, \"mean\": %.0f, \"count\": %d}",
                times.getPercentile(50),
                times.getPercentile(99),
                times.getMean(),
                times.getN());
    }

    private static TimeValue time(double seconds) {
        return TimeValue.milliseconds(Math.round(seconds * 1000));
    }
}
