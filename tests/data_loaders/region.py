"""A small invented region, to show that nothing of ours is in the code."""

from pathlib import Path

FILES = {
    "region.csv": "programme,region\nEb en vloed,De Kust\n",
    "partners.csv": (
        "slug,name,kind,nis,kbo,ovo,ocmw_kbo,postcode,website,population_2020,population_2023,area_km2,lat,lon,"
        "tile_row,tile_col,neighbours\n"
        "oever,Oever-aan-Zee,gemeente,99001,,,,9901,https://oever.example,1000,1100,12.5,,,0,0,99002\n"
        "kade,Kade,dienstverlenende vereniging (IGS),,,,,,,,,,,,,,\n"
    ),
    "themes.csv": "code,title\nzee,Zee en zand\n",
    "dimensions.csv": "code,title\nstrand,Strand\n",
    "services.csv": "code,title,kind\nredders,Redders,dienst\n",
    "work_sites.csv": "code,title\ndijk,De dijk\n",
    "architecture_principles.csv": "code,group,title\nZ1,Zee,Eb voor vloed\n",
    "governance_bodies.csv": "code,title,rhythm_days,raci,reports_to\nstuurgroep,Strandgroep,28,bewaakt,\n",
    "collaboration_types.csv": "type,name,lead_rule,needs,seed_case\n1,Samen,Wie wil,trekker,Vuurtoren\n",
    "ateliers.csv": "code,title,subtitle\nA,Het enige atelier,\n",
    "deliverables.csv": (
        "code,atelier,part,part_title,title,target_kind,target_value,target_unit\n"
        "A.1-1,A,1,Eerste deel,Een vuurtoren,ja/nee,1,toren\n"
        "A.1-2,A,1,Eerste deel,Een baken per partner,aantal partners,2,partners\n"
    ),
    "indicators.csv": (
        "code,column,title,short,question,unit,higher_is_better,source\n"
        "Z_1,zicht,Zicht op zee,zicht,Ziet u de zee?,%,ja,Zeemeter\n"
    ),
    "stadsmonitor_2023.csv": "municipality,zicht\noever aan zee,61.5\n",
    "subsidy_calls.csv": "code,title,ceiling_eur,source\ntransformatie,Grote golf,2000000.50,nota\n",
    "subsidy_conditions.csv": "code,title\nnat,Is nat\n",
    "inventory_counts_2023.csv": "municipality,challenges,projects\nOever-aan-Zee,3,1\n",
    "known_projects.csv": (
        "title,scope,atelier,collaboration_type,lead,participants,status,source\n"
        "Vuurtoren,regionaal,A,1,Kade,alle 2 partners,lopend,nota\n"
        "Boei,bovenregionaal,,,Overkant,Oever-aan-Zee,gepland,nota\n"
    ),
}


def write_region(folder: Path, **changed: str | None) -> Path:
    """Writes the region's files; a keyword replaces a file by its stem, None leaves it out."""
    folder.mkdir(exist_ok=True)
    for name, content in FILES.items():
        text = changed.get(name.removesuffix(".csv"), content)
        path = folder / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")
    return folder


def with_row(file: str, row: str) -> str:
    return FILES[file] + row + "\n"
