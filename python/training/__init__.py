"""Trains small models with Keras, step by step, and writes down what Java has to get."""
