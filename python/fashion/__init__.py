"""The parts of the Fashion-MNIST notebook: its data, model, pictures, report and export."""
