"""What scikit-learn prints of classifications, for the Java side to print alike."""
