"""Ways into the database from files: reference data, demo data, workbooks."""
