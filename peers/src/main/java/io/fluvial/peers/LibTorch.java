package io.fluvial.peers;

import io.fluvial.bench.Peer;
import io.fluvial.benchmarks.FlowSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// LibTorch, the C++ library under PyTorch, through JavaCPP: eager, with its own autograd and Adam, on the CPU.
public final class LibTorch implements Peer {

    private static int threads;

    static {
        // What JavaCPP advises where all pointers lie in scopes: no phantom reference for each.
        System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
    }

    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String version() {
        try {
            String version = Loader.getVersion("org.bytedeco", "pytorch");
            return version.substring(0, version.indexOf('-')); // the rest is JavaCPP's own
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean knows(FlowSize size, FlowSize.Family family) {
        return family.affine();
    }

    @Override
    public Work work(Task task) {
        return new TorchWork(task);
    }

    /// The number is the process's own and both sections take turns.
    static void use(int count) {
        if (threads != count) {
            torch.set_num_threads(count);
            // OpenBLAS has threads of its own: beside LibTorch's they cost a hundred times the speed
            openblas_nolapack.blas_set_num_threads(1);
            threads = count;
        }
    }
}
