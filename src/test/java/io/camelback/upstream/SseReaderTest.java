package io.camelback.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camelback.failure.SseEventTooLargeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SseReaderTest {

    /** Streams as servers send them, and the events in them. */
    enum Case {
        LINE_FEEDS("data: a\n\ndata: b\n\n", event("a"), event("b")),
        CARRIAGE_RETURNS("data: a\r\rdata: b\r\r", event("a"), event("b")),
        BOTH("data: a\r\n\r\ndata: b\r\n\r\n", event("a"), event("b")),
        MIXED("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", event("a"), event("b"), event("c")),
        NO_SPACE("data:a\n\n", event("a")),
        TWO_SPACES("data:  a\n\n", event(" a")),
        A_TAB_IS_CONTENT("data:\ta\n\n", event("\ta")),
        COLONS_IN_DATA("data: a:b: c\n\n", event("a:b: c")),
        MANY_DATA_LINES("data: a\ndata:b\ndata: c\n\n", event("a\nb\nc")),
        AN_EMPTY_LINE_INSIDE("data: a\ndata\ndata: b\n\n", event("a\n\nb")),
        A_LEADING_EMPTY_LINE("data:\ndata: b\n\n", event("\nb")),
        NAMED(
                "event: message_start\ndata: {\"type\":\"message_start\"}\n\n",
                new SseEvent("message_start", "{\"type\":\"message_start\"}")),
        NAMED_WITHOUT_SPACE("event:ping\ndata:{}\n\n", new SseEvent("ping", "{}")),
        NAMED_AFTER_ITS_DATA("data: x\nevent: late\n\n", new SseEvent("late", "x")),
        NAMED_TWICE("event: a\nevent: b\ndata: x\n\n", new SseEvent("b", "x")),
        AN_EMPTY_NAME("event:\ndata: x\n\n", event("x")),
        A_NAME_IS_FORGOTTEN(
                "event: a\n\ndata: x\n\nevent: b\ndata: y\n\ndata: z\n\n",
                event("x"),
                new SseEvent("b", "y"),
                event("z")),
        COMMENTS(": OPENROUTER PROCESSING\n\n:\n\ndata: a\n: keep-alive\ndata: b\n\n: ping\n\n", event("a\nb")),
        NO_DATA("event: ping\n\ndata:\n\ndata\n\ndata: \n\ndata: a\n\n", event("a")),
        ID_AND_RETRY("id: 7\nretry: 3000\ndata: a\nid\n\n", event("a")),
        UNKNOWN_FIELDS("foo: bar\nDATA: no\ndatax: no\ndat: no\n data: no\ndata: a\n\n", event("a")),
        A_BYTE_ORDER_MARK("\uFEFFdata: a\n\ndata: b\n\n", event("a"), event("b")),
        ONLY_ONE_BYTE_ORDER_MARK("\uFEFF\uFEFFdata: a\n\ndata: b\n\n", event("b")),
        A_BYTE_ORDER_MARK_LATER("data: a\n\n\uFEFFdata: b\n\n", event("a")),
        A_BYTE_ORDER_MARK_IN_DATA("data: \uFEFFa\n\n", event("\uFEFFa")),
        NO_BLANK_LINE_AT_THE_END("data: a\n\ndata: b\n", event("a"), event("b")),
        NO_LINE_END_AT_THE_END("data: a\n\nevent: last\ndata: b", event("a"), new SseEvent("last", "b")),
        CUT_IN_ITS_CARRIAGE_RETURN("data: a\r\n\r\ndata: b\r", event("a"), event("b")),
        DONE("data: a\n\ndata: [DONE]\n\n", event("a"), event("[DONE]")),
        DONE_WITHOUT_SPACE("data:[DONE]\n\n", event("[DONE]")),
        DONE_AT_THE_END("data: [DONE]", event("[DONE]")),
        DONE_TWICE_AND_MORE(
                "data: [DONE]\n\ndata: [DONE]\n\ndata: junk\n\n", event("[DONE]"), event("[DONE]"), event("junk")),
        BLANK_LINES("\n\n\r\n\r\rdata: a\n\n\n\n", event("a")),
        BARE_JSON("{\"error\":{\"message\":\"no stream\"}}\n", event("{\"error\":{\"message\":\"no stream\"}}")),
        BARE_JSON_LATER("data: a\n\n[{\"error\":1}]\n\ndata: b\n\n", event("a"), event("[{\"error\":1}]"), event("b")),
        BARE_MARKUP("data: a\n\n<html>\n<body>502</body>\n", event("a"), event("<html>\n<body>502</body>")),
        AN_ERROR_WITHOUT_DATA("event: error\n\ndata: a\n\n", new SseEvent("error", ""), event("a")),
        AN_ERROR_WITH_EMPTY_DATA("event: api_error\ndata:\n\n", new SseEvent("api_error", "")),
        AN_ERROR_AT_THE_END("event: error", new SseEvent("error", "")),
        AN_ERROR_FIELD(
                "error: {\"message\":\"x\"}\n\ndata: a\n\n", new SseEvent("error", "{\"message\":\"x\"}"), event("a")),
        NOTHING("");

        private final String text;
        private final List<SseEvent> events;

        Case(String text, SseEvent... events) {
            this.text = text;
            this.events = List.of(events);
        }
    }

    private static final String MULTILINGUAL =
            "\uFEFFevent: delta\r\ndata: {\"text\":\"你好，世界 — naïve 👩🏽‍💻🇪🇺\"}\r\n\r\n"
                    + ": 注释 💤\r\n\r\ndata: 日本語\r\ndata:𝔘𝔫𝔦\r\n\r\ndata: [DONE]\r\n\r\n";
    private static final List<SseEvent> MULTILINGUAL_EVENTS = List.of(
            new SseEvent("delta", "{\"text\":\"你好，世界 — naïve 👩🏽‍💻🇪🇺\"}"), event("日本語\n𝔘𝔫𝔦"), event("[DONE]"));

    @ParameterizedTest(name = "{0}")
    @EnumSource(Case.class)
    void reads(Case stream) throws IOException {
        assertThat(all(new ByteArrayInputStream(utf8(stream.text)))).isEqualTo(stream.events);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Case.class)
    void reads_the_same_byte_by_byte_and_in_any_two_pieces(Case stream) throws IOException {
        byte[] bytes = utf8(stream.text);
        assertThat(all(byteByByte(bytes))).isEqualTo(stream.events);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(all(split(bytes, cut))).as("cut at %d", cut).isEqualTo(stream.events);
        }
    }

    @Test
    void e05_no_character_is_cut_wherever_reads_split_the_stream() throws IOException {
        byte[] bytes = utf8(MULTILINGUAL);
        assertThat(all(byteByByte(bytes))).isEqualTo(MULTILINGUAL_EVENTS);
        for (int cut = 1; cut < bytes.length; cut++) {
            assertThat(all(split(bytes, cut))).as("cut at %d", cut).isEqualTo(MULTILINGUAL_EVENTS);
        }
    }

    @Test
    void line_ends_of_every_kind_mean_the_same() throws IOException {
        for (String end : List.of("\n", "\r", "\r\n")) {
            assertThat(all(byteByByte(utf8(MULTILINGUAL.replace("\r\n", end))))).isEqualTo(MULTILINGUAL_EVENTS);
        }
    }

    @Test
    void malformed_text_becomes_replacement_characters() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(utf8("data: a"));
        bytes.write(0xE4);
        bytes.write(utf8("b\n\ndata: c\n\n"));
        assertThat(all(new ByteArrayInputStream(bytes.toByteArray()))).containsExactly(event("a\uFFFDb"), event("c"));
    }

    @Test
    void an_event_is_out_before_another_byte_is_needed() throws IOException {
        for (String end : List.of("\n\n", "\r\r", "\r\n\r\n")) {
            // The stream fails on the read after the blank line: had the reader asked for more, there would be no
            // event.
            SseReader reader = new SseReader(new Pieces(utf8("data: a" + end), null));
            assertThat(reader.next()).as(end).isEqualTo(event("a"));
            assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessage("read too far");
        }
    }

    @Test
    void an_event_is_out_at_its_second_carriage_return() throws IOException {
        SseReader reader = new SseReader(new Pieces(utf8("data: a\r\n\r"), null));
        assertThat(reader.next()).isEqualTo(event("a"));
    }

    @Test
    void the_end_stays_the_end() throws IOException {
        SseReader reader = new SseReader(new ByteArrayInputStream(utf8("data: a")));
        assertThat(reader.next()).isEqualTo(event("a"));
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
    }

    @Test
    void e07_an_endless_event_is_cut_before_it_is_kept() {
        Endless endless = new Endless();
        assertThatThrownBy(() -> new SseReader(endless).next())
                .isInstanceOf(SseEventTooLargeException.class)
                .hasMessage("an event larger than 1048576 bytes");
        assertThat(endless.given).isLessThan(SseReader.MAX_EVENT_BYTES + (16 << 10));
    }

    @Test
    void an_endless_event_of_many_lines_is_cut() {
        byte[] lines = utf8("data: 0123456789\n".repeat(20));
        assertThatThrownBy(() -> new SseReader(new ByteArrayInputStream(lines), 200).next())
                .isInstanceOf(SseEventTooLargeException.class);
    }

    @Test
    void an_endless_comment_is_cut() {
        byte[] comment = utf8(":" + "x".repeat(300));
        assertThatThrownBy(() -> new SseReader(new ByteArrayInputStream(comment), 200).next())
                .isInstanceOf(SseEventTooLargeException.class);
    }

    @Test
    void an_event_as_large_as_allowed_passes_and_so_do_many() throws IOException {
        byte[] stream = utf8(("data: " + "x".repeat(194) + "\n\n" + ": a comment between\n\n").repeat(50));
        SseReader reader = new SseReader(new ByteArrayInputStream(stream), 200);
        for (int i = 0; i < 50; i++) {
            assertThat(reader.next().data()).hasSize(194);
        }
        assertThat(reader.next()).isNull();
    }

    @Test
    void one_byte_more_than_allowed_does_not_pass() {
        byte[] stream = utf8("data: " + "x".repeat(195) + "\n\n");
        assertThatThrownBy(() -> new SseReader(new ByteArrayInputStream(stream), 200).next())
                .isInstanceOf(SseEventTooLargeException.class);
    }

    @Test
    void an_image_of_many_buffers_passes_where_it_is_allowed() throws IOException {
        String image = "AbC3".repeat(1 << 20);
        SseReader reader = new SseReader(
                new ByteArrayInputStream(utf8("data: " + image + "\n\ndata: b\n\n")), SseReader.MAX_LARGE_EVENT_BYTES);
        assertThat(reader.next().data()).isEqualTo(image);
        assertThat(reader.next()).isEqualTo(event("b"));
    }

    @Test
    void what_was_read_before_a_broken_connection_is_given_out_first() throws IOException {
        SseReader reader = new SseReader(new Pieces(utf8("data: a\n\ndata: b"), null));
        assertThat(reader.next()).isEqualTo(event("a"));
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class);
    }

    @Test
    void an_event_needs_at_least_a_byte() {
        assertThatThrownBy(() -> new SseReader(InputStream.nullInputStream(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SseEvent event(String data) {
        return new SseEvent(null, data);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<SseEvent> all(InputStream in) throws IOException {
        SseReader reader = new SseReader(in);
        List<SseEvent> events = new ArrayList<>();
        for (SseEvent event = reader.next(); event != null; event = reader.next()) {
            events.add(event);
        }
        return events;
    }

    private static InputStream split(byte[] bytes, int cut) {
        return new Pieces(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length), new byte[0]);
    }

    private static InputStream byteByByte(byte[] bytes) {
        byte[][] pieces = new byte[bytes.length + 1][];
        for (int i = 0; i < bytes.length; i++) {
            pieces[i] = new byte[] {bytes[i]};
        }
        pieces[bytes.length] = new byte[0];
        return new Pieces(pieces);
    }

    /** Gives out one piece a read; an empty piece is the end of the stream, null a broken connection. */
    private static final class Pieces extends InputStream {
        private final Deque<byte[]> pieces = new ArrayDeque<>();

        Pieces(byte[]... pieces) {
            for (byte[] piece : pieces) {
                if (piece != null) {
                    this.pieces.add(piece);
                }
            }
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            byte[] piece = pieces.peek();
            if (piece == null) {
                throw new IOException("read too far");
            }
            if (piece.length == 0) {
                return -1;
            }
            System.arraycopy(pieces.remove(), 0, target, from, piece.length);
            return piece.length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("byte by byte");
        }
    }

    /** One line that never ends. */
    private static final class Endless extends InputStream {
        private long given;

        @Override
        public int read(byte[] target, int from, int length) {
            Arrays.fill(target, from, from + length, (byte) 'x');
            given += length;
            return length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("byte by byte");
        }
    }
}
