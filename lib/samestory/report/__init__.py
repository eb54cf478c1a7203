"""Reports: pictures, tables and pages; the only place where text becomes HTML and notebooks are run."""
