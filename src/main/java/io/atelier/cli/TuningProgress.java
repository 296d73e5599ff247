package io.atelier.cli;

import io.atelier.evaluate.EpochMetrics;
import io.atelier.tune.TuningListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Says on standard error how tuning gets on: with a bar for each epoch on a terminal, and a line for each that is done. */
final class TuningProgress implements TuningListener, AutoCloseable {
    private final Terminal terminal;
    private final PrintWriter err;
    private Optional<Progress> bar = Optional.empty();

    TuningProgress(Terminal terminal, PrintWriter err) {
        this.terminal = terminal;
        this.err = err;
    }

    @Override
    public void onBatch(TuningListener.Position position) {
        Progress shown = bar.orElseGet(() -> open(position));
        bar = Optional.of(shown);
        shown.stepTo(position.images());
        shown.say(String.format(Locale.ROOT, "loss %.4f, accuracy %.4f", position.loss(), position.accuracy()));
    }

    private Progress open(TuningListener.Position position) {
        return new Progress(terminal, "Epoch " + position.epoch() + "/" + position.epochs(), position.ofImages());
    }

    @Override
    public void onEpoch(EpochMetrics epoch) {
        close();
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "epoch %d: loss %.4f, accuracy %.4f", epoch.epoch(), epoch.loss(), epoch.accuracy()));
        epoch.validationLoss()
                .ifPresent(loss -> line.append(String.format(Locale.ROOT, ", held out: loss %.4f", loss)));
        epoch.validationAccuracy()
                .ifPresent(accuracy -> line.append(String.format(Locale.ROOT, ", accuracy %.4f", accuracy)));
        err.println(
                line.append(String.format(Locale.ROOT, ", %.1f s", epoch.time().toNanos() / 1e9)));
        err.flush();
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        bar.ifPresent(Progress::close);
        bar = Optional.empty();
    }
}
