package io.fluvial.train;

import io.fluvial.internal.Blocks;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that run one short round of numbered tasks after the other. A training step has three rounds, which for a
/// small flow take 20 to 200 µs each; to wake a thread takes as long. So the threads of a team stay awake for a moment
/// after a round, and only then sleep.
///
/// Every thread begins with the same share of the numbers in every round, so that it finds in its cache what it wrote
/// in the last one, and then helps others with theirs: as with [Blocks], which thread does what is left to chance in
/// the end. Of a round with fewer tasks than threads the last threads do nothing, so that as many threads as
/// tasks ever keep something for them. For one caller at a time.
final class Team implements AutoCloseable {

    /// Looks at the next round before a thread sleeps: some 50 µs.
    private static final int SPINS = 2_000;

    /// Looks at the others' end before the caller gives its processor away between looks.
    private static final int PATIENCE = 20_000;

    /// A cache line and its neighbour, so that threads do not take each other's counters.
    private static final int APART = 32;

    private final Thread[] threads;
    private final AtomicInteger round = new AtomicInteger();
    /// By thread, at [#APART] numbers from each other: the next task of its share.
    private final AtomicIntegerArray next;
    private final AtomicInteger atWork = new AtomicInteger();
    private int tasks;
    private int shares;
    private Blocks.@Nullable Body body;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /// A team of so many threads, the calling one among them.
    Team(int size) {
        this.next = new AtomicIntegerArray(size * APART);
        this.threads = new Thread[size - 1];
        for (int t = 0; t < threads.length; t++) {
            int number = t + 1;
            threads[t] =
                    Thread.ofPlatform().daemon().name("fluvial-train-" + number).start(() -> live(number));
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
        this.shares = Math.min(tasks, threads.length + 1);
        this.body = body;
        failure = null;
        for (int share = 0; share < shares; share++) {
            next.set(share * APART, firstOf(share));
        }
        atWork.set(threads.length);
        round.incrementAndGet(); // publishes all of the above
        for (Thread thread : threads) {
            LockSupport.unpark(thread); // costs little while the thread is awake
        }
        work(0);
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

    /// The first task of a share; that of the one after the last is the number of tasks.
    private int firstOf(int share) {
        return (int) ((long) tasks * share / shares);
    }

    private void work(int thread) {
        if (thread >= shares) {
            return;
        }
        Blocks.Body now = body;
        try {
            for (int k = 0; k < shares; k++) {
                int share = (thread + k) % shares;
                int end = firstOf(share + 1);
                for (int task = take(share); now != null && task < end; task = take(share)) {
                    now.run(task);
                }
            }
        } catch (RuntimeException | Error e) {
            for (int share = 0; share < shares; share++) {
                next.set(share * APART, tasks); // the others stop at their next task
            }
            failure = e;
        }
    }

    private int take(int share) {
        return next.getAndIncrement(share * APART);
    }

    private void live(int number) {
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
            work(number);
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
