package io.camelback.acceptance.operations;

import static io.camelback.testkit.RunningGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.camelback.server.management.DashboardFiles;
import io.camelback.testkit.GatewayTestCase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dashboard is made of, as it comes over the wire. */
class DashboardAssetsTest {
    @RegisterExtension
    static final GatewayTestCase drill = GatewayTestCase.shipped();

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(drill.gateway().management(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void all_that_the_page_names_is_there_and_comes_from_here() throws Exception {
        String page = get("/").body();
        assertThat(get("/dashboard").body()).isEqualTo(page);
        List<String> named = Pattern.compile("(?:src|href)=\"([^#\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(4).allMatch(path -> path.startsWith("/dashboard/"));
        for (String path : named) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
        for (String file : DashboardFiles.FILES) {
            String text = get("/dashboard/" + file).body();
            for (MatchResult found : Pattern.compile("from '\\./([\\w.]+)'")
                    .matcher(text)
                    .results()
                    .toList()) {
                assertThat(DashboardFiles.FILES).as(file).contains(found.group(1));
            }
            assertThat(text).as(file).doesNotContain("innerHTML", "insertAdjacentHTML", "https://");
        }
    }

    @Test
    void scripts_come_from_files_only_and_data_from_here_only() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContain("style=");
    }

    @Test
    void what_has_not_changed_is_not_sent_again() throws Exception {
        HttpResponse<String> charts = get("/dashboard/chart.js");
        assertThat(charts.body()).contains("Chart.js v");
        assertThat(header(charts, "content-type")).startsWith("text/javascript");
        assertThat(get("/dashboard/chart.js", "If-None-Match", header(charts, "etag"))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void nothing_else_is_read_off_the_class_path() throws Exception {
        assertThat(get("/dashboard/..%2f..%2fcamelback-logback.xml").statusCode())
                .isEqualTo(404);
        assertThat(get("/dashboard/index.html").statusCode()).isEqualTo(404);
    }

    @Test
    void a_page_of_another_origin_may_not_look() throws Exception {
        assertThat(get("/", "Origin", "https://evil.example").statusCode()).isEqualTo(403);
    }
}
