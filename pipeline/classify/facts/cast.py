"""An article in, the people it tells of out: by surname and by office, which is how it goes on naming them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.classify.facts.holders import holders_in
from pipeline.classify.facts.people import Named, people_known
from pipeline.classify.text import ArticleText
from pipeline.language.folding import fold_text


@dataclass(frozen=True, eq=False)
class Cast:
    """Who is who in one article."""

    known: dict[str, Named]
    """By surname, folded."""
    offices: dict[str, Named]
    """By the word for the office ("ministre", "وزير"), the person first given it."""

    def holder(self, phrase: str) -> Named | None:
        """Who holds the office that the folded phrase begins with; None where two do or none."""
        word = phrase.removeprefix("l'").split()[0] if phrase else ""
        return self.offices.get(word.removeprefix("ال"))


@lru_cache(maxsize=8)
def cast_of(text: ArticleText) -> Cast:
    """The article's people."""
    known = people_known(text)
    offices: dict[str, Named] = {}
    shared: set[str] = set()
    for passage in text.passages:
        for one in holders_in(passage):
            person = known.get(one.person.surname, one.person)
            head = fold_text(one.role.head).split()[0]
            if head in offices and offices[head].name != person.name:
                shared.add(head)
            offices.setdefault(head, person)
    return Cast(known, {head: person for head, person in offices.items() if head not in shared})
