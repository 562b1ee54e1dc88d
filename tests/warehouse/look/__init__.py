"""How pages and mails look: pictures that were looked at, and a comparison that forgives other fonts."""
