package dev.affray.cloud.local.web;

import dev.affray.cloud.console.link.LinkPage;
import dev.affray.cloud.console.link.LinkRequest;
import dev.affray.cloud.console.link.LinkResponse;
import dev.affray.cloud.state.link.AlertLinks;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The pages behind the links of alerts. */
final class LinkRoutes {
    private final LinkPage page;

    LinkRoutes(LinkPage page) {
        this.page = page;
    }

    static boolean covers(Context request) {
        return request.path().startsWith(AlertLinks.PATH);
    }

    /** Before all routes, so that every method comes to the page, which knows what to say to it. */
    void addTo(RoutesConfig routes) {
        routes.before(request -> {
            if (covers(request)) {
                answer(request);
                request.skipRemainingHandlers();
            }
        });
    }

    private void answer(Context request) {
        LinkResponse response = page.answer(new LinkRequest(
                request.method().name(),
                request.path().substring(AlertLinks.PATH.length()),
                orEmpty(request.queryParam("done")),
                orEmpty(request.header("Accept-Language"))));
        request.status(response.status());
        response.headers().forEach(request::header);
        request.result(response.body());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
