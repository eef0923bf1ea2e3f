"""The statistics of an evaluation: pure functions on numbers; a figure that must not be given is Withheld, never NaN."""
