package io.camelback.server.management;

import io.camelback.json.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * The dashboard: a page out of plain files, which asks this server for its data and nobody else for anything. The files
 * are in the jar; the chart library is there too, as its makers built it.
 */
public final class DashboardFiles {
    /** All files of the page beside the page itself. */
    public static final List<String> FILES = List.of(
            "style.css",
            "icon.svg",
            "app.js",
            "dom.js",
            "words.js",
            "health.js",
            "headline.js",
            "chains.js",
            "models.js",
            "charts.js",
            "money.js",
            "requests.js",
            "events.js",
            "hand.js",
            "theme.js");

    private static final String HERE = "/camelback/dashboard/";
    private static final String CHARTS = "org.webjars.npm/chart.js";
    /** No script, style or address but this server's; nothing inline; in nobody's frame. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Asset(String type, String tag, Buffer bytes) {}

    private DashboardFiles() {}

    /** Serves the page at {@code /} and {@code /dashboard}. */
    static void on(ManagementRouter pages) {
        Asset page = asset(HERE + "index.html");
        pages.raw("/", context -> send(context, page));
        pages.raw("/dashboard", context -> send(context, page));
        for (String file : FILES) {
            Asset asset = asset(HERE + file);
            pages.raw("/dashboard/" + file, context -> send(context, asset));
        }
        Asset charts = asset("/META-INF/resources/webjars/chart.js/" + chartsVersion() + "/dist/chart.umd.min.js");
        pages.raw("/dashboard/chart.js", context -> send(context, charts));
    }

    private static void send(RoutingContext context, Asset asset) {
        HttpServerResponse response = context.response()
                .putHeader("etag", asset.tag())
                .putHeader("cache-control", "no-cache")
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-resource-policy", "same-origin");
        if (asset.tag().equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("content-type", asset.type()).end(asset.bytes());
        }
    }

    private static Asset asset(String path) {
        byte[] bytes = read(path);
        return new Asset(type(path), tag(bytes), Buffer.buffer(bytes));
    }

    private static String type(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static String tag(byte[] bytes) {
        return '"'
                + HexFormat.of().toHexDigits(ByteBuffer.wrap(Sha256.of(bytes)).getLong())
                + '"';
    }

    private static String chartsVersion() {
        Properties about = new Properties();
        try (InputStream in = open("/META-INF/maven/" + CHARTS + "/pom.properties")) {
            about.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("The chart library cannot be read", e);
        }
        return about.getProperty("version");
    }

    private static byte[] read(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(path + " cannot be read", e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = DashboardFiles.class.getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is not in this jar or beside it");
        }
        return in;
    }
}
