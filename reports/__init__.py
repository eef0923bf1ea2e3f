"""Documents out: a report is data (model), writers lay it out (PDF by typst, Word from a template the office edits)."""
