package io.atelier.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of TensorFlow Serving's REST interface, taken apart as the original does.
 *
 * @param model its name; empty if the path has none
 * @param version if the path names one
 * @param label of a version, if the path names one
 * @param suffix {@code metadata}, {@code predict}, {@code classify} or {@code regress}; empty for the status
 */
record TensorFlowPath(Optional<String> model, Optional<Long> version, Optional<String> label, Optional<String> suffix) {
    private static final String WHICH = "(?:/versions/(\\d{1,18})|/labels/([^/:]+))?";
    private static final Pattern STATUS = Pattern.compile("/v1/models(?:/([^/:]+))?" + WHICH + "(?:/(metadata))?");
    private static final Pattern CALL = Pattern.compile("/v1/models/([^/:]+)" + WHICH + ":(classify|regress|predict)");

    /** The parts of a path that is asked with GET; empty if it has none. */
    static Optional<TensorFlowPath> ofGet(String path) {
        return parts(STATUS.matcher(path));
    }

    /** The parts of a path that is asked with POST; empty if it has none. */
    static Optional<TensorFlowPath> ofPost(String path) {
        return parts(CALL.matcher(path));
    }

    private static Optional<TensorFlowPath> parts(Matcher matcher) {
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new TensorFlowPath(
                Optional.ofNullable(matcher.group(1)),
                Optional.ofNullable(matcher.group(2)).map(Long::valueOf),
                Optional.ofNullable(matcher.group(3)),
                Optional.ofNullable(matcher.group(4))));
    }
}
