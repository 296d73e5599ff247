package io.atelier.serve;

import java.util.Optional;

/** The version of Atelier, as the jar's manifest has it. */
final class Version {
    static final String NUMBER = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("built from source");

    private Version() {}
}
