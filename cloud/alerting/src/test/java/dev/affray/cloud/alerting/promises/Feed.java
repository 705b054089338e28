package dev.affray.cloud.alerting.promises;

import dev.affray.cloud.alerting.Alerting;
import dev.affray.cloud.state.Head;
import dev.affray.cloud.state.IncidentStore;
import dev.affray.cloud.state.sqlite.ChangeTable;
import dev.affray.cloud.state.sqlite.ChangeTable.Change;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How stored heads come to alerting. One reader. */
interface Feed {
    /** Handles some of what there is; returns false when there was nothing. */
    boolean step(Alerting alerting);

    /** The store as those see it who write to it. */
    default IncidentStore of(IncidentStore real) {
        return real;
    }

    /** The local edition's own. */
    record OfTable(ChangeTable changes) implements Feed {
        private static final Duration PAUSE = Duration.ofMillis(200);

        @Override
        public boolean step(Alerting alerting) {
            var due = changes.due(Instant.now(), 50);
            for (Change change : due) {
                try {
                    alerting.handle(change.head());
                    changes.done(change);
                } catch (Alerting.Postponed e) {
                    changes.postpone(change, Instant.now().plus(PAUSE));
                }
            }
            return !due.isEmpty();
        }
    }

    /** In place of DynamoDB's stream, which dynalite lacks: every head that was stored. */
    final class OfReplaced implements Feed {
        private final ConcurrentLinkedQueue<Head> heads = new ConcurrentLinkedQueue<>();

        @Override
        public boolean step(Alerting alerting) {
            Head head = heads.poll();
            if (head != null) {
                try {
                    alerting.handle(head);
                } catch (Alerting.Postponed e) {
                    heads.add(head);
                }
            }
            return head != null;
        }

        @Override
        public IncidentStore of(IncidentStore real) {
            Object proxy = Proxy.newProxyInstance(
                    IncidentStore.class.getClassLoader(),
                    new Class<?>[] {IncidentStore.class},
                    (_, method, arguments) -> {
                        try {
                            Object result = method.invoke(real, arguments);
                            if (method.getName().equals("replace") && result.equals(true)) {
                                heads.add((Head) arguments[0]);
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            return (IncidentStore) proxy;
        }
    }
}
