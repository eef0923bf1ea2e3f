"""Documents of the register, made from the screens that show the same figures."""
