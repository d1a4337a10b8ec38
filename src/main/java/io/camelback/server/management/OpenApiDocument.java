package io.camelback.server.management;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;

/**
 * {@code GET /openapi.json}: what both ports answer, in the words of OpenAPI 3.1, for generators of clients and for
 * people's tools. The document is a file in the jar; a test holds it against the routes and the error codes.
 */
public final class OpenApiDocument {
    /** Where it is on the class path. */
    public static final String RESOURCE = "/camelback/openapi.json";

    /** Where the management port serves it. */
    public static final String PATH = "/openapi.json";

    private OpenApiDocument() {}

    static void on(ManagementRouter pages) {
        Buffer document = Buffer.buffer(bytes());
        pages.raw(
                PATH,
                context -> context.response()
                        .putHeader("content-type", "application/json")
                        .putHeader("cache-control", "no-cache")
                        .putHeader("x-content-type-options", "nosniff")
                        .end(document));
    }

    private static byte[] bytes() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in this jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " cannot be read", e);
        }
    }
}
