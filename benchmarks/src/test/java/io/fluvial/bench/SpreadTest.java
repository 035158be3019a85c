package io.fluvial.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void medianIsTheMiddleOne() {
        Spread spread = new Spread(List.of(9.0, 1.0, 5.0));

        assertEquals(5, spread.median());
        assertEquals(1, spread.lowest());
        assertEquals(9, spread.highest());
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertEquals(3, new Spread(List.of(4.0, 100.0, 2.0, 1.0)).median());
    }

    @Test
    void noValuesHaveNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> new Spread(List.of()));
    }

    @Test
    void cellsKeepTheMediansUnitAndDigits() {
        assertEquals(
                "12.3 k (9.9 – 150.0)", Table.cell(new Spread(List.of(9900.0, 12345.0, 150000.0)), Metric.Scale.RATE));
        assertEquals("104 k", Table.cell(new Spread(List.of(103_900.0)), Metric.Scale.RATE));
        assertEquals("0.98", Table.cell(new Spread(List.of(0.98)), Metric.Scale.PLAIN));
        assertEquals("1234567", Table.cell(new Spread(List.of(1234567.0)), Metric.Scale.WHOLE));
    }
}
