package io.fluvial.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {

    /// Rounds in quick succession and after the threads have gone to sleep.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void everyTaskRunsOnceBeforeARoundEnds(int size) {
        try (Team team = new Team(size)) {
            for (int round = 0; round < 3000; round++) {
                int tasks = round % 9;
                AtomicIntegerArray runs = new AtomicIntegerArray(9);
                team.run(tasks, runs::incrementAndGet);
                for (int task = 0; task < 9; task++) {
                    assertEquals(task < tasks ? 1 : 0, runs.get(task), "round " + round + ", task " + task);
                }
                if (round % 1000 == 0) {
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
    }

    /// What a thread keeps for its tasks, such as buffers, is kept by as many threads as there are tasks.
    @Test
    void noMoreThreadsWorkThanThereAreTasks() {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        try (Team team = new Team(8)) {
            for (int round = 0; round < 3000; round++) {
                team.run(3, _ -> workers.add(Thread.currentThread()));
            }
        }
        assertTrue(workers.size() <= 3, () -> "threads at work: " + workers.size());
    }

    @Test
    void whatATaskThrowsComesOutAndTheTeamGoesOn() {
        try (Team team = new Team(3)) {
            IllegalStateException thrown = new IllegalStateException("task 4");
            RuntimeException caught = assertThrows(
                    RuntimeException.class,
                    () -> team.run(6, task -> {
                        if (task == 4) {
                            throw thrown;
                        }
                    }));
            assertSame(thrown, caught);
            AtomicIntegerArray runs = new AtomicIntegerArray(6);
            team.run(6, runs::incrementAndGet);
            assertEquals("[1, 1, 1, 1, 1, 1]", runs.toString());
        }
    }

    @Test
    void threadsEndWhenItIsClosed() throws InterruptedException {
        Team team = new Team(2);
        Thread[] found = new Thread[Thread.activeCount() + 8];
        Thread.enumerate(found);
        team.close();
        for (Thread thread : found) {
            if (thread != null && thread.getName().startsWith("fluvial-train-")) {
                thread.join(10_000);
                assertTrue(!thread.isAlive(), "the thread still runs");
            }
        }
    }
}
