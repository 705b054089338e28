package dev.affray.cloud.state;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Counts calls by name: of ports, or of DynamoDB's operations. Thread-safe. */
public final class Counted {
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

    /** A port whose calls are counted. */
    public <T> T port(Class<T> type, T real) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            count(method.getName());
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return type.cast(proxy);
    }

    /** Connections to DynamoDB whose requests are counted, repetitions included. */
    public SdkHttpClient http(SdkHttpClient real) {
        return new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                String target = request.httpRequest()
                        .firstMatchingHeader("X-Amz-Target")
                        .orElse("?");
                count(target.substring(target.indexOf('.') + 1));
                return real.prepareRequest(request);
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }

    /** How often each was called. */
    public Map<String, Long> calls() {
        Map<String, Long> sums = new TreeMap<>();
        calls.forEach((name, sum) -> sums.put(name, sum.sum()));
        return sums;
    }

    /** Begins again. */
    public void clear() {
        calls.clear();
    }

    private void count(String name) {
        calls.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }
}
