"""Pages of audits, their entry on site, and findings."""
