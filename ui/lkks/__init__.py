"""What the screens of the LKKS share: choosing one, its sections, programs, letters and pilar lists."""
