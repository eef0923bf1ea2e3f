"""The parts of the screen Indikator."""
