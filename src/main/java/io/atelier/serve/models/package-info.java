/**
 * The models that a server holds: where they come from, how each is loaded, proven, replaced and drained, and how requests
 * that arrive together become one batch. Nothing in here knows of HTTP.
 */
@NullMarked
package io.atelier.serve.models;

import org.jspecify.annotations.NullMarked;
