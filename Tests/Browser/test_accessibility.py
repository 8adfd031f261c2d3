"""axe on every screen, by day and by night; WCAG 2.2 A and AA, and what axe calls best practice."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pages import guest_screens, staff_screens

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page, screen):
    found = Axe().run(page, options=RULES)
    return [
        f"{screen}: {fault['id']} ({fault['impact']}) {node['target']}: {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_guests_screens_have_no_fault(new_guest, complaints, scheme):
    complaints.expect("the server responded with a status of 404")
    complaints.expect("the server responded with a status of 422")
    guest = new_guest(color_scheme=scheme)
    found = [fault for screen in guest_screens(guest) for fault in faults(guest.page, screen)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_staffs_screens_have_no_fault(muse, guest, staff, complaints, scheme):
    complaints.expect("the server responded with a status of 404")
    complaints.expect("the server responded with a status of 422")
    guest.order_tea("Hedy Lamarr")
    staff.emulate_media(color_scheme=scheme)
    found = [fault for screen in staff_screens(staff, muse, guest.number) for fault in faults(staff, screen)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_has_no_fault(muse, new_context, complaints, scheme):
    complaints.expect("the server responded with a status of 4")
    page = new_context(color_scheme=scheme).new_page()
    page.goto(muse.admin + "/sign-in")
    found = faults(page, "sign-in")
    page.get_by_label("Work email").fill("nobody@ncmuse.co")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("alert").or_(page.locator(".error-summary, .error, .notice")).first).to_be_visible()
    found += faults(page, "sign-in refused")
    assert not found, "\n".join(found)
