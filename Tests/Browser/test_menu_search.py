"""Finding on the menu: names, tags and choices; and what somebody with an allergy types."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def search(guest):
    guest.open("/menu")
    field = guest.page.get_by_role("searchbox")
    # Alive once it answers.
    field.fill("assam")
    expect(guest.page.locator("#menu-found")).to_have_text("1 thing found.")
    field.fill("")
    expect(guest.page.locator("#menu-found")).to_be_empty()
    return field


def shown(page):
    return page.locator("[data-item]:visible")


@pytest.mark.parametrize("typed, allergen", [("nut free", "nuts"), ("no nuts", "nuts"), ("Milk-free", "milk"), ("without eggs", "eggs")])
def test_what_is_free_of_something_does_not_contain_it(guest, search, typed, allergen):
    everything = shown(guest.page).count()
    with_it = guest.page.locator(".menu-allergens", has_text=re.compile(allergen)).count()
    assert with_it, "nothing on the menu contains it, so this shows nothing"
    search.fill(typed)
    expect(shown(guest.page)).to_have_count(everything - with_it)
    for text in shown(guest.page).all_inner_texts():
        assert not re.search(rf"contains[^\n]*{allergen}", text), text
    expect(guest.page.locator("#menu-found")).to_contain_text("Tell us about an allergy before you order.")


def test_an_allergen_is_not_found_by_its_name(guest, search):
    search.fill("gluten")
    expect(guest.page.locator("#menu-found")).to_contain_text("found")
    for row in shown(guest.page).all():
        # By a tag or a choice, “gluten-free bread”, and never by what it contains.
        told = row.locator(".menu-tags > :not(.menu-allergens)").all_inner_texts() + [row.get_attribute("data-choices") or ""]
        assert "gluten" in " ".join(told).lower(), row.inner_text()
    search.fill("molluscs")
    expect(shown(guest.page)).to_have_count(0)
    expect(guest.page.locator("#menu-found")).to_contain_text("search for “no molluscs”")


def test_choices_are_found_and_empty_categories_leave_the_bar(guest, search):
    page = guest.page
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    search.fill("decaf")
    expect(page.locator("#item-latte")).to_be_in_viewport()
    expect(page.locator("#menu-found")).to_contain_text("found")
    links = page.get_by_role("navigation", name="Categories").get_by_role("link")
    expect(links).to_have_count(page.locator("#menu-card section:visible").count())
    search.press("Escape")
    expect(page.locator("#menu-found")).to_be_empty()


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_phone(new_guest, width):
    guest = new_guest(viewport={"width": width, "height": 700})
    guest.add_assam()
    for path in ("/menu", "/menu/latte", "/cart", "/checkout"):
        guest.open(path)
        # The bar of categories scrolls within itself.
        wide = guest.page.evaluate(
            """() => [...document.querySelectorAll("main *")]
              .filter((each) => !each.closest(".menu-bar nav, .unseen, .picture, svg") && each.getBoundingClientRect().right > innerWidth + 0.5)
              .map((each) => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 40)}`)"""
        )
        assert not wide, f"{path}: {wide}"
        assert guest.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_low_window_is_not_filled_by_bars(new_guest):
    guest = new_guest(viewport={"width": 320, "height": 256})
    guest.add_assam()
    page = guest.page
    guest.open("/menu")
    page.get_by_role("link", name="Choose for Latte").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    stuck = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((each) => each.getClientRects().length && getComputedStyle(each).position === "sticky" && each.offsetHeight > 60)
          .map((each) => each.className)"""
    )
    assert not stuck, stuck
