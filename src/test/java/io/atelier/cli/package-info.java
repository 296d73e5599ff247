@NullMarked
package io.atelier.cli;

import org.jspecify.annotations.NullMarked;
