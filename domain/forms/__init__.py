"""A form is data: its definition, reading and writing it, and the answers to it; pure, without I/O."""
