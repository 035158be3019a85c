package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.flows.Flows;
import io.fluvial.kernel.Kernels;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Kernels may keep the weights of a model a second time: once for all models made of it.
class FixedWeightsTest {

    @Test
    void aModelOnOtherThreadsSharesWhatKernelsKeep() {
        AtomicInteger copies = new AtomicInteger();
        Kernels counting = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (_, method, arguments) -> {
                    if (method.getName().equals("forFixed")) {
                        copies.incrementAndGet();
                    }
                    return method.invoke(Kernels.scalar(), arguments);
                });
        Flow flow = Flows.realNvp(2);
        FlowModel model = FlowModel.of(flow, flow.initialize(1)).withKernels(counting);
        for (int threads = 1; threads <= 3; threads++) {
            model.withThreads(threads).logProb(new float[] {1, 2});
        }
        assertEquals(1, copies.get(), "times the kernels were asked for a copy");
    }
}
