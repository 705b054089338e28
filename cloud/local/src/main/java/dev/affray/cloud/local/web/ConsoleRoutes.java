package dev.affray.cloud.local.web;

import dev.affray.cloud.console.ConsoleApi;
import dev.affray.cloud.console.ConsolePage;
import dev.affray.cloud.console.FrameBytes;
import dev.affray.document.Json;
import dev.affray.frame.FrameKey;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** The page, its JSON, and the frames. */
final class ConsoleRoutes {
    private static final String FRAMES = "/frames/";

    private final ConsoleApi api;
    private final FrameBytes frames;

    ConsoleRoutes(ConsoleApi api, FrameBytes frames) {
        this.api = api;
        this.frames = frames;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", request -> file(request, "index.html"));
        for (String file : List.of("page.css", "page.js", "icon.svg")) {
            routes.get("/" + file, request -> file(request, file));
        }
        routes.get("/api/status", request -> json(request, api.status()));
        routes.get("/api/incidents/{id}", this::incident);
        routes.get(FRAMES + "<key>", this::frame);
    }

    private static void file(Context request, String name) {
        request.header("Cache-Control", "no-cache");
        request.contentType(ConsolePage.type(name).orElseThrow()).result(ConsolePage.bytes(name));
    }

    private void incident(Context request) {
        api.incident(request.pathParam("id"))
                .ifPresentOrElse(
                        incident -> json(request, incident), () -> missing(request, "There is no such incident."));
    }

    private void frame(Context request) {
        Optional<byte[]> jpeg =
                isKey(request.pathParam("key")) ? frames.read(request.pathParam("key")) : Optional.empty();
        if (jpeg.isEmpty()) {
            missing(request, "There is no such frame, or it is no longer kept.");
            return;
        }
        request.header("Cache-Control", "private, max-age=86400, immutable");
        request.contentType("image/jpeg").result(jpeg.get());
    }

    private static boolean isKey(String text) {
        try {
            FrameKey.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static void json(Context request, Object value) {
        request.contentType("application/json").result(Json.write(value));
    }

    static void missing(Context request, String why) {
        request.status(404).contentType("text/plain; charset=utf-8").result(why + "\n");
    }
}
