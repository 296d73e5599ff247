/**
 * The proof that an engine computes what Keras computed: references written by Python, and the comparison layer by
 * layer. A reference is a file like any other, so it is read with the same distrust as a model.
 */
@NullMarked
package io.atelier.conformance;

import org.jspecify.annotations.NullMarked;
