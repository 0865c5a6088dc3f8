"""What-if, sensitivity, and the documents' claims as experiments."""
