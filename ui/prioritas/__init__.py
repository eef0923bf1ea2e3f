"""The parts of the screen Prioritas wilayah."""
