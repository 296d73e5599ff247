package io.atelier.evaluate;

import io.atelier.data.SkippedImage;

/** The mistakes that the model was surest of, as pictures, and the images that could not be read. */
final class PageMistakes {
    private PageMistakes() {}

    static void write(Html html, Evaluation evaluation) {
        if (!evaluation.mistakes().isEmpty()) {
            html.element("h2", "Most confident mistakes").open("div", "class=\"gallery\"");
            evaluation.mistakes().forEach(mistake -> figure(html, mistake));
            html.close("div");
        }
        if (evaluation.skippedCount() > 0) {
            html.element("h2", PageSummary.count(evaluation.skippedCount()) + " images could not be read")
                    .open("ul", "");
            for (SkippedImage image : evaluation.skipped()) {
                html.element("li", image.reason());
            }
            html.close("ul");
            long more = evaluation.skippedCount() - evaluation.skipped().size();
            if (more > 0) {
                html.element("p", "and " + PageSummary.count(more) + " more");
            }
        }
    }

    private static void figure(Html html, Mistake mistake) {
        html.open("figure", "")
                .raw("<img alt=\"" + Html.escape(mistake.actual()) + "\" src=\"data:image/png;base64," + mistake.png()
                        + "\">\n")
                .open("figcaption", "")
                .element("strong", mistake.actual())
                .raw(" taken for ")
                .element("strong", mistake.predicted())
                .raw(" (" + PageSummary.share(mistake.confidence()) + ")")
                .element("small", mistake.image())
                .close("figcaption")
                .close("figure");
    }
}
