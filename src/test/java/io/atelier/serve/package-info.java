/** Tests of the HTTP server, each against a server of its own on a free port. */
@NullMarked
package io.atelier.serve;

import org.jspecify.annotations.NullMarked;
