"""The reports of one claim in, how it stands out: who was first, how many sources, who contradicts whom, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from pipeline.claims.comparison import contradiction, stage
from pipeline.claims.explanation import explain
from pipeline.claims.measures import measure_of
from pipeline.claims.report import COPY, Conflict, Report, State, Verdict
from pipeline.claims.values import grain


def judge(reports: Iterable[Report]) -> Verdict:
    """The verdict on reports that are about one thing. Raises ValueError where there is none.

    Each source speaks with one voice: what its own latest standing article says, or else a copy of it. Only voices
    contradict each other, so a dispute ends when an outlet corrects itself.
    """
    ordered = sorted(reports, key=lambda report: report.order)
    if not ordered:
        raise ValueError("a claim needs at least one report")
    if len(ordered) == 1:
        return _alone(ordered[0])
    sources = _sources(ordered)
    standing = [report for report in ordered if report.standing]
    voices = _voices(standing or ordered, sources)
    conflicts = _conflicts(voices, standing) if standing else ()
    leading = _leading(voices, sources, ordered[0])
    return Verdict(
        state=_state(standing, conflicts, leading, ordered[0], len(voices)), first=ordered[0], leading=leading,
        sources=len(voices), independent=_independent(ordered, sources), conflicts=conflicts,
        settled=bool(standing) and not conflicts and _ever_disputed(ordered, sources))


def _alone(report: Report) -> Verdict:
    """What the rules come to where nobody else speaks: most claims, so it is worth being quick."""
    return Verdict(state="new" if report.standing else "withdrawn", first=report, leading=report, sources=1,
                   independent=(report.fact.fact_id,))


def _state(standing: Sequence[Report], conflicts: Sequence[Conflict], leading: Report, first: Report, sources: int) -> State:
    if not standing:
        return "withdrawn"
    if conflicts:
        return "disputed"
    if differing_field(first, leading) or _stage(leading) > _stage(first):
        return "updated"
    return "confirmed" if sources > 1 else "new"


def differing_field(one: Report, other: Report) -> str | None:
    """The field in which the two cannot both be right; None where they can."""
    return contradiction(one.fact.fields, other.fact.fields)


def _sources(ordered: Sequence[Report]) -> dict[str, str]:
    """By article, the source it rests on; copies lead to their original's, where that is among the reports."""
    stated = {report.article_id: report.source for report in ordered}
    found: dict[str, str] = {}
    for article_id, source in stated.items():
        seen = {article_id}
        at = source
        while (original := at.removeprefix(COPY)) != at and original in stated and original not in seen:
            seen.add(original)
            at = stated[original]
        found[article_id] = at
    return found


def _voices(reports: Sequence[Report], sources: dict[str, str]) -> list[Report]:
    """One report a source, in the order in which the sources first spoke."""
    by_source: dict[str, list[Report]] = {}
    for report in reports:
        by_source.setdefault(sources[report.article_id], []).append(report)
    return [_voice(said) for said in by_source.values()]


def _voice(said: Sequence[Report]) -> Report:
    own = [report for report in said if not report.copied] or list(said)
    newest = max(own, key=lambda report: report.order)
    return min((r for r in own if (r.article_id, r.version) == (newest.article_id, newest.version)), key=_precision)


def _precision(report: Report) -> tuple[bool, float, tuple[object, ...]]:
    measure = measure_of(report.fact.fields)
    if measure:
        return measure.modality != "exact", grain(measure.value), report.order
    unsaid = sum(getattr(report.fact.fields, name) is None for name in report.fact.fields.__struct_fields__)
    return False, float(unsaid), report.order


def _conflicts(voices: Sequence[Report], standing: Sequence[Report]) -> tuple[Conflict, ...]:
    """Each voice against the first that it contradicts."""
    found = []
    for at, later in enumerate(voices):
        for earlier in voices[:at]:
            if field := differing_field(earlier, later):
                a, b = sorted((earlier, later), key=lambda report: report.order)
                found.append(Conflict(report_a=a, report_b=b, field=field, explanation=explain(field, a, b, standing)))
                break
    return tuple(found)


def _leading(voices: Sequence[Report], sources: dict[str, str], first: Report) -> Report:
    stage = max(_stage(voice) for voice in voices)
    furthest = [voice for voice in voices if _stage(voice) == stage]
    own = sources[first.article_id]
    return next((voice for voice in furthest if sources[voice.article_id] == own), furthest[0])


def _stage(report: Report) -> int:
    return stage(report.fact.fields)


def _independent(ordered: Sequence[Report], sources: dict[str, str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for report in sorted(ordered, key=lambda report: (not report.standing, report.order)):
        first.setdefault(sources[report.article_id], report.fact.fact_id)
    return tuple(first.values())


def _ever_disputed(ordered: Sequence[Report], sources: dict[str, str]) -> bool:
    distinct = {(sources[r.article_id], repr(r.fact.fields)): r for r in ordered}
    return any(sources[a.article_id] != sources[b.article_id] and differing_field(a, b)
               for a, b in combinations(distinct.values(), 2))
