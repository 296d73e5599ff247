package io.atelier.cli;

import io.atelier.classify.Preprocessing;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size as {@code 28x28}, the height first. */
final class SizeConverter implements ITypeConverter<Preprocessing.Size> {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    @Override
    public Preprocessing.Size convert(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("expected height x width, such as 28x28; received '" + text + "'");
        }
        return new Preprocessing.Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
