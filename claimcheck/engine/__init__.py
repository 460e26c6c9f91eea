"""What a text says: claims, qualifiers, and what takes a claim back."""
