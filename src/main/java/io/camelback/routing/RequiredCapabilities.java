package io.camelback.routing;

import io.camelback.chat.ChatRequest;
import io.camelback.chat.ChatRequest.Effort;
import io.camelback.chat.Message;
import io.camelback.chat.Part;
import io.camelback.chat.ResponseFormat;
import io.camelback.chat.ToolChoice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The capabilities that a request needs from a model, in the terms of {@code capabilities}.
 *
 * @param must without these the answer would be of no use: {@code tools}, {@code vision}, {@code documents},
 *     {@code audio}
 * @param should a model without these still gives an answer of some use, since they are asked for in words or left out:
 *     {@code json-schema}, and {@code thinking} when much of it is asked for
 */
public record RequiredCapabilities(Set<String> must, Set<String> should) {
    public static final RequiredCapabilities NOTHING = new RequiredCapabilities(Set.of(), Set.of());

    public static RequiredCapabilities of(ChatRequest request) {
        Set<String> must = new LinkedHashSet<>();
        if (!request.tools().isEmpty()
                && (request.toolChoice() == null || request.toolChoice().mode() != ToolChoice.Mode.NONE)) {
            must.add("tools");
        }
        for (Message message : request.messages()) {
            add(message.parts(), must);
        }
        Set<String> should = new LinkedHashSet<>();
        if (request.format() instanceof ResponseFormat.JsonSchema) {
            should.add("json-schema");
        }
        if (request.effort() != null && request.effort().compareTo(Effort.HIGH) >= 0) {
            should.add("thinking");
        }
        return must.isEmpty() && should.isEmpty() ? NOTHING : new RequiredCapabilities(must, should);
    }

    private static void add(List<Part> parts, Set<String> must) {
        for (Part part : parts) {
            if (part instanceof Part.Image) {
                must.add("vision");
            } else if (part instanceof Part.Document document && !isText(document.media())) {
                must.add("documents");
            } else if (part instanceof Part.Audio) {
                must.add("audio");
            } else if (part instanceof Part.ToolResult result) {
                add(result.content(), must);
            }
        }
    }

    /** A text file is text to those who know no files. */
    private static boolean isText(Part.Media media) {
        return media instanceof Part.Media.Inline inline
                && inline.mediaType() != null
                && inline.mediaType().startsWith("text/");
    }
}
