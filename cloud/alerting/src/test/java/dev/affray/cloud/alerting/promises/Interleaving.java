package dev.affray.cloud.alerting.promises;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Several workers of whom one at a time goes on, from one call of a port to the next, as chance has it; so every order of their steps can come about, and a
 * seed brings it about again. A worker may die before any step. What it had in hand then comes again, as from a queue.
 */
final class Interleaving {
    private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

    private final RandomGenerator random;
    private final int workers;
    private final int deathsPerThousandSteps;
    private final List<Job> pending = new ArrayList<>();
    private final List<Job> postponed = new ArrayList<>();
    private int deaths;
    private int deathsAfterPublishing;

    Interleaving(RandomGenerator random, int workers, int deathsPerThousandSteps) {
        this.random = random;
        this.workers = workers;
        this.deathsPerThousandSteps = deathsPerThousandSteps;
    }

    /** Something delivered at least once. */
    interface Job {
        /** @return false when it must come again later */
        boolean run();
    }

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    boolean isOneWorker() {
        return workers == 1;
    }

    int deaths() {
        return deaths;
    }

    /** How many died between a publish and the call after it. */
    int deathsAfterPublishing() {
        return deathsAfterPublishing;
    }

    void add(Job job) {
        pending.add(job);
    }

    /** A port as the workers see it. */
    <T> T port(Class<T> type, T real) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
            Worker worker = CURRENT.get();
            if (worker != null) {
                worker.pause(method.getName());
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return type.cast(proxy);
    }

    /** Until every job is done or waits; those that wait are pending then. */
    void run() {
        List<Worker> active = new ArrayList<>();
        while (!pending.isEmpty() || !active.isEmpty()) {
            while (active.size() < workers && !pending.isEmpty()) {
                active.add(new Worker(pending.remove(random.nextInt(pending.size()))));
            }
            Worker worker = active.get(random.nextInt(active.size()));
            worker.step(random.nextInt(1000) < deathsPerThousandSteps);
            if (worker.isDone()) {
                active.remove(worker);
            }
        }
        pending.addAll(postponed);
        postponed.clear();
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    private final class Worker {
        private final Job job;
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore stopped = new Semaphore(0);
        private String last = "nothing";
        private boolean dies;
        private boolean done;
        private @Nullable Throwable failure;

        Worker(Job job) {
            this.job = job;
            Thread.ofVirtual().start(this::work);
        }

        boolean isDone() {
            return done;
        }

        void step(boolean toItsDeath) {
            dies = toItsDeath;
            turn.release();
            stopped.acquireUninterruptibly();
            if (failure != null) {
                throw new AssertionError("after " + last, failure);
            }
        }

        void pause(String next) {
            stopped.release();
            turn.acquireUninterruptibly();
            if (dies) {
                deaths++;
                deathsAfterPublishing += last.equals("publish") ? 1 : 0;
                throw new Death();
            }
            last = next;
        }

        private void work() {
            CURRENT.set(this);
            turn.acquireUninterruptibly();
            try {
                boolean settled = job.run();
                pause("acknowledge");
                if (!settled) {
                    postponed.add(job);
                }
            } catch (Death _) {
                pending.add(job);
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                done = true;
                stopped.release();
            }
        }
    }
}
