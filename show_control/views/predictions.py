"""The predicted end of the night as the board shows it, with the cuts that would mend an overrun."""

from __future__ import annotations

from functools import lru_cache

from show_control.documents import CutView, PredictionView
from show_control.engine.state import State
from show_control.model import Millis, Night
from show_control.sentences import Sentence, said, texts
from show_control.views.coming import Item, on_and_to_come
from show_control.views.cuts import Cut, Mending
from show_control.views.predicting import Prediction, predict

STEP: Millis = 5000
"""While nothing else changes it is predicted anew this often: no board changes with each beat for it."""


def prediction_views(state: State, night: Night | None, now: Millis) -> tuple[PredictionView, ...]:
    """Of every surface on which something is on or to come tonight."""
    if night is None or not night.starts <= now < night.ends:
        return ()
    now -= now % STEP
    predictions = predict(state, night, now).surfaces
    if all(p.worst is None for p in predictions):
        return tuple(_view(p, ()) for p in predictions)
    items = tuple(on_and_to_come(state, night, now))
    curfews = tuple(sorted(night.curfews.items()))
    return tuple(
        _view(p, cuts_of(items, curfews, p.surface) if p.worst else ()) for p in predictions
    )


@lru_cache(maxsize=16)
def cuts_of(
    items: tuple[Item, ...], curfews: tuple[tuple[str, Millis], ...], surface: str
) -> tuple[Cut, ...]:
    """What to drop on a surface; the same question is answered once."""
    return Mending(items, dict(curfews), surface).cuts()


def _view(prediction: Prediction, cuts: tuple[Cut, ...]) -> PredictionView:
    worst = prediction.worst
    return PredictionView(
        surface=prediction.surface,
        ends=prediction.ends,
        curfew=prediction.curfew,
        over=worst.over if worst else 0,
        cuts=tuple(CutView(slots=c.slots, saves=c.saves, texts=texts(cut_words(c))) for c in cuts),
    )


def cut_words(cut: Cut) -> Sentence:
    """A cut in words: what it saves in minutes and seconds."""
    minutes, seconds = divmod(-(-cut.saves // 1000), 60)
    span = f"{minutes}:{seconds:02}"
    if cut.special:
        return said("cut.special", slots=cut.slots, span=span)
    return said("cut.base", slots=cut.slots, span=span)
