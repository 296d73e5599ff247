"""A model that lacks two classes of Fashion-MNIST, and the images to teach it them in Java."""
