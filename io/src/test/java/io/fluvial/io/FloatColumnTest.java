package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FloatColumnTest {

    @Test
    void columnKeepsAsManyValuesAsItMayAndRefusesMore() {
        FloatColumn column = new FloatColumn("long.csv", 100_000);
        for (int i = 0; i < 100_000; i++) {
            column.add(i);
        }
        assertEquals(
                "long.csv: has more than 100,000 rows, and no column in memory can: take fewer",
                Refusal.of(() -> column.add(1)));
        float[] values = column.take(new BitSet(), 100_000);
        assertArrayEquals(
                new float[] {0, 65_535, 65_536, 99_999},
                new float[] {values[0], values[65_535], values[65_536], values[99_999]});
    }

    @Test
    void columnThatKeepsNothingTakesAnyNumber() {
        FloatColumn column = FloatColumn.checked("long.csv");
        for (int i = 0; i < 100_000; i++) {
            column.addMissing();
        }
        column.addText();
        assertEquals(100_001, column.count());
        assertEquals(100_000, column.missing());
        assertEquals(100_000, column.firstText());
    }
}
