package io.atelier.keras.io;

import io.atelier.keras.LayerCall;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Puts the calls of a graph into an order in which each comes after those whose outputs it takes. */
final class CallOrder {
    private record Call(String layer, int node) {}

    private CallOrder() {}

    /** All calls in order, as near to the file's order as can be; a cycle is noted as a problem. */
    static List<LayerCall> of(List<LayerEntry> layers, Problems problems) {
        List<LayerCall> calls = new ArrayList<>();
        Map<Call, Integer> positions = new HashMap<>();
        for (LayerEntry layer : layers) {
            for (int node = 0; node < layer.calls().size(); node++) {
                positions.put(new Call(layer.name(), node), calls.size());
                calls.add(new LayerCall(layer.name(), node, layer.calls().get(node)));
            }
        }
        int[] missing = new int[calls.size()];
        List<List<Integer>> followers = new ArrayList<>();
        calls.forEach(call -> followers.add(new ArrayList<>()));
        for (int position = 0; position < calls.size(); position++) {
            for (TensorRef input : calls.get(position).inputs()) {
                Integer producer = positions.get(new Call(input.layer(), input.node()));
                if (producer != null) {
                    followers.get(producer).add(position);
                    missing[position]++;
                } else {
                    problems.invalid(
                            Problem.ofFile("layer '" + calls.get(position).layer() + "' takes the tensor " + input
                                    + ", which the model does not have. The file is damaged: save the model again"));
                }
            }
        }
        return sort(calls, missing, followers, problems);
    }

    private static List<LayerCall> sort(
            List<LayerCall> calls, int[] missing, List<List<Integer>> followers, Problems problems) {
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int position = 0; position < missing.length; position++) {
            if (missing[position] == 0) {
                ready.add(position);
            }
        }
        List<LayerCall> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int position = ready.remove();
            sorted.add(calls.get(position));
            for (int follower : followers.get(position)) {
                if (--missing[follower] == 0) {
                    ready.add(follower);
                }
            }
        }
        if (sorted.size() < calls.size()) {
            problems.invalid(
                    Problem.ofFile("the graph of layers has a cycle. The file is damaged: save the model again"));
        }
        return sorted;
    }
}
