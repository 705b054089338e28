package dev.affray.cloud.local.queue;

import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.PartialFunction;
import scala.collection.immutable.List$;
import scala.runtime.BoxedUnit;

/**
 * ElasticMQ's record of queues and messages in H2, made to survive a failed write. The plain actor would be restarted by its supervisor, forget its
 * queues and from then on acknowledge messages that it does not store. This one stays as it is and gives no answer, so the sender's request
 * fails and is repeated.
 */
final class Journal extends SqlQueuePersistenceActor {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private boolean failing;

    Journal(SqlQueuePersistenceConfig database) {
        super(database, List$.MODULE$.empty());
    }

    @Override
    public void aroundReceive(PartialFunction<Object, BoxedUnit> receive, Object event) {
        try {
            super.aroundReceive(receive, event);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.error("The queues cannot be written; senders will repeat: {}", e.toString());
            }
        }
    }
}
