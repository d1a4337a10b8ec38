package io.camelback.protocol.gemini.client;

/** What stands around the responses of one stream. Used once, by one thread. */
interface GeminiStreamFraming {

    /** @param json one response or error, on one line or several */
    String element(String json);

    /** What follows the last element. */
    String end();

    /** Server-sent events, for {@code alt=sse}. The end is the end of the bytes. */
    static GeminiStreamFraming events() {
        return new GeminiStreamFraming() {
            @Override
            public String element(String json) {
                // Line ends can only stand between the tokens of valid JSON.
                boolean flat = json.indexOf('\n') < 0 && json.indexOf('\r') < 0;
                return "data: " + (flat ? json : json.replaceAll("[\\r\\n]+", " ")) + "\r\n\r\n";
            }

            @Override
            public String end() {
                return "";
            }
        };
    }

    /** One JSON array, for callers who do not say {@code alt=sse}. */
    static GeminiStreamFraming array() {
        return new GeminiStreamFraming() {
            private boolean begun;

            @Override
            public String element(String json) {
                String before = begun ? ",\r\n" : "[";
                begun = true;
                return before + json;
            }

            @Override
            public String end() {
                return begun ? "]" : "[]";
            }
        };
    }
}
