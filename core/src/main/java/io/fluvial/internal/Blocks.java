package io.fluvial.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs numbered tasks on a few threads. Which thread takes which task is left to chance, so a task must depend on
/// its number alone: that is what makes results independent of the number of threads.
public final class Blocks {

    /// What to do for one number.
    @FunctionalInterface
    public interface Body {
        void run(int task);
    }

    private Blocks() {}

    /// Runs `body` for 0 … tasks − 1 on at most `threads` threads, the calling one among them; returns when all are
    /// done and throws what a task threw.
    public static void run(int threads, int tasks, Body body) {
        int helpers = Math.min(threads, tasks) - 1;
        if (helpers <= 0) {
            for (int task = 0; task < tasks; task++) {
                body.run(task);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                body.run(task);
            }
        };
        List<ForkJoinTask<?>> forked = new ArrayList<>(helpers);
        for (int h = 0; h < helpers; h++) {
            forked.add(ForkJoinPool.commonPool().submit(work));
        }
        @Nullable Throwable failure = null;
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            next.set(tasks); // the others stop at their next task
            failure = e;
        }
        // All have ended before this returns, whatever happened: nobody may still write into the caller's arrays.
        for (ForkJoinTask<?> task : forked) {
            task.quietlyJoin();
            if (failure == null && task.isCompletedAbnormally()) {
                failure = task.getException();
            }
        }
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }
}
