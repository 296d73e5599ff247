/** Tests of how models are found, loaded, proven, replaced and run in batches. */
@NullMarked
package io.atelier.serve.models;

import org.jspecify.annotations.NullMarked;
