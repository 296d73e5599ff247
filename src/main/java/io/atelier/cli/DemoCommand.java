package io.atelier.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows all of Atelier on the trained Fashion-MNIST model. */
@Command(
        name = "demo",
        description = "Read a trained Fashion-MNIST model, import it into Deeplearning4j, compare it with Keras, and"
                + " classify images with it; exit status 1 if a check fails.")
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The folder that holds fixtures/fashion-mnist (default: where Atelier is installed).")
    private Optional<Path> home = Optional.empty();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        Demo demo = new Demo(Home.fashionMnist(home), Terminal.detect(), console.out());
        return demo.run() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
}
