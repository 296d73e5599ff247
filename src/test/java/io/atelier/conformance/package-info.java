/** The tests of conformance: references written by numpy, an engine in plain Java, and files that mean harm. */
@NullMarked
package io.atelier.conformance;

import org.jspecify.annotations.NullMarked;
