package io.fluvial.train;

import io.fluvial.internal.Blocks;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that run one short round of numbered tasks after the other. A training step has three rounds, which for a
/// small flow take 20 to 200 µs each; to wake a thread takes as long. So the threads of a team stay awake for a moment
/// after a round, and only then sleep.
///
/// As with [Blocks], which thread takes which task is left to chance. For one caller at a time.
final class Team implements AutoCloseable {

    /// Looks at the next round before a thread sleeps: some 50 µs.
    private static final int SPINS = 2_000;

    /// Looks at the others' end before the caller gives its processor away between looks.
    private static final int PATIENCE = 20_000;

    private final Thread[] threads;
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();
    private int tasks;
    private Blocks.@Nullable Body body;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /// A team of so many threads, the calling one among them.
    Team(int size) {
        this.threads = new Thread[size - 1];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.ofPlatform()
                    .daemon()
                    .name("fluvial-train-" + (t + 1))
                    .start(this::live);
        }
    }

    /// Runs `body` for 0 … tasks − 1; returns when all are done and throws what a task threw.
    void run(int tasks, Blocks.Body body) {
        if (threads.length == 0 || tasks <= 1) {
            for (int task = 0; task < tasks; task++) {
                body.run(task);
            }
            return;
        }
        this.tasks = tasks;
        this.body = body;
        failure = null;
        next.set(0);
        atWork.set(threads.length);
        round.incrementAndGet(); // publishes all of the above
        for (Thread thread : threads) {
            LockSupport.unpark(thread); // costs little while the thread is awake
        }
        work();
        for (int look = 0; atWork.get() > 0; look++) {
            if (look < PATIENCE) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        this.body = null;
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void work() {
        Blocks.Body now = body;
        try {
            for (int task = next.getAndIncrement(); now != null && task < tasks; task = next.getAndIncrement()) {
                now.run(task);
            }
        } catch (RuntimeException | Error e) {
            next.set(tasks); // the others stop at their next task
            failure = e;
        }
    }

    private void live() {
        int done = 0;
        while (true) {
            for (int look = 0; round.get() == done && !closed; look++) {
                if (look < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            done++;
            work();
            atWork.decrementAndGet();
        }
    }

    /// Ends the threads.
    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
