package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code activation(einsum(equation, x, kernel) + bias)}, where each axis has a letter: {@code abc,cd->abd}.
 *
 * <p>Letters that only x and the kernel have are summed over. The kernel's and the bias's sizes follow from the shapes of
 * input and output. Source: keras/src/layers/core/einsum_dense.py.
 *
 * @param equation with the axes of the input, of the kernel and of the output; {@code ...} stands for any number of axes at
 *     the beginning, or at the end, of input and output
 * @param outputShape without the batch and the axes of {@code ...}; {@link Shape#UNKNOWN} where the size is not given
 * @param biasAxes the letters of the output's axes along which the bias differs; empty for no bias
 * @param activation linear by default
 */
public record EinsumDense(String equation, List<Integer> outputShape, String biasAxes, ActivationOption activation)
        implements UnaryLayer {
    private static final Pattern EQUATION = Pattern.compile(
            "(?<left>\\.{3})?(?<x>[a-zA-Z]+)(?<right>\\.{3})?,(?<kernel>[a-zA-Z]+)->(\\.{3})?(?<y>[a-zA-Z]+)(\\.{3})?");

    /** An equation in which every axis has a letter. */
    public record Letters(String x, String kernel, String y) {
        /** As it was written: {@code abc,cd->abd}. */
        public String equation() {
            return x + "," + kernel + "->" + y;
        }
    }

    public EinsumDense {
        outputShape = List.copyOf(outputShape);
        Matcher parts = match(equation);
        for (String part : List.of(parts.group("x"), parts.group("kernel"), parts.group("y"))) {
            if (part.chars().distinct().count() < part.length()) {
                throw invalid(equation, "no letter may stand twice for an axis of the same tensor");
            }
        }
        String left = parts.group("left");
        String right = parts.group("right");
        if ((left != null && right != null)
                || equation.chars().filter(c -> c == '.').count() != (left != null || right != null ? 6 : 0)
                || (left != null && !equation.contains("->..."))
                || (right != null && !equation.endsWith("..."))) {
            throw invalid(equation, "the input and the output must both begin, or both end, with '...', or have none");
        }
        String y = parts.group("y");
        if (!y.chars().allMatch(axis -> (parts.group("x") + parts.group("kernel")).indexOf(axis) >= 0)
                || !biasAxes.chars().allMatch(axis -> y.indexOf(axis) >= 0)
                || !parts.group("kernel").chars().allMatch(axis -> (parts.group("x") + y).indexOf(axis) >= 0)) {
            throw invalid(equation, "every axis of the output, the kernel and the bias must be one of another tensor");
        }
    }

    private static Matcher match(String equation) {
        Matcher parts = EQUATION.matcher(equation);
        if (!parts.matches()) {
            throw invalid(equation, "expected an equation such as 'ab,bc->ac', '...ab,bc->...ac' or 'ab...,bc->ac...'");
        }
        return parts;
    }

    private static IllegalArgumentException invalid(String equation, String problem) {
        return new IllegalArgumentException("equation '" + equation + "': " + problem);
    }

    @Override
    public String className() {
        return "EinsumDense";
    }

    /** Whether there is a bias. */
    public boolean useBias() {
        return !biasAxes.isEmpty();
    }

    /** The equation for inputs of as many axes as this one. */
    public Letters letters(Shape input) {
        Matcher parts = match(equation);
        String x = parts.group("x");
        String y = parts.group("y");
        boolean isLeft = parts.group("left") != null;
        if (!isLeft && parts.group("right") == null) {
            Require.rank(x.length(), input);
            return new Letters(x, parts.group("kernel"), y);
        }
        Require.rankAtLeast(x.length(), input);
        String used = x + y + parts.group("kernel");
        String more = IntStream.concat(IntStream.rangeClosed('a', 'z'), IntStream.rangeClosed('A', 'Z'))
                .filter(letter -> used.indexOf(letter) < 0)
                .limit(input.rank() - x.length())
                .mapToObj(letter -> String.valueOf((char) letter))
                .collect(Collectors.joining());
        return isLeft
                ? new Letters(more + x, parts.group("kernel"), more + y)
                : new Letters(x + more, parts.group("kernel"), y + more);
    }

    @Override
    public Shape outputShape(Shape input) {
        Letters letters = letters(input);
        boolean isLeft = equation.startsWith(".");
        int more = letters.y().length() - match(equation).group("y").length();
        List<Integer> sizes = new ArrayList<>();
        sizes.add(input.size(0));
        for (int i = 1; isLeft && i < more; i++) {
            sizes.add(input.size(i));
        }
        sizes.addAll(outputShape);
        for (int i = 0; !isLeft && i < more; i++) {
            sizes.add(input.size(i - more));
        }
        if (sizes.size() != letters.y().length()) {
            throw new IllegalArgumentException("output_shape must have a size for each axis of the output of '"
                    + equation + "' but the batch; received " + outputShape + " for an input of shape " + input);
        }
        Shape output = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        for (int i = 0; i < letters.x().length(); i++) {
            int place = letters.y().indexOf(letters.x().charAt(i));
            if (place >= 0 && output.size(place) != Shape.UNKNOWN && output.size(place) != input.size(i)) {
                throw new IllegalArgumentException("axis '" + letters.x().charAt(i) + "' of '" + equation
                        + "' is another in the output of shape " + output + " than in the input of shape " + input);
            }
        }
        return output;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        Letters letters = letters(input);
        Shape output = outputShape(input);
        int[] kernel = letters.kernel()
                .chars()
                .map(axis -> letters.x().indexOf(axis) >= 0
                        ? Require.knownAxis(input, letters.x().indexOf(axis))
                        : Require.knownAxis(output, letters.y().indexOf(axis)))
                .toArray();
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable("kernel", kernel));
        if (useBias()) {
            int first = biasAxes.chars().map(letters.y()::indexOf).min().orElseThrow();
            int[] bias = IntStream.range(first, letters.y().length())
                    .map(place ->
                            biasAxes.indexOf(letters.y().charAt(place)) >= 0 ? Require.knownAxis(output, place) : 1)
                    .toArray();
            weights.add(WeightSpec.trainable("bias", bias));
        }
        return weights;
    }
}
