package dev.affray.cloud.function.log;

import dev.affray.document.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;

/**
 * Writes {@code timestamp} (RFC 3339), {@code level}, {@code logger}, {@code message}, whatever the MDC holds (the request's id), and for a throwable
 * {@code errorType}, {@code errorMessage} and {@code stackTrace}. The names are those that Lambda's own JSON log has, so that its filter by level works.
 */
final class JsonLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;

    private final transient Level least;
    private final transient MDCAdapter mdc;

    JsonLogger(String name, Level least, MDCAdapter mdc) {
        this.name = name;
        this.least = least;
        this.mdc = mdc;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return JsonLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("level", level.name());
        line.put("logger", name);
        line.put("message", String.valueOf(MessageFormatter.basicArrayFormat(pattern, arguments)));
        Map<String, String> context = mdc.getCopyOfContextMap();
        if (context != null) {
            line.putAll(context);
        }
        if (thrown != null) {
            line.put("errorType", thrown.getClass().getName());
            line.put("errorMessage", String.valueOf(thrown.getMessage()));
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace, true));
            line.put("stackTrace", trace.toString());
        }
        System.out.println(Json.write(line));
    }

    @Override
    public boolean isTraceEnabled() {
        return least.compareTo(Level.TRACE) >= 0;
    }

    @Override
    public boolean isDebugEnabled() {
        return least.compareTo(Level.DEBUG) >= 0;
    }

    @Override
    public boolean isInfoEnabled() {
        return least.compareTo(Level.INFO) >= 0;
    }

    @Override
    public boolean isWarnEnabled() {
        return least.compareTo(Level.WARN) >= 0;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
