package io.atelier.serve;

import java.util.Set;

/** The page and what it shows. */
final class PageApi {
    /** What the page itself is made of: the same for everyone, and nothing of the models. */
    static final Set<String> TEXTS = Set.of("/", "/page.css", "/page.js", "/docs", "/docs.js", "/openapi.json");

    private PageApi() {}
}
