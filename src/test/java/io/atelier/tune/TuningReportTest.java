package io.atelier.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.data.Dataset;
import org.junit.jupiter.api.Test;

class TuningReportTest {
    private static final Dataset DATA = Blocks.data(10, 30, 1);

    @Test
    void thePageTellsSettingsEpochsAndWhatWasBefore() {
        TuningReport report = Blocks.tuner(Blocks.model())
                .epochs(2)
                .validation(0.2)
                .build()
                .tune(DATA)
                .report();

        assertThat(report.toPage().epochs()).isEqualTo(report.epochs());
        assertThat(report.toPage().evaluation()).isEqualTo(report.after());
        assertThat(report.toPage().before()).isEqualTo(report.before()).isPresent();
        assertThat(report.toPage().facts())
                .containsAllEntriesOf(report.settings())
                .containsEntry("ended because", "all epochs are done")
                .containsEntry("weights", "after epoch 2");
    }

    @Test
    void thereIsAPageWithoutImagesHeldOut() {
        TuningReport report =
                Blocks.tuner(Blocks.model()).epochs(1).build().tune(DATA).report();

        assertThat(report.toPage().evaluation()).isEmpty();
        assertThat(report.toPage().toHtml()).contains("<svg").doesNotContain("<h2>Labels</h2>");
    }
}
