import MuseShared

/// What the staff API can do, in sentences.
enum DescribeStaffAPI {
    static let sentences = [
        "POST /api/auth/sign-in": "Sign in with email and password; sets the session cookie.",
        "POST /api/auth/sign-out": "End the session.",
        "GET /api/me": "Who is signed in, with role and permissions.",
        "GET /api/orders":
            "Orders, newest first, by status (or open), day, q and cursor; with a failed refund by refund=failed.",
        "GET /api/orders/{id}": "One order with lines, totals, payment, refunds and timeline.",
        "POST /api/orders/{id}/status": "Move an order to another status; cancelled gives its money back.",
        "POST /api/orders/{id}/done": "Say how much of a line is done, or that a station is done with an order.",
        "POST /api/board/taps/{tap}/undo": "Take a tap on the board back, unless somebody has gone on since.",
        "GET /api/board": "The board as the stream tells it at first: columns, cards as markup, all-day counts.",
        "GET /api/board/stream": "Server-sent events: `board` with the whole board, then with what changes; `ping`.",
        "POST /api/orders/{id}/refunds":
            "Give money back: `lines` with `lineId` and `quantity`, or `amountMinor`; `reason`, `restock`.",
        "POST /api/orders/{id}/restocks": "Put portions back into stock without money: `lines`.",
        "POST /api/orders/{id}/refunds/handled":
            "Note that what failed refunds left here was returned in another way: `note`.",
        "GET /api/reports/money": "How the ledger stands to Stripe: differences, and when it was compared.",
        "POST /api/reports/money/check": "Compare the ledger with Stripe now.",
        "GET /api/orders/stream": "Server-sent events: `orders` after each change of any order, `ping` in between.",
        "GET /api/menu": "The menu as guests see it, what waits in the draft, modifier groups and what is archived.",
        "POST /api/menu/categories": "Make a category in the draft; live at once with `publish`.",
        "PATCH /api/menu/categories/{id}": "Change, archive or restore a category, in the draft or live.",
        "POST /api/menu/categories/{id}": "The same for a form.",
        "POST /api/menu/groups": "Make a modifier group with its `options`.",
        "PATCH /api/menu/groups/{id}": "Change a modifier group; `options` is the whole list in its order.",
        "POST /api/menu/groups/{id}": "The same for a form.",
        "POST /api/menu/order": "Put a list in another order, in the draft: all `ids`, or one `id` and `by` how many.",
        "POST /api/menu/publish": "Make the draft live in one step; `only` some things; `revision` of what was read.",
        "POST /api/menu/draft": "Keep the `live` value or the `draft`'s, of a field, of a thing or of all.",
        "POST /api/menu/preview": "A link to the draft as guests would see it, for two hours.",
        "GET /api/menu/versions": "Every menu there has been, the newest first.",
        "POST /api/menu/versions/{number}/revert": "Bring that menu back, as a new version.",
        "POST /api/menu/items": "Make an item in the draft; live at once with `publish`.",
        "PATCH /api/menu/items/{id}":
            "Change an item: live at once with `publish`, else in the draft; with `revision`, refused if it changed meanwhile.",
        "POST /api/menu/items/{id}": "The same for a form.",
        "POST /api/menu/items/{id}/sold-out": "Take an item off the menu (86): `until` a time, `hour`, null for until "
            + "further notice; left out, until the next opening.",
        "POST /api/menu/options/{id}/sold-out": "The same for an option.",
        "DELETE /api/menu/options/{id}/sold-out": "Put an option back on the menu.",
        "GET /api/stock": "Counted items, what is low first.",
        "GET /api/menu/items/{id}/stock": "An item's count and its latest changes.",
        "POST /api/menu/items/{id}/stock": "Set what was `counted`, add what was `delivered`, or set the `lowMark`.",
        "GET /api/menu/items/{id}/hours": "When an item is served.",
        "POST /api/menu/items/{id}/hours": "The same for a form.",
        "POST /api/menu/categories/{id}/hours": "The same for a form.",
        "PUT /api/menu/items/{id}/hours": "Set when an item is served: windows by weekday, and dates of their own.",
        "GET /api/menu/categories/{id}/hours": "When a category is served.",
        "PUT /api/menu/categories/{id}/hours": "The same for a category.",
        "DELETE /api/menu/items/{id}/sold-out": "Put an item back on the menu.",
        "PUT /api/menu/items/{id}/image":
            "Give an item a photo: JPEG, PNG or WebP as the body, at most 8 MiB; live at once.",
        "POST /api/menu/items/{id}/image":
            "The same for a form (`photo`, `alt`, `remove`); as JSON, `alt` or `remove`.",
        "DELETE /api/menu/items/{id}/image": "Take the photo of an item away; guests see a drawing again.",
        "GET /api/promo-codes": "All promo codes, with how often each was used.",
        "POST /api/promo-codes":
            "Create a promo code: `code` with `percentMillionths` or `amountMinor`; counts at once.",
        "GET /api/promo-codes/{id}": "One promo code with its newest uses.",
        "PATCH /api/promo-codes/{id}":
            "Change a promo code or end it with `isActive`; with `revision`, refused if it changed meanwhile.",
        "POST /api/promo-codes/{id}": "The same for a form.",
        "GET /api/venue": "Whether orders are taken, the hours, dates with others, pickup times and stations.",
        "POST /api/ordering/pause": "Stop ordering for minutes, `untilResumed`, or `resume` it.",
        "POST /api/ordering/delay": "Add minutes to every promise for an hour; 0 takes them back.",
        "POST /api/opening-hours": "Set the hours of the week, a text a weekday such as `07:00-14:00, 18:00-02:00`.",
        "POST /api/tip-percents": "Set which tips the checkout offers, at most four whole percentages.",
        "POST /api/opening-exceptions": "Set the hours of one date, empty for closed, or `remove` them.",
        "POST /api/slot-settings": "Set the least minutes of an order and how far pickup times stand apart.",
        "POST /api/stations": "Set how many work at a station, and the seconds that one pickup time may promise.",
        "GET /api/tables": "The tables with their links.",
        "POST /api/tables": "Add a table.",
        "POST /api/tables/{id}/rotate": "Give a table a new link; the old one stops working.",
        "POST /api/tables/{id}/remove": "Take a table away.",
        "POST /api/notifications": "Write to a guest.",
        "GET /api/cache-versions": "The versions behind the caches, by name.",
        "GET /api/openapi.json": "This document.",
    ]

    static var describe: DescribeAPI {
        DescribeAPI(
            title: "Muse & Co staff API", sentences: sentences,
            parameters: [
                "PUT /api/menu/items/{id}/image": [.query("alt", required: false)],
                "GET /api/menu/versions": [.query("before", required: false)],
                "GET /api/orders": ["status", "day", "q", "cursor"].map { .query($0, required: false) },
                "GET /api/board": [.query("station", required: false)],
                "GET /api/board/stream": [.query("station", required: false)],
            ],
            schemes: ["session": .cookie("muse-admin-session")],
            needs: { operation in
                RefuseStrangers.open.contains { operation.hasSuffix(" \($0)") } ? nil : "session"
            })
    }
}
