"""The Bimtek screens' own parts."""
