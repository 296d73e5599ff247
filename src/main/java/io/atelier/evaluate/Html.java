package io.atelier.evaluate;

/** Puts HTML together; whatever comes from outside is escaped. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Adds markup as it is. */
    Html raw(String markup) {
        text.append(markup);
        return this;
    }

    /** Adds an element that holds text. */
    Html element(String tag, String content) {
        return element(tag, "", content);
    }

    /**
     * Adds an element that holds text.
     *
     * @param attributes as they are, with values that come from outside escaped
     */
    Html element(String tag, String attributes, String content) {
        open(tag, attributes);
        text.append(escape(content));
        return close(tag);
    }

    Html open(String tag, String attributes) {
        text.append('<')
                .append(tag)
                .append(attributes.isEmpty() ? "" : " ")
                .append(attributes)
                .append('>');
        return this;
    }

    Html close(String tag) {
        text.append("</").append(tag).append(">\n");
        return this;
    }

    /** Text for an element's content or, in double quotes, an attribute's value. */
    static String escape(String outside) {
        return outside.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
