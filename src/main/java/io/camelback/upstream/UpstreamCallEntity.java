package io.camelback.upstream;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** The JSON body of a request to a provider, with the call it belongs to. It can be sent again. */
public final class UpstreamCallEntity extends ByteArrayEntity {
    /** Without a charset: JSON has none (RFC 8259), and some servers compare the whole header. */
    private static final ContentType JSON = ContentType.create("application/json");

    private final UpstreamCall call;

    public UpstreamCallEntity(byte[] json, UpstreamCall call) {
        super(json, JSON, null, false);
        this.call = call;
    }

    UpstreamCall call() {
        return call;
    }
}
