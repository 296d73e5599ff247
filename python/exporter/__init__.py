"""Writes models, summaries and reference outputs for the Java tests to compare with."""
