package dev.affray.cloud.local.queue;

import org.apache.pekko.actor.Status;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.PartialFunction;
import scala.collection.immutable.List$;
import scala.runtime.BoxedUnit;

/**
 * ElasticMQ's record of queues and messages in H2, made to survive a failed write. The plain actor would be restarted by its supervisor, forget its
 * queues and from then on acknowledge messages that it does not store. This one stays as it is and answers with the failure, so the sender's
 * request fails and is repeated. It tries for a while, because a message that is received while it is being recorded changes under the recorder's
 * hands: for as long as the receiving thread is kept from running, a part of it is missing.
 */
final class Journal extends SqlQueuePersistenceActor {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int TRIES = 100;
    private static final long PAUSE_MILLIS = 3;

    private boolean failing;

    Journal(SqlQueuePersistenceConfig database) {
        super(database, List$.MODULE$.empty());
    }

    @Override
    public void aroundReceive(PartialFunction<Object, BoxedUnit> receive, Object event) {
        for (int left = TRIES - 1; left >= 0; left--) {
            try {
                super.aroundReceive(receive, event);
                failing = false;
                return;
            } catch (Exception e) {
                if (left == 0 || !paused()) {
                    refuse(e);
                    return;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Any Exception, since Scala throws SQLException without declaring it. */
    private void refuse(Exception e) {
        if (!failing) {
            failing = true;
            LOG.error("The queues cannot be written; senders will repeat: {}", e.toString());
        }
        sender().tell(new Status.Failure(e), self());
    }
}
