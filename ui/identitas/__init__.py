"""The parts of the screen Identitas kantor."""
