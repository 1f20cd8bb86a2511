"""An empty installation explains itself, and offers the demo festival to who may edit."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from playwright.async_api import Page, expect

from show_control.documents import Board
from tests.browser.night import Stage, at_cue_4
from tests.browser.stage import Asked, serving, sign_in
from tests.browser.views import LANGUAGES, SIZES, ViewService, in_language, looked_at, sized

FULL = {"rights": ["see", "edit", "control"], "festival": None, "surface": None}


class Nothing(Stage):
    """A board before anything was loaded; `loaded` makes it a night's."""

    loaded = False

    def board(self) -> Board:
        night = super().board()
        if self.loaded:
            return night
        return msgspec.structs.replace(
            night, festival=None, title={}, night=None, version=None, slots=(), runs=(),
            surfaces=(), outputs=(), servers=(),
        )  # fmt: skip


class Empty(ViewService):
    """Kim may edit; the demo is loaded when it is asked for."""

    def _session(self, method: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        status, reply = super()._session(method, body)
        return status, reply | {"grants": [FULL if self.may_edit else FULL | {"rights": ["see"]}]}

    may_edit = True

    def loaded(self, _: Asked) -> tuple[int, dict[str, Any]]:
        return 201, {"festival": "seoullight-2025-fall", "version": 1}


def nothing() -> Nothing:
    return Nothing(now=at_cue_4().now)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=["wall", "phone"])
async def test_it_says_what_it_is_and_the_steps_to_a_night(
    page: Page, size: tuple[int, int], language: str
) -> None:
    await sized(page, size)
    service = Empty(nothing(), {"/api/v1/festivals": lambda _: []})
    async with serving(service) as host:
        await page.goto(host)
        await sign_in(page)
        await expect(page.get_by_test_id("load-demo")).to_be_enabled()
        await in_language(page, language)
        steps = page.get_by_role("listitem")
        await expect(steps).to_have_count(3)
        await expect(steps.nth(1)).to_contain_text("lamplighter import festival.toml")
        await looked_at(page, "start", size, language)


async def test_the_demo_is_loaded_by_keyboard_and_the_view_appears(page: Page) -> None:
    night = nothing()
    service = Empty(night, {"/api/v1/festivals": lambda _: []})
    service.answers = service.loaded
    async with serving(service) as host:
        await page.goto(f"{host}/night")
        await sign_in(page)
        await page.get_by_test_id("load-demo").focus()
        await page.keyboard.press("Enter")
        await service.until(
            lambda: [one.path for one in service.asked] == ["/api/v1/festivals/demo"]
        )
        await expect(page.get_by_test_id("demo-status")).to_contain_text("published")
        await expect(page.get_by_test_id("load-demo")).to_be_disabled()
        night.loaded = True
        service.publish()
        await expect(page.locator('[data-slot="opening-ceremony"]')).to_be_visible()


async def test_who_may_not_edit_is_told_so(page: Page) -> None:
    service = Empty(nothing(), {"/api/v1/festivals": lambda _: []})
    service.may_edit = False
    async with serving(service) as host:
        await page.goto(host)
        await sign_in(page)
        await expect(page.get_by_test_id("may-not")).to_be_visible()
        await expect(page.get_by_test_id("load-demo")).to_have_count(0)


async def test_a_draft_that_is_not_published_is_no_empty_installation(page: Page) -> None:
    service = Empty(nothing(), {"/api/v1/festivals": lambda _: [{"id": "mine"}]})
    async with serving(service) as host:
        await page.goto(host)
        await sign_in(page)
        await service.until(lambda: "/api/v1/festivals" in [path for path, _ in service.fetched])
        await expect(page.locator("lamp-call")).to_be_visible()
        await expect(page.locator("lamp-start")).to_have_count(0)
