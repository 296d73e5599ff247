/** What the tests of several packages share: where the fixtures are, and small helpers. */
@NullMarked
package io.atelier.testing;

import org.jspecify.annotations.NullMarked;
