"""The parts of the profile page of one LKS: what it shows, and the dialogs that change it."""
