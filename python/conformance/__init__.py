"""Small models, their files and what Keras computes with them: the cases the Java tests run."""
