"""What the tests of the demo read: its files, its rows, and all of it in one hash."""

import csv
import hashlib
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

import data_loaders.demo
from data_loaders.demo import build_demo
from portal.db import models as m
from portal.db.base import Base
from portal.db.engine import reading

SOME_DAY = date(2026, 11, 22)
FOLDER = Path(data_loaders.demo.__file__).parent


def build(engine: Engine, today: date = SOME_DAY):
    return build_demo(engine, today, password_hash=lambda word: f"hash of {word}", password="geheim")


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def content(engine: Engine) -> str:
    found = hashlib.sha256()
    with reading(engine) as session:
        for table in Base.metadata.sorted_tables:
            rows = session.execute(select(table).order_by(*table.primary_key)).all()
            found.update(f"{table.name}{[tuple(row) for row in rows]}".encode())
    return found.hexdigest()


def counted(session: Session, model: type[Base], *conditions) -> int:
    return session.scalar(select(func.count()).select_from(model).where(*conditions))


def current(session: Session, *conditions) -> list[m.Participation]:
    return list(session.scalars(select(m.Participation).where(m.Participation.until.is_(None), *conditions)))
