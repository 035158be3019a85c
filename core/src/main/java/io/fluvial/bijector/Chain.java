package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.Walk;
import io.fluvial.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Bijectors one after the other: `Chain.of(a, b, c)` applies a, then b, then c, from data to latent. ℓ is the sum
/// of theirs.
///
/// In a workspace that shares, neighbours share their buffers and two rows of ends serve the whole
/// chain. Where a pullback is to follow all the same ([io.fluvial.Activations#RECOMPUTED]), the chain
/// keeps the input of every part, and each is computed again from it just before its pullback, in the
/// direction of the walk. What is computed twice gives the same bits twice, so gradients are those of
/// a chain that keeps everything. Parts that are chains do so for themselves.
public record Chain(List<Bijector> parts) implements Bijector {

    public Chain {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a chain needs at least one bijector");
        }
        int context = 0;
        for (int k = 0; k < parts.size(); k++) {
            Bijector part = parts.get(k);
            if (part.dim() != parts.getFirst().dim()) {
                throw new IllegalArgumentException("part " + k + " has " + part.dim() + " features, part 0 has "
                        + parts.getFirst().dim());
            }
            if (part.contextDim() != 0 && context != 0 && part.contextDim() != context) {
                throw new IllegalArgumentException(
                        "part " + k + " expects " + part.contextDim() + " context columns, an earlier part " + context);
            }
            context = Math.max(context, part.contextDim());
        }
    }

    public static Chain of(Bijector... parts) {
        return new Chain(List.of(parts));
    }

    @Override
    public int dim() {
        return parts.getFirst().dim();
    }

    @Override
    public int contextDim() {
        return parts.stream().mapToInt(Bijector::contextDim).max().orElseThrow();
    }

    @Override
    public ParameterLayout parameters() {
        ParameterLayout.Builder layout = ParameterLayout.builder();
        for (int k = 0; k < parts.size(); k++) {
            layout.addAll(Integer.toString(k), parts.get(k).parameters());
        }
        return layout.build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        List<Pass> passes = new ArrayList<>();
        int[] shared = !w.shares() || parts.size() < 3 ? new int[0] : new int[] {w.rows(dim()), w.rows(dim())};
        int from = x;
        int at = theta;
        int end = 0;
        for (int k = 0; k < parts.size(); k++) {
            boolean last = k == parts.size() - 1;
            int to = last ? y : shared.length > 0 ? shared[k % 2] : w.rows(dim());
            int mark = w.mark();
            passes.add(parts.get(k).place(w, from, to, at));
            end = Math.max(end, w.mark());
            w.release(mark);
            from = to;
            at += parts.get(k).parameters().size();
        }
        Pass pass = w.pass(x, y, theta, new int[0], passes.toArray(Pass[]::new));
        if (!w.recomputes()) {
            return pass.withPlan(PartInputs.none(parts.size()));
        }
        w.retain(end); // what follows, say a base distribution, leaves the last part's buffers alone
        return pass.withPlan(PartInputs.of(parts, w.lanes()));
    }

    @Override
    public void forward(Pass p) {
        PartInputs inputs = p.plan(PartInputs.class);
        for (int k = 0; k < parts.size(); k++) {
            inputs.keep(k, p.child(k), true);
            parts.get(k).forward(p.child(k));
        }
    }

    @Override
    public void inverse(Pass p) {
        PartInputs inputs = p.plan(PartInputs.class);
        for (int k = parts.size() - 1; k >= 0; k--) {
            inputs.keep(k, p.child(k), false);
            parts.get(k).inverse(p.child(k));
        }
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        PartInputs inputs = p.plan(PartInputs.class);
        for (int k = parts.size() - 1; k >= 0; k--) {
            inputs.recompute(k, parts.get(k), p.child(k));
            parts.get(k).forwardVjp(p.child(k), g);
        }
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        PartInputs inputs = p.plan(PartInputs.class);
        for (int k = 0; k < parts.size(); k++) {
            inputs.recompute(k, parts.get(k), p.child(k));
            parts.get(k).inverseVjp(p.child(k), g);
        }
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        for (Bijector part : parts) {
            part.initialize(theta, at, random);
            at += part.parameters().size();
        }
    }

    @Override
    public void initializeFrom(Samples x, Samples context, float[] theta, int at) {
        Samples arriving = x;
        for (int k = 0; k < parts.size(); k++) {
            parts.get(k).initializeFrom(arriving, context, theta, at);
            if (k < parts.size() - 1) {
                arriving = Walk.forward(parts.get(k), arriving, context, theta, at);
            }
            at += parts.get(k).parameters().size();
        }
    }

    @Override
    public void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {
        Samples arriving = y;
        int end = at + parameters().size();
        for (int k = parts.size() - 1; k >= 0; k--) {
            end -= parts.get(k).parameters().size();
            parts.get(k).initializeFromLatent(arriving, context, theta, end);
            if (k > 0) {
                arriving = Walk.forward(new Inverted(parts.get(k)), arriving, context, theta, end);
            }
        }
    }

    @Override
    public void trace(FeatureTrace trace) {
        parts.forEach(part -> part.trace(trace));
    }
}
