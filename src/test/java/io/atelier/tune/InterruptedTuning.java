package io.atelier.tune;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that tunes, and stands still within its fourth epoch, to be killed. */
final class InterruptedTuning {
    private InterruptedTuning() {}

    public static void main(String[] arguments) {
        CheckpointTest.tuner()
                .epochs(6)
                .checkpoints(Path.of(arguments[0]))
                .listener(new TuningListener() {
                    @Override
                    public void onBatch(Position position) {
                        if (position.epoch() == 4) {
                            System.out.println(CheckpointTest.STANDS_STILL);
                            waitForever();
                        }
                    }
                })
                .build()
                .tune(CheckpointTest.DATA);
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
