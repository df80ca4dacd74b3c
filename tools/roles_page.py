"""Write docs/roles.md anew: who may do what in the clinic's pages, from the table that the pages themselves ask."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "roles.md"
sys.path[:0] = [str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natalizumab.clinic.settings.test")

HEADER = """# Who may do what

<!-- Written by tools/roles_page.py from clinic/permissions.py. Do not edit. -->

Every page of the clinic asks this table before it does anything; a page that is not in it answers nobody. Nothing of
one clinic can be seen, searched or counted from another: somebody else's person looks like nobody. An administrator
manages accounts and sees no clinical data; an auditor reads and changes nothing. A person sees their own page, and a
carer what that person allows.

"""


def written() -> str:
    """The page as the table has it."""
    import django

    django.setup()
    from natalizumab.clinic.permissions import MAY, PUBLIC, ROLES, SIGNED_IN, WHAT

    roles = list(ROLES)
    lines = [
        f"| What | | Anybody | {' | '.join(role.capitalize() for role in roles)} |",
        "|---" * (len(roles) + 3) + "|",
    ]
    for name, methods in MAY.items():
        for method, may in methods.items():
            every = may is PUBLIC or may is SIGNED_IN
            signs = ["yes" if may is PUBLIC else "", *("yes" if every or role in may else "" for role in roles)]
            how = {"GET": "see", "POST": "do"}[method]
            lines.append(f"| {WHAT[name]} | {how} | {' | '.join(signs)} |")
    return HEADER + "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
