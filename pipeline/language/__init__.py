"""Text in, what it says in: languages, months and dates, numbers and money, folding. Below every stage; no input or output."""
