"""Files that are equal when their content is: no clock in the zip directory, nor in what a workbook says of itself."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def steady(file: bytes, on: date) -> bytes:
    """The same Office file as if it was made on this day, workbooks inside it too."""
    target = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = steady(content, on)
            elif entry.filename == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>" + f"{on:%Y-%m-%d}T00:00:00Z".encode() + rb"\g<2>", content)
            kept = ZipInfo(entry.filename, FIRST_DAY)
            kept.compress_type = ZIP_DEFLATED
            made.writestr(kept, content)
    return target.getvalue()
