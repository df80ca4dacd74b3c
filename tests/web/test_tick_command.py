"""Does a tick work out everything that waits? (The command itself runs in a real installation: tests/crash.)"""

from __future__ import annotations

from click.testing import CliRunner

from natalizumab.cli import cli
from natalizumab.clinic import ticker
from natalizumab.clinic.clock import today
from natalizumab.clinic.models import Person, PersonFacts, Work


def test_a_look_works_out_what_waits_of_the_list_and_of_the_figures(ada: Person, ben: Person, zoe: Person) -> None:
    Work.objects.update(made_by="another")
    said: list[str] = []
    assert ticker.look(said.append) == 3
    assert said == ["Worked out 3, 0 waiting."]
    assert PersonFacts.objects.filter(day=today()).count() == 3
    assert ticker.look(said.append) == 0
    assert len(said) == 1


def test_everybody_can_be_worked_out_anew(ada: Person, ben: Person) -> None:
    Work.objects.filter(person=ada).update(decision="stop")
    assert ticker.rebuild() == 2
    assert Work.objects.get(person=ada).decision != "stop"


def test_the_help_gives_an_example() -> None:
    assert "natalizumab tick --once" in CliRunner().invoke(cli, ["tick", "--help"]).output
