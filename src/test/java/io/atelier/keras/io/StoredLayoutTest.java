package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.ModelOrigin;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.TimeDistributed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The weights of a layer are laid out as they would be without a wrapper around it. */
class StoredLayoutTest {
    private static final Map<String, Object> CONVOLUTION =
            Map.of("filters", 2, "kernel_size", List.of(3, 3), "data_format", DataFormat.CHANNELS_FIRST.kerasName());

    @Test
    void aConvolutionOfTheanoIsUpsideDownInAWrapperToo() {
        assertThat(layout("1.2.2", "theano", "Conv2D", CONVOLUTION)).isEqualTo(new LegacyKernels(true, false, true));
        assertThat(layout("2.2.4", "theano", "Conv2D", CONVOLUTION)).isEqualTo(new LegacyKernels(false, false, true));
    }

    @Test
    void aLayerForCudnnIsTransposedInAWrapperToo() {
        assertThat(layout("2.2.4", "tensorflow", "CuDNNGRU", Map.of("units", 2)))
                .isEqualTo(new CudnnLayout());
    }

    private static StoredLayout layout(String version, String backend, String className, Map<String, ?> options) {
        ModelFile file = new ModelFile(
                new ModelOrigin("file", ModelOrigin.Format.H5, Optional.of(version), Optional.of(backend)),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                layers -> {
                    throw new IllegalStateException("no weights are read");
                });
        Map<String, Object> layer = Map.of("class_name", className, "config", options);
        LayerEntry entry =
                new LayerEntry("each", "TimeDistributed", "TimeDistributed", Map.of("layer", layer), List.of());
        LayerConfig config = LayerParsers.config(entry);
        assertThat(config).isInstanceOf(TimeDistributed.class);
        return StoredLayout.of(file, entry, config, 2);
    }
}
