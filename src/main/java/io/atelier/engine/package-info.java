/**
 * The one interface through which a model is run: batches of float tensors in, tensors out.
 * Classifiers, conformance and serving see this package and never the engine behind it.
 */
@NullMarked
package io.atelier.engine;

import org.jspecify.annotations.NullMarked;
