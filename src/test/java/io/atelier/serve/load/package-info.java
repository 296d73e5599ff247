/** Many requests at once: the generator of load, the figures it gives, and what must hold when a server is shaken. */
@NullMarked
package io.atelier.serve.load;

import org.jspecify.annotations.NullMarked;
