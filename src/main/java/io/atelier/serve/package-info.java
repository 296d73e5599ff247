/**
 * The HTTP server: the interfaces that clients of TensorFlow Serving and of the Open Inference Protocol speak, one of our own
 * for images, figures to watch, and a page to look at. Everything that comes over the network is untrusted here.
 */
@NullMarked
package io.atelier.serve;

import org.jspecify.annotations.NullMarked;
