"""Whether what a text says is enough: policies, findings and remedies."""
