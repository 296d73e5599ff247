package io.atelier.keras;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an optimizer remembers between steps, in Keras 3's terms whatever wrote the file: training that starts from it
 * goes on where Keras stopped.
 *
 * @param iterations how many batches were seen: with Keras's {@code gradient_accumulation_steps}, several of them make one step
 * @param learningRate of the next step; empty where a schedule gives it, or the file leaves it to the optimizer's config
 * @param slots by trainable weight, in the order of {@code model.trainable_variables}: what the optimizer keeps for it, each of
 *     the weight's shape, by Keras 3's name ({@code momentum} and {@code velocity} of Adam); empty before the first
 *     step, and of an optimizer that keeps nothing
 * @param uProduct Nadam's product of the momenta of all steps; empty with every other optimizer
 * @see OptimizerSlots
 */
public record OptimizerState(
        long iterations,
        Optional<Float> learningRate,
        Map<WeightRef, Map<String, Tensor>> slots,
        Optional<Float> uProduct) {
    public OptimizerState {
        Map<WeightRef, Map<String, Tensor>> copy = new LinkedHashMap<>();
        slots.forEach((weight, tensors) -> copy.put(weight, Collections.unmodifiableMap(new LinkedHashMap<>(tensors))));
        slots = Collections.unmodifiableMap(copy);
    }

    /** The state of any optimizer but Nadam. */
    public OptimizerState(long iterations, Optional<Float> learningRate, Map<WeightRef, Map<String, Tensor>> slots) {
        this(iterations, learningRate, slots, Optional.empty());
    }

    /** What the optimizer keeps for a weight under this name; empty if it keeps nothing there. */
    public Optional<Tensor> slot(WeightRef weight, String name) {
        return Optional.ofNullable(slots.getOrDefault(weight, Map.of()).get(name));
    }

    @Override
    public String toString() {
        return "OptimizerState of " + iterations + " steps, for " + slots.size() + " weights";
    }
}
