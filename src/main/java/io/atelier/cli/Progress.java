package io.atelier.cli;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error that says how far long work has got; nothing where there is no terminal. */
final class Progress implements AutoCloseable {
    private static final int UPDATE_MILLIS = 200;

    private final Optional<ProgressBar> bar;

    /**
     * A bar at its beginning.
     *
     * @param task what is done
     * @param total how much there is of it
     */
    Progress(Terminal terminal, String task, long total) {
        this.bar = terminal.isTerminal() ? Optional.of(bar(terminal, task, total)) : Optional.empty();
    }

    private static ProgressBar bar(Terminal terminal, String task, long total) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, terminal.columns()))
                .clearDisplayOnFinish()
                .build();
    }

    void stepTo(long done) {
        bar.ifPresent(shown -> shown.stepTo(done));
    }

    /** Says something behind the bar. */
    void say(String message) {
        bar.ifPresent(shown -> shown.setExtraMessage(message));
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
