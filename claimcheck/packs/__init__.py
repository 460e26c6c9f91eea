"""Rules and word lists: reading, checking, compiling and loading them."""
