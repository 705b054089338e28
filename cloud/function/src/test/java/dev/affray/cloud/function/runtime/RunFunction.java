package dev.affray.cloud.function.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs a function by hand: {@code RunFunction JAR HANDLER NAME=VALUE...}. Each line of standard input is an event; answers and then the log go to standard
 * output.
 */
final class RunFunction {
    private RunFunction() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = Arrays.stream(arguments)
                .skip(2)
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        BufferedReader events = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FunctionProcess function =
                FunctionProcess.start(Path.of(arguments[0]).toAbsolutePath(), arguments[1], environment)) {
            Start start = function.started();
            System.out.println(start);
            if (start instanceof Start.Ready) {
                events.lines().forEach(event -> System.out.println(function.invoke(event)));
            }
            function.log().forEach(System.out::println);
        }
    }
}
