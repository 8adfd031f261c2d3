"""What a phone has to fetch before the menu can be read and used for the first time."""

from playwright.sync_api import expect

MOST = 50 * 1024
MOST_SCRIPT = 12 * 1024
PHOTOS = ("image/jpeg", "image/webp", "image/png", "image/avif")


def test_the_first_load_of_the_menu_is_small(muse, guest):
    page = guest.page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds, sizes = {}, {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["response"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(muse.customer + "/menu", wait_until="networkidle")
    expect(page.get_by_role("link", name="Choose for Latte")).to_be_visible()

    loaded = sorted(
        (int(size), kinds[request]["mimeType"], kinds[request]["url"].removeprefix(muse.customer))
        for request, size in sizes.items()
        if request in kinds and kinds[request]["url"].startswith(muse.customer)
    )
    counted = [row for row in loaded if row[1] not in PHOTOS]
    script = [row for row in counted if "javascript" in row[1]]
    for size, kind, path in reversed(loaded):
        print(f"{size:7d}  {kind:24s} {path}")
    total, of_script = sum(row[0] for row in counted), sum(row[0] for row in script)
    print(f"first load of the menu: {total} bytes with headers, of which JavaScript {of_script}")
    assert script and any("css" in row[1] for row in counted), "nothing was counted"
    assert total <= MOST
    assert of_script <= MOST_SCRIPT
