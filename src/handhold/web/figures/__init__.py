"""Figures for managers: exceptions, who came back, what was told once, how soon help was there."""
