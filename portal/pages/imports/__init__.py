"""The page where a workbook comes in: chosen, read, shown, confirmed."""
