/**
 * Measures Atelier beside its peers: each runs in a process of its own, and is told by {@code python/bench} when to
 * compute what.
 *
 * <p>Knows all engines, and is no part of the library: the Maven profile {@code bench} compiles it.
 */
@NullMarked
package io.atelier.bench;

import org.jspecify.annotations.NullMarked;
