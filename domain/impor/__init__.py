"""How a messy Dinas workbook becomes clean rows: every change listed, every refusal with a code, nothing guessed."""
