"""The meeting screens' own parts."""
