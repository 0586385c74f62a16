"""Results that leave the house: CSV, Excel and the report on paper, each from the tables the page shows."""
