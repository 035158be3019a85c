package io.fluvial.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.kernel.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelTableTest {

    @Test
    void sharesOfThePeakAreTakenWithinALaunch() {
        Map<String, List<KernelTable.Line>> lines = new LinkedHashMap<>();
        lines.put(
                KernelLaunch.PEAK,
                List.of(
                        new KernelTable.Line(KernelLaunch.PEAK, 2000, 0, 10),
                        new KernelTable.Line(KernelLaunch.PEAK, 2000, 0, 30)));
        lines.put(
                "product",
                List.of(
                        new KernelTable.Line("product", 1000, 100, 10),
                        new KernelTable.Line("product", 1000, 100, 30)));
        lines.put("copy", List.of(new KernelTable.Line("copy", 0, 64, 4), new KernelTable.Line("copy", 0, 64, 4)));
        String[] table = KernelTable.of(lines).split("\n", -1);
        // half of the peak in either launch, 0.01 and 0.03 µs, 100 bytes in 20 ns
        assertEquals(
                List.of("product", "0.02", "(0.01", "–", "0.03)", "50.0", "(50.0", "–", "50.0)", "5", "10.0"),
                List.of(table[2].strip().split("\\s+")));
        assertEquals(
                List.of("copy", "0.00", "(0.00", "–", "0.00)", "–", "16", "–"),
                List.of(table[3].strip().split("\\s+")));
        assertEquals("FMA peak  133 (67 – 200) GFLOP/s, 2 launches", table[4]);
    }

    @Test
    void linesOfALaunchAreRead() {
        assertEquals(
                new KernelTable.Line("ReLU, 64 units", 0, 1024, 12.5),
                KernelTable.Line.parse(KernelLaunch.MARK + "ReLU, 64 units\t0.0\t1024.0\t12.5"));
        assertNull(KernelTable.Line.parse("WARNING: Using incubator modules"));
    }

    @Test
    void everyKernelRuns() {
        List<KernelWork> works = KernelWork.all(Kernels.scalar());
        for (KernelWork work : works) {
            if (!work.name().contains("D43_W256")) { // slow without vectors
                work.run().run();
            }
        }
        assertTrue(works.stream().map(KernelWork::name).distinct().count() == works.size(), "names are told apart");
    }
}
