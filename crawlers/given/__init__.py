"""Files by kind: rows, documents, web archives."""
