"""How dates and times are written where templates name a format; Django's own formats leave out the weekday."""
