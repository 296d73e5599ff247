package io.atelier.cli;

import io.atelier.plot.ModelPlot;
import io.atelier.plot.PlotOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws a model's graph. */
@Command(
        name = "plot",
        description = "Draw a model's layers and how they are connected, as Keras's plot_model does, without Graphviz.")
final class PlotCommand implements Runnable {
    private enum Direction {
        TB,
        LR
    }

    @Mixin
    private ModelArguments model = new ModelArguments();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PICTURE",
            required = true,
            description = "The file to write; its name ends in .svg, .png or .dot.")
    @SuppressWarnings("NullAway.Init") // required
    private Path output;

    @Option(
            names = "--no-shapes",
            negatable = true,
            description = "Draw the layers with or without the shapes they take and give (default: with).")
    private boolean shapes = true;

    @Option(
            names = "--rankdir",
            paramLabel = "DIRECTION",
            description = "TB from top to bottom, LR from left to right (default: TB).")
    private Direction direction = Direction.TB;

    @Option(
            names = "--expand-nested",
            description = "Draw the layers of nested models rather than a box for each model.")
    private boolean expandNested;

    @Mixin
    private Console console = new Console();

    @Override
    public void run() {
        String name = output.toString().toLowerCase(Locale.ROOT);
        if (!name.matches(".*\\.(svg|png|dot)")) {
            throw console.invalid("--output", "a name that ends in .svg, .png or .dot", "'" + output + "'");
        }
        ModelPlot plot = ModelPlot.of(model.read(), new PlotOptions(shapes, direction == Direction.LR, expandNested));
        try {
            if (name.endsWith(".png")) {
                ImageIO.write(plot.toImage(), "png", output.toFile());
            } else {
                Files.writeString(output, name.endsWith(".svg") ? plot.toSvg() : plot.toDot());
            }
        } catch (IOException | UncheckedIOException e) {
            throw CommandException.unreadable(output + ": the picture cannot be written: " + e.getMessage(), e);
        }
    }
}
