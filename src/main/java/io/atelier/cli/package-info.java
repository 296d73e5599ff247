/**
 * The command {@code atelier}: one class a command, the result on standard output, errors as one sentence on standard
 * error. Whatever a program might want as well is in the library.
 */
@NullMarked
package io.atelier.cli;

import org.jspecify.annotations.NullMarked;
