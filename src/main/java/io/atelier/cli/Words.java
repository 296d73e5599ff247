package io.atelier.cli;

import io.atelier.classify.Fit;
import io.atelier.classify.Inversion;
import io.atelier.data.Unreadable;
import io.atelier.engine.Engine;
import io.atelier.train.Loss;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The constants of an enum as lower-case words on the command line, for parsing and for completion. */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final Class<E> type;

    private Words(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected " + String.join(" or ", words()) + "; received '" + word + "'"));
    }

    @Override
    public Iterator<String> iterator() {
        return words().iterator();
    }

    private List<String> words() {
        return Arrays.stream(type.getEnumConstants()).map(Words::word).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static final class Engines extends Words<Engine> {
        Engines() {
            super(Engine.class);
        }
    }

    static final class Targets extends Words<ExportCommand.Target> {
        Targets() {
            super(ExportCommand.Target.class);
        }
    }

    static final class Choices extends Words<Unreadable> {
        Choices() {
            super(Unreadable.class);
        }
    }

    static final class Fits extends Words<Fit> {
        Fits() {
            super(Fit.class);
        }
    }

    static final class Inversions extends Words<Inversion> {
        Inversions() {
            super(Inversion.class);
        }
    }

    static final class OptimizerNames extends Words<TrainingOptions.OptimizerName> {
        OptimizerNames() {
            super(TrainingOptions.OptimizerName.class);
        }
    }

    static final class LossNames extends Words<Loss.Kind> {
        LossNames() {
            super(Loss.Kind.class);
        }
    }
}
