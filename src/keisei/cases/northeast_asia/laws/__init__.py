"""The laws of the Northeast Asia case, a module each, in the order of the month."""
